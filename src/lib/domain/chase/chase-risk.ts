/**
 * Whom a channel rings next (domain.md 4): which of its lists a report stands in, how urgent it is, and what to do about it. The order is read, not
 * weighed: each ground counts before the next one, and every ground is said on the screen (「非方案规定，系统设置」: the notice knows no order).
 */
import { dayInBeijing, daysBetween, type Day } from '#lib/domain/day.ts';
import { departmentsOf, type Department } from '#lib/domain/parties.ts';
import { isExpected } from '#lib/domain/report/duty.ts';
import { partyDueOn, type RemindedReport } from './reminder-ladder.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';

/** The board's lists; the last cuts across the other three. */
export const CHASE_LISTS = ['not_started', 'unfinished', 'waiting', 'overdue'] as const;
export type ChaseList = (typeof CHASE_LISTS)[number];

/** How far a report has come, each stage including what went further; opinions run side by side. */
export const CHASE_STAGES = ['owed', 'started', 'submitted', 'commerce', 'industry', 'group', 'forwarded', 'received'] as const;
export type ChaseStage = (typeof CHASE_STAGES)[number];

/** Without a sign of life for this many days a report is thought forgotten. */
export const IDLE_DAYS = 14;

/** What the order needs of a report. */
export interface ChasedReport extends Omit<RemindedReport, 'courtSince'> {
	/** When its holder last moved it, at the latest when it came to him. */
	readonly lastActivityAt: Date | null;
	/** Whether the year before was forwarded by its date; null = none owed, excused or not known here. */
	readonly lastYearOnTime: boolean | null;
	/** Boxes filled and asked for in the draft; null without one. */
	readonly progress: { readonly filled: number; readonly asked: number } | null;
	/** The day the enterprise last promised; null = none, or taken back since. */
	readonly promisedOn: Day | null;
}

export const RISK_GROUNDS = ['promise_reached', 'overdue', 'last_year_late', 'idle'] as const;
export type RiskGround = (typeof RISK_GROUNDS)[number];

export interface ChaseRisk {
	readonly lists: readonly ChaseList[];
	/** The holder's own date; null when nobody is chased. */
	readonly dueOn: Day | null;
	/** Negative when it has passed. */
	readonly daysLeft: number | null;
	readonly idleDays: number | null;
	readonly grounds: readonly RiskGround[];
	/** A promise for a day to come: until then the enterprise is left in peace. */
	readonly promiseAhead: boolean;
	/** Sorts as text, riskiest first. */
	readonly key: string;
}

/** Where a report stands on the board today. */
export function chaseRisk(report: ChasedReport, year: Pick<ReportingYear, 'channelDueOn' | 'ministryDueOn'>, today: Day): ChaseRisk {
	const dueOn = partyDueOn({ ...report, courtSince: null }, year);
	const daysLeft = dueOn === null ? null : daysBetween(today, dueOn);
	const withEnterprise = report.court === 'enterprise';
	const promised = withEnterprise ? report.promisedOn : null;
	const promiseAhead = promised !== null && promised > today;
	const idleDays = report.lastActivityAt === null ? null : Math.max(0, daysBetween(dayInBeijing(report.lastActivityAt), today));
	// Nobody is rung about what a ministry has first to decide; it is not overdue either.
	const chased = dueOn !== null && !report.excusePending;
	const grounds = chased
		? RISK_GROUNDS.filter((ground) => {
				switch (ground) {
					case 'promise_reached':
						return promised !== null && promised <= today;
					case 'overdue':
						return daysLeft !== null && daysLeft < 0;
					case 'last_year_late':
						return withEnterprise && report.lastYearOnTime === false;
					case 'idle':
						return idleDays !== null && idleDays >= IDLE_DAYS;
				}
			})
		: [];
	const done = report.progress === null || report.progress.asked === 0 ? 0 : Math.min(99, Math.floor((report.progress.filled / report.progress.asked) * 100));
	const has = (ground: RiskGround): string => (grounds.includes(ground) ? '0' : '1');
	return {
		lists: listsOf(report, chased ? daysLeft : null),
		dueOn,
		daysLeft,
		idleDays,
		grounds,
		promiseAhead,
		key: [
			chased ? '0' : '1',
			promiseAhead ? '1' : '0',
			has('promise_reached'),
			has('last_year_late'),
			has('idle'),
			String(Math.min(9_999, Math.max(0, (daysLeft ?? 4_999) + 5_000))).padStart(4, '0'),
			String(done).padStart(2, '0')
		].join('')
	};
}

function listsOf(report: Pick<ChasedReport, 'state' | 'court'>, daysLeft: number | null): readonly ChaseList[] {
	if (daysLeft === null) return [];
	const own: ChaseList = report.court !== 'enterprise' ? 'waiting' : report.state === 'not_started' ? 'not_started' : 'unfinished';
	return daysLeft < 0 ? [own, 'overdue'] : [own];
}

/** Whether a report has come as far as the stage; `signed` are the departments whose opinion stands on the current version. */
export function hasReached(stage: ChaseStage, report: Pick<ChasedReport, 'state' | 'voluntary'>, signed: readonly Department[]): boolean {
	if (!isExpected(report)) return false;
	const { state } = report;
	const forwarded = state === 'forwarded' || state === 'received';
	switch (stage) {
		case 'owed':
			return true;
		case 'started':
			return state !== 'not_started' && state !== 'not_filed';
		case 'submitted':
			return forwarded || state === 'submitted' || state === 'returned' || state === 'not_delivered';
		case 'commerce':
		case 'industry':
		case 'group':
			return forwarded || (state === 'submitted' && signed.includes(stage));
		case 'forwarded':
			return forwarded;
		case 'received':
			return state === 'received';
	}
}

/** The stages a channel of this kind has, in order. */
export function stagesOf(channelKind: 'province' | 'central_group'): readonly ChaseStage[] {
	return ['owed', 'started', 'submitted', ...departmentsOf(channelKind), 'forwarded', 'received'];
}

/** What a channel's official does next about a report. */
export const NEXT_STEPS = [
	'ask_promise',
	'await_promise',
	'check_contact',
	'ring_start',
	'ring_correction',
	'ring_stuck',
	'ring_submit',
	'remind',
	'sign',
	'ask_other',
	'forward',
	'none'
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** The next step for a department `me`; `signed` as in {@link hasReached}, `reachable` false when every contact is known to be wrong. */
export function nextStep(report: ChasedReport, risk: ChaseRisk, me: Department, signed: readonly Department[], reachable: boolean): NextStep {
	switch (report.court) {
		case 'enterprise': {
			if (report.excusePending) return 'none';
			if (risk.promiseAhead) return 'await_promise';
			if (!reachable) return 'check_contact';
			if (risk.grounds.includes('promise_reached')) return 'ask_promise';
			if (report.state === 'returned') return 'ring_correction';
			if (report.state === 'not_started') return 'ring_start';
			if (report.progress !== null && report.progress.asked > 0 && report.progress.filled >= report.progress.asked) return 'ring_submit';
			return risk.grounds.length > 0 ? 'ring_stuck' : 'remind';
		}
		case 'commerce':
		case 'industry':
		case 'departments':
		case 'group':
			return signed.includes(me) ? 'ask_other' : 'sign';
		case 'channel':
			return 'forward';
		case 'ministries':
		case 'nobody':
			return 'none';
	}
}
