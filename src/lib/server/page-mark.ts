import type { Refusal } from '#lib/domain/refusal.ts';

/** For whom, for which of their offices and for what a page was made. What is posted from it says so again. */
export interface PageMark {
	readonly personId: string;
	/** Text of a bigint. */
	readonly orgId: string;
	/** What the page shows, as its maker names it. */
	readonly object: string;
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
