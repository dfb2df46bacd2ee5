/**
 * Other dates for a year that is open (domain.md 2; 非方案规定): the notice's 30 November, like the four dates beside it, moves by both ministries alone,
 * each by a person of its own, with the document it rests on. Opening a year cannot do it.
 */
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { Ministry } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import { refuse, type DateField, type DateRefusal, type Decision } from '#lib/domain/refusal.ts';
import { DATE_FIELDS, noticeDueOn, validateDates, type ReportingYear, type YearDates } from './reporting-year.ts';

/** What one ministry proposes, as typed. */
export interface AmendmentWish extends Readonly<Record<keyof YearDates, string>> {
	readonly documentNo: string;
	readonly reason: string;
}

/** A proposal that waits for the other ministry. */
export interface ProposedAmendment {
	readonly dates: YearDates;
	/** The year's dates when it was proposed: nobody agrees to a change of something else. */
	readonly before: YearDates;
	readonly documentNo: string;
	readonly ministry: Ministry;
	readonly personId: string;
}

export type DateChange = { readonly field: keyof YearDates; readonly from: Day; readonly to: Day };

/** The dates that differ, in the order of the year. */
export function changedDates(from: YearDates, to: YearDates): readonly DateChange[] {
	return DATE_FIELDS.filter((field) => from[field] !== to[field]).map((field) => ({ field, from: from[field], to: to[field] }));
}

/**
 * The dates a ministry proposes. A date that moves must still lie ahead or be today, so that nobody becomes late of yesterday; the opening cannot
 * move once it has come. Document and reason are always said.
 */
export function proposeAmendment(year: ReportingYear, wish: AmendmentWish, now: Date): Decision<{ readonly dates: YearDates }> {
	if (year.closedAt !== null) return refuse({ code: 'year_closed', year: year.year });
	const checked = validateDates(year.year, wish);
	if (!checked.ok) return checked;
	const changed = changedDates(year, checked.dates);
	const today = dayInBeijing(now);
	const refused = changed.flatMap(({ field, from, to }): DateRefusal[] => {
		const bound = (earliestOn: Day, latestOn: Day): DateRefusal => ({ code: 'date_out_of_range', field: field as DateField, given: to, earliestOn, latestOn });
		if (field === 'opensOn' && from <= today) return [bound(from, from)];
		return to < today ? [bound(today, lastDayOf(field, year))] : [];
	});
	if (refused.length > 0) return refuse({ code: 'dates_refused', dates: refused });
	const missing = (['documentNo', 'reason'] as const).filter((field) => wish[field].trim() === '');
	if (missing.length > 0) return refuse({ code: 'invalid_input', fields: Object.fromEntries(missing.map((field) => [field, 'missing'])) });
	return changed.length === 0 ? refuse({ code: 'nothing_changed' }) : { ok: true, dates: checked.dates };
}

/**
 * The other ministry agrees, by another person: the dates hold from then on. Refused when the year's dates are no longer those it was proposed for,
 * or when a date that moves has passed meanwhile.
 */
export function confirmAmendment(
	year: ReportingYear,
	proposed: ProposedAmendment,
	by: { readonly ministry: Ministry; readonly personId: string },
	policy: Pick<Policy, 'dueDayIncluded' | 'dueRollsOver'>,
	now: Date
): Decision<{ readonly dates: YearDates; readonly departureNo: string | null }> {
	if (proposed.ministry === by.ministry) return refuse({ code: 'already_done' });
	if (proposed.personId === by.personId) return refuse({ code: 'same_person' });
	if (changedDates(year, proposed.before).length > 0) return refuse({ code: 'preview_outdated' });
	const still = proposeAmendment(year, { ...proposed.dates, documentNo: proposed.documentNo, reason: 'proposed' }, now);
	if (!still.ok) return still;
	const moved = still.dates.ministryDueOn !== year.ministryDueOn;
	const departureNo = isNoticeDate({ ...year, ...still.dates }, policy)
		? null
		: moved
			? proposed.documentNo.trim()
			: (year.departureNo ?? proposed.documentNo.trim());
	return { ok: true, dates: still.dates, departureNo };
}

/** Whether the year's date at the ministries is the one the notice names. */
export function isNoticeDate(year: Pick<ReportingYear, 'year' | 'ministryDueOn'>, policy: Pick<Policy, 'dueDayIncluded' | 'dueRollsOver'>): boolean {
	return year.ministryDueOn === noticeDueOn(year.year, policy);
}

function lastDayOf(field: keyof YearDates, year: ReportingYear): Day {
	const inNextYear = field === 'acceptedLateUntilOn' || field === 'correctionsUntilOn';
	return `${inNextYear ? year.year + 1 : year.year}-12-31` as Day;
}
