import { fail } from '@sveltejs/kit';
import { requestPasswordReset } from '#lib/server/acts/people/request-password-reset.ts';
import { config } from '#lib/server/config.ts';
import { isDemonstration } from '#lib/server/reads/person/frame.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ mailbox: isDemonstration() && config().smtpUrl === undefined });

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const form = await request.formData();
		const identifier = String(form.get('identifier') ?? '').trim();
		if (identifier === '') return fail(400, { problem: 'missing' as const, sent: false });
		await requestPasswordReset(identifier, locals);
		return { problem: null, sent: true };
	}
};
