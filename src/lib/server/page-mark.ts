import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Refusal } from '#lib/domain/refusal.ts';

/** For whom, for which of their offices and for what a page was made. What is posted from it says so again. */
export interface PageMark {
	readonly personId: string;
	/** Text of a bigint; '' where no office was chosen. */
	readonly orgId: string;
	/** What the page shows, by `pageObject`; '' where it is no single thing. */
	readonly object: string;
}

/** Stands between the parts of a mark; `encodeURIComponent` leaves none of it in them. */
const BETWEEN = '|';

/**
 * The mark as it stands in a page. It hides nothing, it cannot be made by others, and it ends with neither session nor duty, so that what
 * was typed may still be sent after signing in again.
 */
export function pageMarkText({ personId, orgId, object }: PageMark, secret: string): string {
	const said = [personId, orgId, object].map(encodeURIComponent).join(BETWEEN);
	return `${said}${BETWEEN}${signature(said, secret)}`;
}

/** What a mark says; null for none, or one that was not made here. */
export function readPageMark(text: string | null, secret: string): PageMark | null {
	if (text === null || text.length > 1_000) return null;
	const end = text.lastIndexOf(BETWEEN);
	const said = text.slice(0, Math.max(end, 0));
	const given = Buffer.from(text.slice(end + 1));
	const expected = Buffer.from(signature(said, secret));
	if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
	const [personId = '', orgId = '', object = ''] = said.split(BETWEEN).map(decodeURIComponent);
	return { personId, orgId, object };
}

function signature(said: string, secret: string): string {
	return createHmac('sha256', secret).update(`page:${said}`).digest('base64url').slice(0, 22);
}

/** The one thing an address is about: its path as far as the first part that differs from thing to thing. '' for lists and workbenches. */
export function pageObject(routeId: string | null, pathname: string): string {
	const parts = (routeId ?? '').split('/').filter((part) => !part.startsWith('('));
	const at = parts.findIndex((part) => part.includes('['));
	return at < 0
		? ''
		: pathname
				.split('/')
				.slice(0, at + 1)
				.join('/');
}

/**
 * Why nothing may be written from this page: a session knows who is there when the request arrives, not for whom the page was made. Two
 * tabs, or two people at one screen, would otherwise write the one's text into the other's report.
 */
export function pageRefusal({ personId, orgId, page }: { readonly personId: string; readonly orgId: string; readonly page?: PageMark }): Refusal | null {
	if (page === undefined) return null;
	if (page.personId !== personId) return { code: 'other_page', madeFor: 'person' };
	return page.orgId === orgId ? null : { code: 'other_page', madeFor: 'office' };
}
