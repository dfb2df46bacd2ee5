import { isHttpError, type HttpError, type RequestEvent } from '@sveltejs/kit';
import type { Refusal } from '#lib/domain/refusal.ts';
import { OFFICE_FIELD, readForm, type PostedForm } from '#lib/forms/read-form.ts';
import { m } from '#lib/paraglide/messages.js';
import { isPersonal, isStreamed, takesAnybody } from '#lib/server/access.ts';
import { takeSeat } from '#lib/server/acts/people/set-preferences.ts';
import { sessionCookieName, sessionSecret } from '#lib/server/auth/auth.ts';
import { isForm, wantsData } from '#lib/server/auth/request-guard.ts';
import { personOfSession, type Person } from '#lib/server/auth/session.ts';
import { pageObject, pageRefusal, readPageMark, type PageMark } from '#lib/server/page-mark.ts';
import { officeName } from '#lib/server/reads/person/frame.ts';

/** Everything a form carried that is shown again, or sent again after signing in. */
export const KEPT_MOST = 400_000;

/** What a page says when a post was not taken: why, and the office to change to where that would help. */
export interface NotTaken {
	readonly sentence: string;
	readonly office: { readonly id: string; readonly name: string } | null;
}

/** Whether the request may write, from this page and as this person; the office they changed to on the way is in `person`. */
export type PageAnswer =
	{ readonly kind: 'own'; readonly person: Person; readonly page: PageMark | null } | { readonly kind: 'not_taken'; readonly response: Response };

/** The text of a mark as a request carries it: in a header (scripts), in the address (a streamed form), or in the form. */
export async function markTextOf(event: RequestEvent): Promise<string | null> {
	const said = event.request.headers.get('x-page') ?? (isStreamed(event.route.id) ? event.url.searchParams.get('__page') : null);
	if (said !== null || isStreamed(event.route.id) || !isForm(event.request)) return said;
	return (await readForm(event)).page;
}

/**
 * The one place where a write is held against the page it was made on. A write from another person's page, from the page of another of
 * their offices, or from another object's is answered 409 in words; nothing of it is done, and what was typed stays.
 */
export async function judgePage(event: RequestEvent, known: Person): Promise<PageAnswer> {
	if (takesAnybody(event.url.pathname)) return { kind: 'own', person: known, page: null };
	let text: string | null;
	try {
		text = await markTextOf(event);
	} catch (problem) {
		if (!isHttpError(problem)) throw problem;
		return { kind: 'not_taken', response: await answerUnread(event, problem) };
	}
	const page = readPageMark(text, sessionSecret());
	const person = page === null ? known : await changeOffice(event, known, page);
	const refusal = refusalOf(event, person, page);
	if (refusal === null) return { kind: 'own', person, page };
	return { kind: 'not_taken', response: await answerNotTaken(event, 409, wordsFor(refusal, person, page, event.locals.locale), refusal) };
}

function refusalOf(event: RequestEvent, person: Person, page: PageMark | null): OtherPage | null {
	if (page === null) return { code: 'other_page', madeFor: 'nobody' };
	const orgId = isPersonal(event.url.pathname) ? page.orgId : (person.seat?.orgId ?? '');
	const refusal = pageRefusal({ personId: person.id, orgId, page });
	if (refusal !== null) return refusal as OtherPage;
	const object = pageObject(event.route.id, event.url.pathname);
	return page.object !== '' && object !== '' && page.object !== object ? { code: 'other_page', madeFor: 'object' } : null;
}

type OtherPage = Extract<Refusal, { code: 'other_page' }>;

/** Somebody who was told that the page belongs to another of their offices has said: then as that office. */
async function changeOffice(event: RequestEvent, person: Person, page: PageMark): Promise<Person> {
	if (page.personId !== person.id || !isForm(event.request) || isStreamed(event.route.id)) return person;
	const asked = (await readForm(event)).aside(OFFICE_FIELD);
	if (asked === null || asked !== page.orgId || person.seat?.orgId === asked || !(await takeSeat(person, asked))) return person;
	return (await personOfSession(event.cookies.get(sessionCookieName()))) ?? person;
}

function wordsFor({ madeFor }: OtherPage, person: Person, page: PageMark | null, locale: App.Locals['locale']): NotTaken {
	const now = person.seat ? m.account_page_you({ name: person.name, office: officeName(person.seat, locale) }) : person.name;
	if (madeFor === 'nobody') return { sentence: m.account_page_nobody(), office: null };
	if (madeFor === 'object') return { sentence: m.account_page_object(), office: null };
	if (madeFor === 'person') return { sentence: m.account_page_person({ now }), office: null };
	const seat = person.seats.find(({ orgId }) => orgId === page?.orgId);
	if (!seat) return { sentence: m.account_page_office_gone({ now }), office: null };
	const name = officeName(seat, locale);
	return { sentence: m.account_page_office({ office: name, now }), office: { id: seat.orgId, name } };
}

/** A post that is past its bounds, or was cut off. */
export function answerUnread(event: RequestEvent, { status, body }: HttpError): Promise<Response> {
	return answerNotTaken(event, status, { sentence: body.message, office: null });
}

/** A post that was not taken, said where it was made: in the form by script, on a page of its own without, or as data. */
async function answerNotTaken(event: RequestEvent, status: number, said: NotTaken, refusal?: Refusal): Promise<Response> {
	const { request, url, locals } = event;
	if (isStreamed(event.route.id) && isForm(request)) return shown(event, status, { said, to: url.pathname.replace(/\/[^/]*$/, ''), form: null });
	if (!isForm(request)) {
		const body = { ...(refusal ? { refusal } : {}), sentence: said.sentence, requestId: locals.requestId };
		return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
	}
	const form = status === 409 ? await readForm(event) : null;
	return shown(event, status, { said, to: url.pathname + url.search, form });
}

/** By a request of its own, because an answer made in the hook has neither layout nor words. */
async function shown(event: RequestEvent, status: number, { said, to, form }: { said: NotTaken; to: string; form: PostedForm | null }): Promise<Response> {
	const body = new FormData();
	body.set('status', String(status));
	body.set('said', JSON.stringify(said));
	body.set('to', to);
	const data = wantsData(event.request);
	if (form !== null && !data) {
		body.set('kept', JSON.stringify(keptOf(form)));
		body.set('mark', form.page ?? '');
		if (form.hasFiles) body.set('filesLost', '1');
	}
	const headers: Record<string, string> = data ? { accept: 'application/json', 'x-sveltekit-action': 'true' } : { accept: 'text/html' };
	const page = await event.fetch('/not-taken', { method: 'POST', body, headers });
	const own = new Headers({ 'content-type': page.headers.get('content-type') ?? 'text/html; charset=utf-8' });
	const policy = page.headers.get('content-security-policy');
	if (policy) own.set('content-security-policy', policy);
	return new Response(await page.text(), { status, headers: own });
}

/** The texts of a form, as many as can be carried on. */
export function keptOf({ pairs }: PostedForm): (readonly [string, string])[] {
	let size = 0;
	return pairs.filter(([name, value]) => (size += name.length + value.length) <= KEPT_MOST);
}
