import { fail, redirect } from '@sveltejs/kit';
import { signInForm, valuesOf, type Problems } from '#lib/forms/account.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { ownPath } from '#lib/server/access.ts';
import { signIn } from '#lib/server/acts/people/sign-in.ts';
import { browserOf, startSession } from '#lib/server/pages/sign-in-again.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const returnTo = ownPath(url.searchParams.get('returnTo'));
	if (locals.person) redirect(303, returnTo);
	return { returnTo, said: url.searchParams.get('said') === 'password_set' ? ('password_set' as const) : null };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals } = event;
		const form = await readForm(event);
		const read = valuesOf(signInForm, form);
		const identifier = form.text('identifier');
		if (!read.ok) return fail(400, { identifier, problems: read.problems, refused: null });
		const outcome = await signIn({ ...read.values, ...browserOf(event) }, locals);
		if (!outcome.ok) return fail(outcome.why === 'wrong' ? 400 : 429, { identifier, problems: {} as Problems, refused: outcome.why });
		startSession(event, outcome);
		redirect(303, ownPath(form.text('returnTo')));
	}
};
