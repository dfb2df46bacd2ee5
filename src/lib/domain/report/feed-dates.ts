/** The dates a person's calendar shows, by the offices he sits in (domain.md 2). Only dates and years: whoever has the address reads them. */
import type { Day } from '#lib/domain/day.ts';
import { isDepartment, isMinistry, type OrganisationKind } from '#lib/domain/parties.ts';
import { channelDueOn, effectiveDueOn, enterpriseDueOn, type YearDates } from './reporting-year.ts';
import type { ReportState } from '#lib/domain/report-state.ts';

export type FeedDateKind = 'submit' | 'correct' | 'at_ministries' | 'opens' | 'channel_due' | 'accepted_late_until' | 'corrections_until';

export interface FeedDate {
	readonly kind: FeedDateKind;
	readonly year: number;
	readonly on: Day;
}

/** An office of the person's, with what decides its dates. */
export interface FeedOffice {
	readonly kind: OrganisationKind;
	readonly year: YearDates & { readonly year: number };
	/** The own date of the channel the office belongs to, if it set one. */
	readonly channelOwnOn: Day | null;
	/** Of an enterprise: each report of the year that is not yet at the ministries. */
	readonly reports: readonly { readonly state: ReportState; readonly extensionOn: Day | null; readonly owedOn: Day | null; readonly correctByOn: Day | null }[];
}

/** What makes a deadline the same one in a feed, a file and a mail. A date that was moved is another. */
export function feedDateId({ kind, year, on }: FeedDate): string {
	return `${kind}-${year}-${on}`;
}

/** Each date once, earliest first, whatever number of offices and reports it stands for; one's own date that is the ministries' is theirs alone. */
export function feedDates(offices: readonly FeedOffice[]): readonly FeedDate[] {
	const found = new Map<string, FeedDate>();
	const add = (kind: FeedDateKind, year: number, on: Day): void => void found.set(feedDateId({ kind, year, on }), { kind, year, on });
	const unless = (theirs: Day, kind: FeedDateKind, year: number, on: Day): void => {
		if (on !== theirs) add(kind, year, on);
	};
	for (const { kind, year, channelOwnOn, reports } of offices) {
		if (kind === 'enterprise') {
			for (const { state, extensionOn, owedOn, correctByOn } of reports) {
				if (state === 'returned' && correctByOn !== null) add('correct', year.year, correctByOn);
				else if (state === 'not_started' || state === 'draft')
					unless(effectiveDueOn(year, extensionOn, owedOn), 'submit', year.year, enterpriseDueOn(year, channelOwnOn, extensionOn, owedOn));
				add('at_ministries', year.year, effectiveDueOn(year, extensionOn, owedOn));
			}
		} else if (isDepartment(kind)) {
			unless(year.ministryDueOn, 'channel_due', year.year, channelDueOn(year, channelOwnOn));
			add('at_ministries', year.year, year.ministryDueOn);
		} else if (isMinistry(kind)) {
			add('opens', year.year, year.opensOn);
			unless(year.ministryDueOn, 'channel_due', year.year, year.channelDueOn);
			add('at_ministries', year.year, year.ministryDueOn);
			add('accepted_late_until', year.year, year.acceptedLateUntilOn);
			add('corrections_until', year.year, year.correctionsUntilOn);
		}
	}
	return [...found.values()].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
