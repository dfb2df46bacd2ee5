import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { dutyIn, organisationKindWord } from '#lib/words/standing-words.ts';
import { ADMINISTRATION, AUDIT, DEPARTMENTS, DUTIES, ENTERPRISE, EXPERTS, MINISTRIES, type Duty, type OrganisationKind } from '#lib/domain/parties.ts';
import type { Actor } from './actor.ts';
import type { Person } from '#lib/server/auth/session.ts';

type Asked = Pick<RequestEvent, 'locals' | 'url' | 'request'>;

/** The offices each part of the site belongs to. A part that is not named here is for everybody. */
const AREAS: readonly { path: string; kinds: readonly OrganisationKind[] }[] = [
	{ path: '/enterprise', kinds: ENTERPRISE },
	{ path: '/channel', kinds: DEPARTMENTS },
	{ path: '/ministry', kinds: MINISTRIES },
	{ path: '/admin', kinds: ADMINISTRATION },
	{ path: '/audit', kinds: AUDIT },
	{ path: '/expert', kinds: EXPERTS }
];

/** Pages for whoever is signed in, whatever the office. */
const PERSONAL = ['/home', '/inbox', '/me', '/search'];

/** Pages of whoever sits in an office, as that office, whichever it is. */
const SEATED = ['/views'];

/** Reached before signing in: the look of the pages, and the demonstration's mailbox, where the links for signing in arrive. */
const OPEN = ['/me/preferences', '/inbox/mail'];

/**
 * Where what is sent says itself whose it is, by a password or by a link that was mailed: whoever is signed in there plays no part. The last
 * is a page that the hook alone asks for.
 */
const ENTRANCES = ['/login', '/password', '/not-taken'];

/** Written by the person, whatever the office they sit in. */
const OF_THE_PERSON = [...PERSONAL, '/logout', '/invitation'];

/** Its body is passed on piece by piece and cannot be read before. */
const STREAMED = '/enterprise/reports/[year]/files/[slot]';

function lies(pathname: string, within: string): boolean {
	return pathname === within || pathname.startsWith(`${within}/`);
}

/** Whether an address needs somebody signed in. */
export function needsPerson(pathname: string): boolean {
	if (OPEN.includes(pathname)) return false;
	return [...PERSONAL, ...SEATED].some((path) => lies(pathname, path)) || AREAS.some((area) => lies(pathname, area.path));
}

/** Whether a write here belongs to nobody who is signed in. */
export function takesAnybody(pathname: string): boolean {
	return ENTRANCES.some((path) => lies(pathname, path));
}

/** Whether a write here belongs to a person, and not to an office of theirs. */
export function isPersonal(pathname: string): boolean {
	return OF_THE_PERSON.some((path) => lies(pathname, path));
}

/** Whether what is sent here is a file that is never held as a whole. */
export function isStreamed(routeId: string | null): boolean {
	return routeId === STREAMED;
}

/** Whether an office may be in this part of the site at all: the first of two looks, the second is requireActor. */
export function mayEnter(kind: OrganisationKind, pathname: string): boolean {
	const area = AREAS.find(({ path }) => lies(pathname, path));
	return area === undefined || area.kinds.includes(kind);
}

/** An address inside this site, or `/home`. Keeps a link from sending somebody elsewhere after signing in. */
export function ownPath(given: string | null | undefined): string {
	if (!given || given.length > 2_000 || !given.startsWith('/') || /^\/[/\\]/.test(given) || /[\p{Cc}\\]/u.test(given)) return '/home';
	const base = 'http://own.invalid';
	if (!URL.canParse(given, base)) return '/home';
	const url = new URL(given, base);
	return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : '/home';
}

/**
 * The person signed in, for pages that belong to no office.
 *
 * @throws Redirect to the sign-in page
 */
export function requirePerson({ locals, url, request }: Asked): Person {
	if (locals.person) return locals.person;
	const back = request.method === 'GET' ? url.pathname + url.search : url.pathname;
	redirect(303, `/login?returnTo=${encodeURIComponent(back)}`);
}

/**
 * Who acts here. Every load and every action of a signed-in page begins with it; a guard in a layout would not run for each.
 *
 * @throws Redirect to the sign-in page, or to the choice of office; 403 that names whom the page is for
 */
export function requireActor(event: Asked, kinds: readonly OrganisationKind[], duties: readonly Duty[] = DUTIES): Actor {
	const person = requirePerson(event);
	const { seat } = person;
	if (!seat) redirect(303, '/home');
	const { actor, requestId } = event.locals;
	if (actor && kinds.includes(actor.orgKind) && duties.includes(actor.duty)) return actor;
	const between = m.account_only_for_between();
	const offices = kinds.map((kind) => organisationKindWord[kind]()).join(between);
	const whose =
		duties.length === DUTIES.length
			? offices
			: m.account_only_for_duty({ offices, duties: duties.map((duty) => dutyIn(kinds[0] ?? 'enterprise', duty)).join(between) });
	error(403, {
		message: m.account_only_for({ whose, seat: m.account_seat({ office: organisationKindWord[seat.kind](), duty: dutyIn(seat.kind, seat.duty) }) }),
		requestId
	});
}

/**
 * Who acts on a page that is not there for anybody else: whoever is not of these offices, signed in or not, learns nothing of it.
 *
 * @throws 404
 */
export function actorOrNotFound(event: Asked, kinds: readonly OrganisationKind[]): Actor {
	const { actor } = event.locals;
	return actor && kinds.includes(actor.orgKind) ? actor : notFound(event);
}

/** No such thing, or not theirs to know of: both look the same. */
export function notFound({ locals }: Pick<RequestEvent, 'locals'>): never {
	error(404, { message: m.account_not_found(), requestId: locals.requestId });
}
