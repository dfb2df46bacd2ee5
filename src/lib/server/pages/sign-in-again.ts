import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { signInForm } from '#lib/forms/account.ts';
import { m } from '#lib/paraglide/messages.js';
import { signIn, type SignInOutcome } from '#lib/server/acts/people/sign-in.ts';
import { sessionCookieName, sessionCookieOptions, sessionSecret } from '#lib/server/auth/auth.ts';
import { DEVICES_COOKIE, DEVICES_DAYS, withDevice } from '#lib/server/auth/known-devices.ts';
import { dropSession, personOfSession, type Person } from '#lib/server/auth/session.ts';
import { isForm, wantsData } from '#lib/server/auth/request-guard.ts';

/** Names of the two boxes that are laid over somebody else's form; no form of ours has them. */
export const AGAIN_NAME = '__sign_in_name';
export const AGAIN_PASSWORD = '__sign_in_password';
const WHO = 'keyent.who';

/** Everything a form carried; larger ones and files cannot be carried on. */
const KEPT_MOST = 400_000;

export type AgainProblem = 'ended' | 'wrong' | 'locked' | 'address' | 'other_person';
export type Again =
	| { kind: 'signed_in'; person: Person }
	| { kind: 'data' }
	| { kind: 'form'; fields: [string, string][]; name: string; problem: AgainProblem; filesLost: boolean };

/** Remembers, beyond the session, whose pages this browser has open: a form begun by one person is never sent by another. */
export function rememberWho({ cookies }: Pick<RequestEvent, 'cookies'>, personId: string): void {
	cookies.set(WHO, mark(personId), { ...sessionCookieOptions(), maxAge: 7 * 86_400 });
}

export function forgetWho({ cookies }: Pick<RequestEvent, 'cookies'>): void {
	cookies.delete(WHO, { path: '/' });
}

function mark(personId: string): string {
	return createHmac('sha256', sessionSecret()).update(`who:${personId}`).digest('base64url');
}

function isWho({ cookies }: RequestEvent, personId: string): boolean {
	const given = Buffer.from(cookies.get(WHO) ?? '');
	const expected = Buffer.from(mark(personId));
	return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What a browser says of itself when somebody signs in on it. */
export function browserOf({ request, cookies }: Pick<RequestEvent, 'request' | 'cookies'>): { agent: string; devices: string | undefined } {
	return { agent: request.headers.get('user-agent') ?? '', devices: cookies.get(DEVICES_COOKIE) };
}

/** Sets the cookies of a session that was just opened. */
export function startSession(event: Pick<RequestEvent, 'cookies'>, outcome: Extract<SignInOutcome, { ok: true }>): void {
	event.cookies.set(sessionCookieName(), outcome.cookie, sessionCookieOptions());
	const devices = withDevice(event.cookies.get(DEVICES_COOKIE), outcome.personId);
	event.cookies.set(DEVICES_COOKIE, devices, { ...sessionCookieOptions(), maxAge: DEVICES_DAYS * 86_400 });
	rememberWho(event, outcome.personId);
}

/**
 * Somebody posted a form after the session had ended. If the form brings name and password, signs in and lets the same request go on
 * as if nothing had happened; otherwise says what has to be kept until it does.
 */
export async function signInAgain(event: RequestEvent): Promise<Again> {
	if (wantsData(event.request) || !isForm(event.request)) return { kind: 'data' };
	const form = await event.request.formData().catch(() => new FormData());
	const fields: [string, string][] = [];
	let size = 0;
	let filesLost = false;
	for (const [name, value] of form) {
		if (name === AGAIN_NAME || name === AGAIN_PASSWORD) continue;
		if (typeof value !== 'string') filesLost ||= value.size > 0;
		else {
			size += name.length + value.length;
			if (size <= KEPT_MOST) fields.push([name, value]);
		}
	}
	const name = form.get(AGAIN_NAME);
	const password = form.get(AGAIN_PASSWORD);
	const kept = { kind: 'form' as const, fields, name: typeof name === 'string' ? name.slice(0, 200) : '', filesLost };
	const parsed = signInForm.safeParse({ identifier: name, password });
	if (!parsed.success) return { ...kept, problem: name === null ? 'ended' : 'wrong' };

	const outcome = await signIn({ ...parsed.data, ...browserOf(event) }, event.locals);
	if (!outcome.ok) return { ...kept, problem: outcome.why };
	const person = await personOfSession(outcome.cookie);
	if (!person) return { ...kept, problem: 'wrong' };
	if (!isWho(event, outcome.personId)) {
		await dropSession(person);
		return { ...kept, problem: 'other_person' };
	}
	startSession(event, outcome);
	event.request = repost(event.request, fields);
	return { kind: 'signed_in', person };
}

/** The same request with nothing of the sign-in left in it. */
function repost(request: Request, fields: readonly [string, string][]): Request {
	const headers = new Headers(request.headers);
	headers.delete('content-length');
	headers.set('content-type', 'application/x-www-form-urlencoded');
	return new Request(request.url, { method: request.method, headers, body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString() });
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
	body.set('kept', JSON.stringify(again.fields));
	body.set('name', again.name);
	body.set('problem', again.problem);
	if (again.filesLost) body.set('filesLost', '1');
	const page = await event.fetch('/login/again', { method: 'POST', body, headers: { accept: 'text/html' } });
	const headers = new Headers({ 'content-type': 'text/html; charset=utf-8' });
	const policy = page.headers.get('content-security-policy');
	if (policy) headers.set('content-security-policy', policy);
	return new Response(await page.text(), { status: 401, headers });
}
