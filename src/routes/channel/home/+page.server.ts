import { fail, redirect } from '@sveltejs/kit';
import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { ChannelDateForm, problemsOf } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { requireActor } from '#lib/server/access.ts';
import { setChannelDate } from '#lib/server/acts/report/set-channel-date.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const asked = event.url.searchParams.get('year');
	const year = asked !== null && /^2\d{3}$/.test(asked) ? Number(asked) : null;
	const found = await channelHome(actor, year);
	return {
		...found,
		me: actor.orgKind,
		maySetDate: actor.duty === 'approver',
		now: event.locals.now(),
		ignored: asked !== null && asked !== '' && found.year?.year !== year ? ['year'] : []
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
		if (!done.ok) return shownAgain(event, done.refusal, { values });
		redirect(303, `/channel/home?year=${read.data.year}&done=date`);
	}
};
