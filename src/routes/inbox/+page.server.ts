import { redirect } from '@sveltejs/kit';
import { rowId } from '#lib/forms/account.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { requirePerson } from '#lib/server/access.ts';
import { markInboxRead } from '#lib/server/acts/people/mark-inbox-read.ts';
import { config } from '#lib/server/config.ts';
import { isDemonstration } from '#lib/server/reads/person/frame.ts';
import { readId } from '#lib/server/reads/page.ts';
import { inboxOf } from '#lib/server/reads/person/mailbox.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = requirePerson(event);
	return { ...(await inboxOf(person, readId(event.url.searchParams.get('before')))), mailbox: isDemonstration() && config().smtpUrl === undefined };
};

export const actions: Actions = {
	default: async (event) => {
		const person = requirePerson(event);
		const upTo = rowId.safeParse((await readForm(event)).text('upTo'));
		if (upTo.success) await markInboxRead(person, upTo.data);
		redirect(303, '/inbox');
	}
};
