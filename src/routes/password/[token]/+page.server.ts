import { fail, redirect } from '@sveltejs/kit';
import { newPasswordForm, valuesOf, type Problems } from '#lib/forms/account.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { personOfResetLink, resetPassword } from '#lib/server/acts/people/reset-password.ts';
import { statusOf } from '#lib/server/answer.ts';
import { sessionCookieName } from '#lib/server/auth/auth.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
	const person = await personOfResetLink(params.token);
	return { name: person?.name ?? null };
};

export const actions: Actions = {
	default: async (event) => {
		const { params, locals, cookies } = event;
		const person = await personOfResetLink(params.token);
		if (!person) return fail(statusOf({ code: 'link_spent' }), { problems: {} as Problems });
		const read = valuesOf(newPasswordForm([person.name, person.email]), await readForm(event));
		if (!read.ok) return fail(400, { problems: read.problems });
		const outcome = await resetPassword(params.token, read.values.password, locals);
		if (!outcome.ok) return fail(statusOf(outcome.refusal), { problems: {} as Problems });
		cookies.delete(sessionCookieName(), { path: '/' });
		redirect(303, '/login?said=password_set');
	}
};
