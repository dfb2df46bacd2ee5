/**
 * The four times of a report and, when it is late, whose days they were (domain.md 2). On time is judged by the first forwarding
 * (方案第十一条: 报送商务部、工业和信息化部). A late day is counted to the party that held the report when that day began in Beijing:
 * whoever had it at 00:00 had let the day begin late. So the days by owner always add up to the days late.
 */
import type { Court } from '#lib/domain/report-state.ts';
import { addDays, dayInBeijing, daysBetween, startOf, type Day } from '#lib/domain/day.ts';
import { DEPARTMENTS, type Department } from '#lib/domain/parties.ts';

/** A dated change of hands: from `at` on the report was in `court`. Made of the journal, oldest first. */
export interface Transition {
	readonly at: Date;
	readonly court: Court;
}

/** Who late days can belong to. 'departments' = both of a province together; 'nobody' = excused or closed meanwhile. */
export type LateOwner = Court;

export interface LatenessFacts {
	/** The ministries' date with any extension: `effectiveDueOn`. */
	readonly dueOn: Day;
	/** The enterprise's own date at its channel: `enterpriseDueOn`. */
	readonly enterpriseDueOn: Day;
	readonly firstSubmittedAt: Date | null;
	/** The opinion each department gave first, on any version. */
	readonly firstOpinionAt: Partial<Record<Department, Date>>;
	readonly firstForwardedAt: Date | null;
	readonly receivedAt: Date | null;
	readonly transitions: readonly Transition[];
	/** Who held the report before the first transition: the enterprise. */
	readonly openedCourt?: Court;
	/** Where counting stops for a report that was never forwarded: the close of the year; null while it is open. */
	readonly closedAt: Date | null;
	/** `isUnableToFile`: never late, by nobody's days. */
	readonly unableToFile: boolean;
}

/** One of the four times. `daysLate` 0 = by its date; null = no date applies or it has not happened and is not yet late. */
export interface ReportTime {
	readonly at: Date | null;
	readonly daysLate: number;
}

export interface Lateness {
	/** Against the enterprise's date at the channel. */
	readonly submitted: ReportTime;
	readonly opinions: Partial<Record<Department, Date>>;
	/** Against the ministries' date; this decides. */
	readonly forwarded: ReportTime;
	readonly received: Date | null;
	/** true / false, or null while not forwarded and not yet late. */
	readonly onTime: boolean | null;
	/** Calendar days after the due day, in Beijing; 0 = not late. */
	readonly daysLate: number;
	/** Adds up to `daysLate`; owners without a day are absent. */
	readonly daysByOwner: Partial<Record<LateOwner, number>>;
}

/** The four times and the late days by owner, at `now` for what has not happened yet. */
export function latenessOf(facts: LatenessFacts, now: Date): Lateness {
	const daysLate = countedLate(facts, now);
	return {
		submitted: {
			at: facts.firstSubmittedAt,
			daysLate: facts.unableToFile ? 0 : daysAfter(facts.enterpriseDueOn, facts.firstSubmittedAt ?? earlierInstant(facts.closedAt, now))
		},
		opinions: facts.firstOpinionAt,
		forwarded: { at: facts.firstForwardedAt, daysLate },
		received: facts.receivedAt,
		onTime: daysLate > 0 ? false : facts.firstForwardedAt === null ? null : true,
		daysLate,
		daysByOwner: daysByOwnerOf(lateDaysOf(facts, now))
	};
}

export function daysByOwnerOf(days: ReturnType<typeof lateDaysOf>): Lateness['daysByOwner'] {
	const byOwner: Partial<Record<LateOwner, number>> = {};
	for (const { owner } of days) byOwner[owner] = (byOwner[owner] ?? 0) + 1;
	return byOwner;
}

/** What the split of the late days rests on. */
export type LateDayFacts = Pick<LatenessFacts, 'dueOn' | 'firstForwardedAt' | 'transitions' | 'openedCourt' | 'closedAt' | 'unableToFile'>;

/** The late days one by one, oldest first, each with whose it was. */
export function lateDaysOf(facts: LateDayFacts, now: Date): readonly { readonly on: Day; readonly owner: LateOwner }[] {
	return Array.from({ length: countedLate(facts, now) }, (_, n) => {
		const on = addDays(facts.dueOn, n + 1);
		return { on, owner: heldAt(facts, startOf(on)) };
	});
}

