import type { RequestEvent } from '@sveltejs/kit';
import { signInForm } from '#lib/forms/account.ts';
import { AGAIN_FIELDS, readForm, type PostedForm } from '#lib/forms/read-form.ts';
import { m } from '#lib/paraglide/messages.js';
import { isStreamed } from '#lib/server/access.ts';
import { takeSeat } from '#lib/server/acts/people/set-preferences.ts';
import { signIn, type SignInOutcome } from '#lib/server/acts/people/sign-in.ts';
import { sessionCookieName, sessionCookieOptions, sessionSecret } from '#lib/server/auth/auth.ts';
import { DEVICES_COOKIE, DEVICES_DAYS, withDevice } from '#lib/server/auth/known-devices.ts';
import { dropSession, personOfSession, type Person } from '#lib/server/auth/session.ts';
import { isForm, wantsData } from '#lib/server/auth/request-guard.ts';
import { readPageMark } from '#lib/server/page-mark.ts';
import { keptOf, markTextOf } from './own-page.ts';

export type AgainProblem = 'ended' | 'wrong' | 'locked' | 'address' | 'other_person';
export type Again =
	{ kind: 'signed_in'; person: Person } | { kind: 'data' } | { kind: 'form'; form: PostedForm; mark: string; name: string; problem: AgainProblem };

/** What a browser says of itself when somebody signs in on it. */
export function browserOf({ request, cookies }: Pick<RequestEvent, 'request' | 'cookies'>): { agent: string; devices: string | undefined } {
	return { agent: request.headers.get('user-agent') ?? '', devices: cookies.get(DEVICES_COOKIE) };
}

/** Sets the cookies of a session that was just opened. */
export function startSession(event: Pick<RequestEvent, 'cookies'>, outcome: Extract<SignInOutcome, { ok: true }>): void {
	event.cookies.set(sessionCookieName(), outcome.cookie, sessionCookieOptions());
	const devices = withDevice(event.cookies.get(DEVICES_COOKIE), outcome.personId);
	event.cookies.set(DEVICES_COOKIE, devices, { ...sessionCookieOptions(), maxAge: DEVICES_DAYS * 86_400 });
}

/**
 * Somebody posted a form after the session had ended. If the form brings name and password, signs in and lets the same request go on
 * as if nothing had happened, in the office that the page was made for; otherwise says what has to be kept until it does. A form begun by
 * one person is never sent by another: the page says whose it is.
 *
 * @throws HttpError for a form past its bounds, or cut off
 */
export async function signInAgain(event: RequestEvent): Promise<Again> {
	if (wantsData(event.request) || !isForm(event.request) || isStreamed(event.route.id)) return { kind: 'data' };
	const form = await readForm(event);
	const text = await markTextOf(event);
	const name = form.aside(AGAIN_FIELDS.name);
	const kept = { kind: 'form' as const, form, mark: text ?? '', name: (name ?? '').slice(0, 200) };
	const parsed = signInForm.safeParse({ identifier: name, password: form.aside(AGAIN_FIELDS.password) });
	if (!parsed.success) return { ...kept, problem: name === null ? 'ended' : 'wrong' };

	const outcome = await signIn({ ...parsed.data, ...browserOf(event) }, event.locals);
	if (!outcome.ok) return { ...kept, problem: outcome.why };
	const person = await personOfSession(outcome.cookie);
	if (!person) return { ...kept, problem: 'wrong' };
	const page = readPageMark(text, sessionSecret());
	if (page?.personId !== outcome.personId) {
		await dropSession(person);
		return { ...kept, problem: 'other_person' };
	}
	startSession(event, outcome);
	if (person.seat?.orgId !== page.orgId && (await takeSeat(person, page.orgId)))
		return { kind: 'signed_in', person: (await personOfSession(outcome.cookie)) ?? person };
	return { kind: 'signed_in', person };
}

/** What somebody without session gets for a form or for data: the sign-in in place of the page, or a plain 401. */
export async function answerSignedOut(event: RequestEvent, again: Exclude<Again, { kind: 'signed_in' }>): Promise<Response> {
	const { url, locals } = event;
	if (again.kind === 'data') {
		return new Response(
			JSON.stringify({ code: 'signed_out', type: 'error', status: 401, error: { message: m.account_again_data(), requestId: locals.requestId } }),
			{
				status: 401,
				headers: { 'content-type': 'application/json' }
			}
		);
	}
	const body = new FormData();
	body.set('to', url.pathname + url.search);
	body.set('kept', JSON.stringify(keptOf(again.form)));
	body.set('mark', again.mark);
	body.set('name', again.name);
	body.set('problem', again.problem);
	if (again.form.hasFiles) body.set('filesLost', '1');
	const page = await event.fetch('/login/again', { method: 'POST', body, headers: { accept: 'text/html' } });
	const headers = new Headers({ 'content-type': 'text/html; charset=utf-8', 'x-sign-in': again.problem });
	const policy = page.headers.get('content-security-policy');
	if (policy) headers.set('content-security-policy', policy);
	return new Response(await page.text(), { status: 401, headers });
}
