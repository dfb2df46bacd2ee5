import { redirect } from '@sveltejs/kit';
import { preferencesFrom } from '#lib/forms/account.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { ownPath } from '#lib/server/access.ts';
import { setPreferences } from '#lib/server/acts/people/set-preferences.ts';
import { preferencesOf, rememberPreferences } from '#lib/server/auth/preferences.ts';
import type { RequestHandler } from './$types';

/** For everybody: a visitor's choice stays in the browser, a person's with the person. */
export const POST: RequestHandler = async (event) => {
	const { locals, cookies } = event;
	const form = await readForm(event);
	const chosen = preferencesFrom(form.fields);
	const before = preferencesOf(cookies);
	const next = locals.person
		? await setPreferences(locals.person, chosen)
		: { locale: chosen.locale ?? before.locale, theme: chosen.theme ?? before.theme, text: chosen.text ?? before.text };
	rememberPreferences(cookies, next);
	redirect(303, form.has('returnTo') ? ownPath(form.text('returnTo')) : '/');
};
