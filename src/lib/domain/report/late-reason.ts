/**
 * Why a report came late, asked of whoever's days they were (domain.md 2): of the enterprise as it submits, of a department as it signs its opinion, of
 * the channel as it forwards. The ministries are asked of none: once forwarded, a report is judged by that (方案第十一条).
 */
import type { Day } from '#lib/domain/day.ts';
import { OFFICE_LATE_REASONS, type OfficeLateReason } from '#lib/domain/policy.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { askedOf, latenessOf, lateDaysOf, type LateDayFacts, type Lateness, type LateReasonOwner, type Transition } from './lateness.ts';
import { isClosed, type ReportCase } from './report-case.ts';
import { oneOf } from './report-guards.ts';
import { effectiveDueOn, enterpriseDueOn } from './reporting-year.ts';
import { isUnableToFile } from './year-outcome.ts';

/** Those that say it of a report somebody else filed. */
export type LateReasonOffice = Exclude<LateReasonOwner, 'enterprise'>;

/** Late days of one owner that a reason is asked for: both ends are theirs, what lies between may be others'. */
export interface LateSpan {
	readonly fromOn: Day;
	readonly untilOn: Day;
	readonly days: number;
}

/** What the late days of a case are split by. Filed though not owed is never late. */
export function lateDayFactsOf(report: ReportCase, transitions: readonly Transition[]): LateDayFacts {
	return {
		dueOn: effectiveDueOn(report.year, report.extensionOn, report.owedOn),
		firstForwardedAt: report.firstForwardedAt,
		transitions,
		closedAt: isClosed(report) ? report.year.closedAt : null,
		unableToFile: isUnableToFile(report) || report.voluntary
	};
}

/** The four times and late days of a case. */
export function latenessOfCase(report: ReportCase, channelOwnOn: Day | null, transitions: readonly Transition[], now: Date): Lateness {
	return latenessOf(
		{
			...lateDayFactsOf(report, transitions),
			enterpriseDueOn: enterpriseDueOn(report.year, channelOwnOn, report.extensionOn, report.owedOn),
			firstSubmittedAt: report.firstSubmittedAt,
			firstOpinionAt: report.opinionAt,
			receivedAt: report.receivedAt
		},
		now
	);
}

/**
 * The late days of this owner up to now that they have given no reason for; null where nothing is asked: a reason is given once for each span.
 *
 * @param explainedUntilOn the last day their latest reason speaks of
 */
export function spanToExplain(facts: LateDayFacts, owner: LateReasonOwner, explainedUntilOn: Day | null, now: Date): LateSpan | null {
	if (facts.firstForwardedAt !== null) return null;
	const theirs = lateDaysOf(facts, now).filter((day) => askedOf(day.owner).includes(owner) && (explainedUntilOn === null || day.on > explainedUntilOn));
	const [first, last] = [theirs[0], theirs.at(-1)];
	return first && last ? { fromOn: first.on, untilOn: last.on, days: theirs.length } : null;
}

/** A reason as it is typed: the code as chosen and the sentence, both '' where nobody wanted to say. */
export interface TypedReason {
	readonly code: string;
	readonly text: string;
}

/**
 * What an office says of its late days. It is asked and may pass: a missing sentence of an office must not keep an enterprise's report any longer, and
 * the count of reasons says who gave none. Half a reason is refused at its place.
 */
export function reasonOfOffice({ code, text }: TypedReason): Decision<{ readonly given: { readonly code: OfficeLateReason; readonly text: string } | null }> {
	const said = text.trim();
	if (code === '' && said === '') return { ok: true, given: null };
	const known = oneOf(OFFICE_LATE_REASONS, code);
	if (known === null) return refuse({ code: 'reason_required', allowed: OFFICE_LATE_REASONS });
	return said === '' ? refuse({ code: 'invalid_input', fields: { lateReason: 'missing' } }) : { ok: true, given: { code: known, text: said } };
}
