import { fail, redirect } from '@sveltejs/kit';
import { dutyRefusal } from '#lib/domain/duties.ts';
import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { asked, notFoundIn } from '#lib/forms/asked.ts';
import { ChannelDateForm, problemsOf } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { requireActor } from '#lib/server/access.ts';
import { setChannelDate } from '#lib/server/acts/report/set-channel-date.ts';
import { refused } from '#lib/server/answer.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const of = asked(event.url.searchParams);
	const year = of.year('year');
	const found = await channelHome(actor, year);
	return {
		...found,
		me: actor.orgKind,
		maySign: dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'giveOpinion') === null,
		mayForward: dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'forward') === null,
		maySetDate: actor.duty === 'approver',
		now: event.locals.now(),
		ignored: [...of.dropped(), ...notFoundIn({ year }, found)]
	};
};

export const actions: Actions = {
	date: async (event) => {
		const actor = requireActor(event, DEPARTMENTS);
		const form = await readForm(event);
		const values = { dueOn: form.text('dueOn') };
		const read = ChannelDateForm.safeParse({ year: form.text('year'), rowVersion: form.text('rowVersion'), ...values });
		if (!read.success) return fail(400, { values, problems: problemsOf(read.error) });
		const done = await setChannelDate(actor, read.data.year, { dueOn: read.data.dueOn, rowVersion: read.data.rowVersion });
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `/channel/home?year=${read.data.year}&done=date`);
	}
};
