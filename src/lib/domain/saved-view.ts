/**
 * Views of lists kept under a name. A view is an address of ours and nothing else, so it shows each reader what is theirs, and a filter that
 * has gone since is dropped with a note like in any other link.
 */
import { refuse, type Decision } from './refusal.ts';
import type { Duty } from './parties.ts';

/** The lists whose views may be kept, beside the pages of metrics. */
export const VIEW_PAGES = [
	'/admin/organisations',
	'/admin/people',
	'/audit',
	'/channel/chase',
	'/channel/contacts',
	'/channel/enterprises',
	'/channel/extensions',
	'/channel/follow-ups',
	'/channel/needs',
	'/channel/people',
	'/channel/reports',
	'/ministry/cohort',
	'/ministry/cohort/trial',
	'/ministry/enterprises',
	'/ministry/extensions',
	'/ministry/follow-ups',
	'/ministry/follow-ups/candidates',
	'/ministry/needs',
	'/ministry/progress',
	'/ministry/reports',
	'/ministry/views'
] as const;

/** The page of each metric is a list of its own; of one there is not, a view leads nowhere. */
const METRIC_PAGE = /^\/ministry\/metrics\/([a-z_]+)$/;

/** The metric whose page a path is; null for any other path. */
export const metricOfPage = (path: string): string | null => METRIC_PAGE.exec(path)?.[1] ?? null;

export function isViewPage(path: string): boolean {
	return metricOfPage(path) !== null || VIEW_PAGES.some((page) => page === path);
}

/** As many as a menu can be read through. */
export const VIEWS_MOST = 30;
export const VIEW_NAME_MAX = 40;
export const VIEW_QUERY_MAX = 2_000;

/** A view as the rules see it. */
export interface KeptView {
	readonly personId: string;
	readonly shared: boolean;
}

/** Whether somebody may keep one more beside the names of theirs on the same list. */
export function keepViewDecision(kept: readonly string[], name: string): Decision<object> {
	if (kept.includes(name)) return refuse({ code: 'view_name_taken' });
	return kept.length >= VIEWS_MOST ? refuse({ code: 'too_many_views', most: VIEWS_MOST }) : { ok: true };
}

/** Whether a view may be taken away: one's own, or as an approver what somebody else shared with the office, who may have left it. */
export function mayRemoveView(view: KeptView, actor: { readonly personId: string; readonly duty: Duty }): boolean {
	return view.personId === actor.personId || (view.shared && actor.duty === 'approver');
}