function countedLate(facts: LateDayFacts, now: Date): number {
	return facts.unableToFile ? 0 : daysAfter(facts.dueOn, facts.firstForwardedAt ?? earlierInstant(facts.closedAt, now));
}

/** Whole calendar days in Beijing from the due day to the day of the instant; 0 if by then. */
export function daysAfter(dueOn: Day, instant: Date): number {
	return Math.max(0, daysBetween(dueOn, dayInBeijing(instant)));
}

/** The last change of hands not after the instant. */
function heldAt(facts: LateDayFacts, instant: Date): LateOwner {
	let court: Court = facts.openedCourt ?? 'enterprise';
	for (const transition of facts.transitions) {
		if (transition.at.getTime() > instant.getTime()) break;
		court = transition.court;
	}
	return court;
}

function earlierInstant(a: Date | null, b: Date): Date {
	return a !== null && a < b ? a : b;
}

/** The late days of several reports by whose they were: adds up to `days` as each report's do. */
export interface LateDays {
	readonly reports: number;
	readonly days: number;
	readonly byOwner: Partial<Record<LateOwner, number>>;
}

/** Whoever stands first in a count, all of them where several do: a tie is named. Nobody where everything is 0. */
export function leadersOf<Key>(counts: Iterable<readonly [Key, number]>): readonly Key[] {
	const all = [...counts];
	const most = Math.max(0, ...all.map(([, count]) => count));
	return most === 0 ? [] : all.filter(([, count]) => count === most).map(([key]) => key);
}

/** Whoever can say why: a day with both departments is asked of each. */
export const LATE_REASON_OWNERS = ['enterprise', ...DEPARTMENTS, 'channel'] as const;
export type LateReasonOwner = (typeof LATE_REASON_OWNERS)[number];

/** Who is asked why of a day: with both departments each of them, with the ministries or with nobody none. */
export function askedOf(owner: LateOwner): readonly LateReasonOwner[] {
	if (owner === 'departments') return ['commerce', 'industry'];
	return LATE_REASON_OWNERS.filter((one) => one === owner);
}

/** Of how many late reports with days of theirs each owner has said why; owners without a day are absent. */
export type ExplainedLateness = Partial<Record<LateReasonOwner, { readonly late: number; readonly explained: number }>>;

/** Counts the late reports of each owner and those of them that have a reason of that owner (domain.md 2: asked of whoever's days they were). */
export function explainedOf(
	all: Iterable<{ readonly daysByOwner: Lateness['daysByOwner']; readonly reasonsOf: readonly LateReasonOwner[] }>
): ExplainedLateness {
	const counts: Partial<Record<LateReasonOwner, { late: number; explained: number }>> = {};
	for (const { daysByOwner, reasonsOf } of all)
		for (const owner of ownersAsked(daysByOwner)) {
			const count = (counts[owner] ??= { late: 0, explained: 0 });
			count.late += 1;
			if (reasonsOf.includes(owner)) count.explained += 1;
		}
	return counts;
}

/** Whom the late days of a report are asked of, the enterprise first. */
export function ownersAsked(daysByOwner: Lateness['daysByOwner']): readonly LateReasonOwner[] {
	const asked = new Set((Object.keys(daysByOwner) as LateOwner[]).filter((owner) => (daysByOwner[owner] ?? 0) > 0).flatMap(askedOf));
	return LATE_REASON_OWNERS.filter((owner) => asked.has(owner));
}

export function sumLateDays(all: Iterable<Pick<Lateness, 'daysLate' | 'daysByOwner'>>): LateDays {
	let [reports, days] = [0, 0];
	const byOwner: Partial<Record<LateOwner, number>> = {};
	for (const { daysLate, daysByOwner } of all) {
		if (daysLate === 0) continue;
		reports += 1;
		days += daysLate;
		for (const [owner, count] of Object.entries(daysByOwner) as [LateOwner, number][]) byOwner[owner] = (byOwner[owner] ?? 0) + count;
	}
	return { reports, days, byOwner };
}
