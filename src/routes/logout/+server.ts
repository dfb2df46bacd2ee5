import { redirect } from '@sveltejs/kit';
import { signOut } from '#lib/server/acts/people/sign-out.ts';
import { sessionCookieName } from '#lib/server/auth/auth.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, cookies } = event;
	if (locals.person) await signOut(locals.person, locals);
	cookies.delete(sessionCookieName(), { path: '/' });
	redirect(303, '/');
};

/** A link or a reload is no wish to leave. */
export const GET: RequestHandler = () => redirect(303, '/home');
