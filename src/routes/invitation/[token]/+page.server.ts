import { fail, redirect } from '@sveltejs/kit';
import { newPasswordForm, personName, username, valuesOf, type Problems } from '#lib/forms/account.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { acceptInvitation } from '#lib/server/acts/people/accept-invitation.ts';
import { signIn } from '#lib/server/acts/people/sign-in.ts';
import { statusOf } from '#lib/server/answer.ts';
import { browserOf, startSession } from '#lib/server/pages/sign-in-again.ts';
import { invitationOfLink } from '#lib/server/reads/person/account.ts';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const invitation = await invitationOfLink(params.token, locals.locale);
	return { invitation, me: locals.person === null ? null : { own: locals.person.email.toLowerCase() === invitation?.email.toLowerCase() } };
};

const names = z.object({ name: personName, username });

export const actions: Actions = {
	/** Somebody known, signed in as the one who was invited. */
	join: async ({ params, locals }) => {
		if (!locals.person) redirect(303, `/login?returnTo=${encodeURIComponent(`/invitation/${params.token}`)}`);
		const outcome = await acceptInvitation(params.token, { personId: locals.person.id }, locals);
		if (!outcome.ok) return fail(statusOf(outcome.refusal), { problems: {} as Problems, typed: {} as Record<string, string>, taken: false });
		redirect(303, '/home');
	},
	/** Somebody new, who gets an account and is signed in with it. */
	open: async (event) => {
		const { params, locals } = event;
		const invitation = await invitationOfLink(params.token, locals.locale);
		if (!invitation) return fail(statusOf({ code: 'link_spent' }), { problems: {} as Problems, typed: {} as Record<string, string>, taken: false });
		const form = await readForm(event);
		const who = valuesOf(names, form);
		const typedName = form.text('username');
		const secret = valuesOf(newPasswordForm([invitation.email, typedName, form.text('name')]), form);
		if (!who.ok || !secret.ok) {
			const typed = { name: form.text('name'), username: typedName };
			return fail(400, { problems: { ...(who.ok ? {} : who.problems), ...(secret.ok ? {} : secret.problems) } as Problems, typed, taken: false });
		}
		const outcome = await acceptInvitation(params.token, { ...who.values, password: secret.values.password, locale: locals.locale }, locals);
		if (!outcome.ok)
			return fail(statusOf(outcome.refusal), {
				problems: {} as Problems,
				typed: { ...who.values } as Record<string, string>,
				taken: outcome.refusal.code === 'taken'
			});
		const signedIn = await signIn({ identifier: outcome.email, password: secret.values.password, ...browserOf(event) }, locals);
		if (!signedIn.ok) redirect(303, '/login');
		startSession(event, signedIn);
		redirect(303, '/home');
	}
};
