import { fail } from '@sveltejs/kit';
import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { dutyRefusal } from '#lib/domain/duties.ts';
import { proposePromiseOn } from '#lib/domain/chase/contact-log.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { ContactForm, RevealForm, StrikeForm } from '#lib/forms/chase.ts';
import { problemsOf } from '#lib/forms/channel.ts';
import { notFoundIn } from '#lib/forms/asked.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { logContact, strikeContact } from '#lib/server/acts/chase/log-contact.ts';
import { revealContact } from '#lib/server/acts/chase/reveal-contact.ts';
import { refused } from '#lib/server/answer.ts';
import { channelChase } from '#lib/server/reads/channel/channel-chase.ts';
import { turnTexts } from '#lib/server/reads/page.ts';
import { withNamesInWords } from '#lib/words/name-words.ts';
import { listFilters } from './list-filters.ts';
import { listQueryOf } from './list-query.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const { query, ignored } = listQueryOf(event.url.searchParams);
	const now = event.locals.now();
	const found = await channelChase(actor, query, now);
	return {
		...found,
		rows: withNamesInWords(found.rows),
		open: found.open && { ...found.open, proposedOn: proposePromiseOn(dayInBeijing(now), found.open.row.dueOn) },
		filters: listFilters(found, actor.orgKind === 'group' ? 'central_group' : 'province'),
		...turnTexts(found),
		ignored: [...ignored, ...notFoundIn({ year: query.year }, found), ...(query.open !== null && found.open === null ? ['open'] : [])],
		me: actor.orgKind,
		maySign: dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'giveOpinion') === null,
		mayForward: dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'forward') === null,
		mayLog: actor.duty !== 'reader',
		now
	};
};

export const actions: Actions = {
	log: async (event) => {
		const actor = requireActor(event, DEPARTMENTS);
		const form = await readForm(event);
		const values = form.texts(['reportId', 'means', 'outcome', 'spokeTo', 'promisedOn', 'remark']);
		const read = ContactForm.safeParse(values);
		if (!read.success) return fail(400, { problems: problemsOf(read.error), values });
		const done = await logContact(actor, read.data.reportId, read.data);
		if (!done.ok) return refused(event, done.refusal, {});
		return { logged: done.entryId };
	},
	strike: async (event) => {
		const actor = requireActor(event, DEPARTMENTS);
		const form = await readForm(event);
		const read = StrikeForm.safeParse({ entryId: form.text('entryId') });
		if (!read.success) notFound(event);
		const done = await strikeContact(actor, read.data.entryId);
		if (!done.ok) return refused(event, done.refusal, {});
		return { struck: read.data.entryId };
	},
	reveal: async (event) => {
		const actor = requireActor(event, DEPARTMENTS);
		const form = await readForm(event);
		const read = RevealForm.safeParse({ enterpriseId: form.text('enterpriseId'), place: form.text('place') });
		if (!read.success) notFound(event);
		const done = await revealContact(actor, read.data.enterpriseId, read.data.place);
		if (!done.ok) notFound(event);
		return { revealed: { enterpriseId: read.data.enterpriseId, name: done.name, phone: done.phone, email: done.email } };
	}
};
