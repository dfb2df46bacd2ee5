import { randomUUID } from 'node:crypto';
import { dev } from '$app/environment';
import { isHttpError, redirect, type Handle, type HandleServerError, type RequestEvent } from '@sveltejs/kit';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import type { PreferenceValues } from '#lib/forms/account.ts';
import { withoutEmpty } from '#lib/forms/list-address.ts';
import { m } from '#lib/paraglide/messages.js';
import { mayEnter, needsPerson } from '#lib/server/access.ts';
import type { PageMark } from '#lib/server/page-mark.ts';
import { sessionCookieName } from '#lib/server/auth/auth.ts';
import { withDrawn } from '#lib/server/pages/drawn-once.ts';
import { answerUnread, judgePage } from '#lib/server/pages/own-page.ts';
import { answerSignedOut, signInAgain } from '#lib/server/pages/sign-in-again.ts';
import { actorOf, personOfSession, type Person } from '#lib/server/auth/session.ts';
import { now } from '#lib/server/clock.ts';
import { isDatabaseUnavailable } from '#lib/server/db/unavailable.ts';
import { log } from '#lib/server/log.ts';
import { preferencesOf, rememberPreferences } from '#lib/server/auth/preferences.ts';
import { frameOf, shellOf } from '#lib/server/reads/person/frame.ts';
import { isOwnRequest, protect, writes } from '#lib/server/auth/request-guard.ts';

/** Served by `vite dev`, scripts speak both languages. */
const built = !dev;

/** The only reader of the session: finds out who asks, in which language, for which office, and shuts the door on what is not ours. */
export const handle: Handle = async ({ event, resolve }) => {
	const { locals, url, cookies } = event;
	const clean = cleanAddress(event);
	if (clean !== null) redirect(303, clean);
	locals.requestId = randomUUID();
	locals.address = addressOf(event);
	locals.now = now;
	locals.person = null;
	locals.actor = null;
	locals.shell = null;
	let preferences = preferencesOf(cookies);
	locals.locale = preferences.locale;

	let away: unknown;
	let known: Person | null = null;
	try {
		known = await personOfSession(cookies.get(sessionCookieName()));
	} catch (error) {
		if (!isDatabaseUnavailable(error)) throw error;
		away = error;
	}
	if (known) {
		preferences = { locale: known.locale, theme: known.theme, text: known.text };
		locals.locale = preferences.locale;
		rememberPreferences(cookies, preferences);
	}

	const answer = async (): Promise<Response> => {
		locals.frame = frameOf(preferences);
		if (!isOwnRequest(event.request, url.origin)) return plain(403, m.account_foreign_request(), locals.requestId);
		if (away !== undefined && needsPerson(url.pathname)) {
			log('error', { event: 'database_unavailable', requestId: locals.requestId, path: event.route.id ?? null });
			return plain(503, m.account_unavailable(), locals.requestId, { 'retry-after': '5' });
		}
		let page: PageMark | null = null;
		if (!known && needsPerson(url.pathname) && writes(event.request)) {
			const again = await signInAgain(event).catch((problem: unknown) => (isHttpError(problem) ? answerUnread(event, problem) : Promise.reject(problem)));
			if (again instanceof Response) return again;
			if (again.kind !== 'signed_in') return answerSignedOut(event, again);
			known = again.person;
		}
		if (known && writes(event.request)) {
			const judged = await judgePage(event, known);
			if (judged.kind === 'not_taken') return judged.response;
			({ person: known, page } = judged);
		}
		if (known) takeSeat(event, known, page);
		return resolve(event, { transformPageChunk: ({ html }) => inPreferences(withDrawn(html, locals.drawn), preferences) });
	};

	const made = await paraglideMiddleware(new Request(url, { headers: { cookie: `locale=${preferences.locale}` } }), answer);
	// Kit calls every unexpected error 500; that the database is away is said as what it is.
	const response = locals.unavailable && made.status === 500 ? new Response(made.body, { status: 503, headers: made.headers }) : made;
	const preloaded = response.headers.get('link');
	if (preloaded !== null) response.headers.set('link', inLanguageOf(preloaded, preferences.locale));
	protect(response.headers, { https: url.protocol === 'https:', signedIn: known !== null || needsPerson(url.pathname) });
	response.headers.set('x-request-id', locals.requestId);
	return response;
};

/** Writes the preferences into the opening tag. Only there: a page is some hundred kilobytes, and each replacement in the whole would copy it. */
function inPreferences(html: string, { locale, theme, text }: PreferenceValues): string {
	const end = html.indexOf('<head>');
	if (end < 0) return html;
	const opening = html.slice(0, end).replace('%lang%', locale).replace('%theme%', theme).replace('%text%', text);
	return opening + (locale === 'zh-CN' ? html.slice(end) : inLanguageOf(html.slice(end), locale));
}

/** Sends a page to the scripts of its own language, wherever it names one (vite.languages.ts writes them). What people typed is never named so. */
function inLanguageOf(text: string, locale: PreferenceValues['locale']): string {
	if (!built || locale === 'zh-CN') return text;
	return text.replace(/(<|href="|import\(")([./]*_app\/immutable\/)(?=(?:entry|nodes|chunks)\/)/g, `$1$2${locale}/`);
}

/** An office that this part of the site does not belong to gets no actor here: what forgets to ask finds nobody. */
function takeSeat({ locals, url }: RequestEvent, person: Person, page: PageMark | null): void {
	locals.person = person;
	locals.shell = shellOf(person, locals.locale, url.pathname);
	if (person.seat && mayEnter(person.seat.kind, url.pathname)) locals.actor = actorOf(person, locals, page);
}

function addressOf(event: RequestEvent): string {
	try {
		return event.getClientAddress();
	} catch {
		return '';
	}
}

/** The page's address without what says nothing in it, where there is such; a page that is asked for by script has none. */
function cleanAddress({ request, url, isDataRequest }: RequestEvent): string | null {
	// A path of two slashes would be read as another host.
	if (request.method !== 'GET' || isDataRequest || url.pathname.startsWith('//')) return null;
	const query = withoutEmpty(url.search);
	return query === null ? null : url.pathname + query;
}

/** A sentence where no page can be made. */
function plain(status: number, text: string, requestId: string, headers: Record<string, string> = {}): Response {
	return new Response(`${text}\n${m.account_reference({ id: requestId })}\n`, { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } });
}

/** Nothing of the inside leaves: the reader gets a sentence and a number, the log gets the rest on one line. */
export const handleError: HandleServerError = ({ error, event, status }) => {
	const requestId = event.locals.requestId ?? randomUUID();
	if (status === 404) return { message: m.account_not_found(), requestId };
	const unavailable = isDatabaseUnavailable(error);
	if (unavailable) event.locals.unavailable = true;
	if (status >= 500 || unavailable) {
		log('error', {
			event: unavailable ? 'database_unavailable' : 'unexpected',
			requestId,
			route: event.route.id,
			method: event.request.method,
			error: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack ?? null } : String(error)
		});
	}
	return { message: unavailable ? m.account_unavailable() : m.account_failed(), requestId };
};
