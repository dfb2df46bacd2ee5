import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { CheckContactForm, RevealForm } from '#lib/forms/chase.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { checkContact } from '#lib/server/acts/chase/check-contact.ts';
import { revealContact } from '#lib/server/acts/chase/reveal-contact.ts';
import { refused } from '#lib/server/answer.ts';
import { channelContacts } from '#lib/server/reads/channel/channel-contacts.ts';
import { turnTexts } from '#lib/server/reads/page.ts';
import { withNamesInWords } from '#lib/words/name-words.ts';
import { listQueryOf } from './list-query.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const { query, ignored } = listQueryOf(event.url.searchParams);
	const now = event.locals.now();
	const found = await channelContacts(actor, query, now);
	return {
		...found,
		rows: withNamesInWords(found.rows),
		without: withNamesInWords(found.without),
		...turnTexts(found),
		ignored,
		mayCheck: actor.duty !== 'reader',
		now
	};
};

export const actions: Actions = {
	check: async (event) => {
		const actor = requireActor(event, DEPARTMENTS);
		const form = await readForm(event);
		const read = CheckContactForm.safeParse({ enterpriseId: form.text('enterpriseId'), which: form.text('which'), result: form.text('result') });
		if (!read.success) notFound(event);
		const done = await checkContact(actor, read.data);
		if (!done.ok) return refused(event, done.refusal, {});
		return { checked: read.data.result };
	},
	reveal: async (event) => {
		const actor = requireActor(event, DEPARTMENTS);
		const form = await readForm(event);
		const read = RevealForm.safeParse({ enterpriseId: form.text('enterpriseId'), place: form.text('place') });
		if (!read.success) notFound(event);
		const done = await revealContact(actor, read.data.enterpriseId, read.data.place);
		if (!done.ok) notFound(event);
		return { revealed: { enterpriseId: read.data.enterpriseId, place: read.data.place, phone: done.phone, email: done.email } };
	}
};
