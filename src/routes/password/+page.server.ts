import { fail } from '@sveltejs/kit';
import { readForm } from '#lib/forms/read-form.ts';
import { requestPasswordReset } from '#lib/server/acts/people/request-password-reset.ts';
import { config } from '#lib/server/config.ts';
import { isDemonstration } from '#lib/server/reads/person/frame.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ mailbox: isDemonstration() && config().smtpUrl === undefined });

export const actions: Actions = {
	default: async (event) => {
		const identifier = (await readForm(event)).text('identifier').trim();
		if (identifier === '') return fail(400, { problem: 'missing' as const, sent: false });
		await requestPasswordReset(identifier, event.locals);
		return { problem: null, sent: true };
	}
};
