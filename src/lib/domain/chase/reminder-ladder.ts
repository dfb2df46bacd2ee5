/**
 * The ladder of reminders: which step of which date is due on a day, and to whom it goes (domain.md 2 and 4). Chasing goes to whoever's court the
 * report is in, and nowhere else. What is due is decided by what has not been sent yet, never by a tick: of several missed steps only the closest is sent.
 */
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import { addDays, dayInBeijing, daysBetween, startOf, type Day } from '#lib/domain/day.ts';
import { departmentsOf, type Department } from '#lib/domain/parties.ts';
import { effectiveDueOn, enterpriseDueOn, type ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { ReminderPolicy, ReminderText } from './reminder-policy.ts';
import type { SkipReason } from './skip-reason.ts';
import { workingDayOnOrBefore, workingDaysUntil, type WorkingCalendar } from '#lib/domain/working-calendar.ts';

/** A step by its distance from the party's date in days: 'T-7', 'T0', 'T+14'; 'idle+5' by working days of idleness. */
export type Step = `T${'-' | '+'}${number}` | 'T0' | `idle+${number}` | `hand:${string}` | 'open';

/** Who may be reminded; 'enterprise' are its people or, without an account, its contacts. */
export type Audience = 'enterprise' | Department;

/** What the ladder needs of a report. */
export interface RemindedReport {
	readonly state: ReportState;
	readonly court: Court;
	readonly channelKind: 'province' | 'central_group';
	readonly extensionOn: Day | null;
	/** The day the report came to be owed in a year that had begun; null = from the opening on. */
	readonly owedOn: Day | null;
	/** Filed though not owed: nobody is chased for it. */
	readonly voluntary: boolean;
	/** The channel's own earlier date; null = the year's. */
	readonly channelOwnOn: Day | null;
	/** The day a standing return asks for its correction; null unless returned. */
	readonly correctByOn: Day | null;
	/** Said to be unable to file, not confirmed: letters to the enterprise pause. */
	readonly excusePending: boolean;
	/** Since when that court holds it. */
	readonly courtSince: Date | null;
}

export interface LadderStep {
	/** Days from the date: negative before, 0 on the day, positive after. */
	readonly offset: number;
	readonly step: Step;
	readonly nominalOn: Day;
	/** The working day it leaves on: the nominal one or the nearest before; null = the calendar of that year is unknown, the step waits. */
	readonly sendOn: Day | null;
}

/** The day the holder of the report must act by; null when nobody holds it or nobody is chased. 'ministries' have no date in the notice. */
export function partyDueOn(report: RemindedReport, year: Pick<ReportingYear, 'channelDueOn' | 'ministryDueOn'>): Day | null {
	if (report.voluntary) return null;
	switch (report.court) {
		case 'enterprise':
			return report.state === 'returned' && report.correctByOn !== null
				? report.correctByOn
				: enterpriseDueOn(year, report.channelOwnOn, report.extensionOn, report.owedOn);
		case 'commerce':
		case 'industry':
		case 'departments':
		case 'group':
		case 'channel':
			return effectiveDueOn(year, report.extensionOn, report.owedOn);
		case 'ministries':
		case 'nobody':
			return null;
	}
}

/** Who is written to: the enterprise, or each department that still holds it; of an approved report both departments, since either may forward. */
export function audiencesOf(report: Pick<RemindedReport, 'court' | 'channelKind'>): readonly Audience[] {
	switch (report.court) {
		case 'enterprise':
		case 'commerce':
		case 'industry':
		case 'group':
			return [report.court];
		case 'departments':
			return ['commerce', 'industry'];
		case 'channel':
			return report.channelKind === 'province' ? ['commerce', 'industry'] : ['group'];
		case 'ministries':
		case 'nobody':
			return [];
	}
}

/** Whom a department writes to: whoever holds the report beside itself. */
export function audiencesBeside(me: Department, report: Pick<RemindedReport, 'court' | 'channelKind'>): readonly Audience[] {
	return audiencesOf(report).filter((audience) => audience !== me);
}

/** Whom a ministry writes to: the channel's departments that hold the report, and of what lies with an enterprise all of its channel, whose it is to ring. */
export function channelAudiencesOf(report: Pick<RemindedReport, 'court' | 'channelKind'>): readonly Department[] {
	if (report.court === 'enterprise') return departmentsOf(report.channelKind);
	return audiencesOf(report).filter((audience) => audience !== 'enterprise');
}

/** The day this audience must act by: a department that is told of what an enterprise holds answers for the ministries' date, not for the enterprise's. */
export function audienceDueOn(report: RemindedReport, audience: Audience, year: Pick<ReportingYear, 'channelDueOn' | 'ministryDueOn'>): Day | null {
	if (report.voluntary) return null;
	return report.court === 'enterprise' && audience !== 'enterprise' ? effectiveDueOn(year, report.extensionOn, report.owedOn) : partyDueOn(report, year);
}

/** The step of a reminder by hand: one a day for each report and recipient, by constraint. */
export const handStep = (today: Day): Step => `hand:${today}`;

/** Every step of a date whose nominal day lies between the two (both included), earliest first. */
export function ladderOf(dueOn: Day, policy: ReminderPolicy, from: Day, to: Day, calendar: WorkingCalendar): readonly LadderStep[] {
	const offsets = [...policy.daysBefore.map((days) => -days), ...(policy.onTheDay ? [0] : []), ...policy.daysAfter];
	const last = policy.daysAfter.at(-1) ?? 0;
	for (let after = last + policy.everyDaysAfter; after <= daysBetween(dueOn, to); after += policy.everyDaysAfter) offsets.push(after);
	return offsets
		.map((offset) => stepAt(dueOn, offset, calendar))
		.filter(({ nominalOn }) => nominalOn >= from && nominalOn <= to)
		.sort((a, b) => a.offset - b.offset);
}

function stepAt(dueOn: Day, offset: number, calendar: WorkingCalendar): LadderStep {
	const nominalOn = addDays(dueOn, offset);
	return { offset, step: stepName(offset), nominalOn, sendOn: workingDayOnOrBefore(nominalOn, calendar) };
}

export function stepName(offset: number): Step {
	return offset === 0 ? 'T0' : offset < 0 ? `T-${-offset}` : `T+${offset}`;
}

/** Why nothing leaves today although the report is held by somebody. */
export type NothingDue = Extract<SkipReason, 'no_step_yet' | 'calendar_unknown' | 'not_chased'>;

export type DueStep =
	| { readonly due: LadderStep; readonly dueOn: Day }
	| { readonly due: null; readonly why: NothingDue; readonly dueOn: Day | null; readonly heldStep: LadderStep | null };

/**
 * The step that is due on a day for a report: the latest whose sending day has come, since the present holder has it. Steps that came before are
 * overtaken: nobody gets three mails because a machine slept. A step of an unknown year is not due, and says so.
 *
 * @param year steps that were to leave by the day it opens are never due: that day everybody is told that it has begun, with the date
 */
export function dueStep(
	report: RemindedReport,
	year: Pick<ReportingYear, 'channelDueOn' | 'ministryDueOn'> & Partial<Pick<ReportingYear, 'opensOn'>>,
	policy: ReminderPolicy,
	calendar: WorkingCalendar,
	today: Day
): DueStep {
	const dueOn = partyDueOn(report, year);
	if (dueOn === null) return { due: null, why: 'not_chased', dueOn: null, heldStep: null };
	// A step moved forward over a long rest leaves up to ten days before its nominal day.
	const steps = ladderOf(dueOn, policy, addDays(dueOn, -130), addDays(today, 14), calendar);
	// Steps that were to leave before this day belong to whoever held the report then.
	const since = report.courtSince === null ? null : dayInBeijing(report.courtSince);
	const come = steps.filter(
		({ sendOn }) => sendOn !== null && sendOn <= today && (since === null || sendOn >= since) && (year.opensOn === undefined || sendOn > year.opensOn)
	);
	const due = come.at(-1);
	const held = steps.filter(({ sendOn, nominalOn }) => sendOn === null && nominalOn <= today).at(-1) ?? null;
	if (due && (held === null || due.offset > held.offset)) return { due, dueOn };
	return { due: null, why: held === null ? 'no_step_yet' : 'calendar_unknown', dueOn, heldStep: held };
}

/** How many whole periods of idleness a department has let pass, as a step: null while it is not idle, 'unknown' when the calendar is. */
export function idleStep(
	report: Pick<RemindedReport, 'court' | 'courtSince'>,
	policy: ReminderPolicy,
	calendar: WorkingCalendar,
	today: Day
): Step | null | 'unknown' {
	if (report.courtSince === null || !['commerce', 'industry', 'departments', 'group', 'channel'].includes(report.court)) return null;
	const idle = workingDaysUntil(dayInBeijing(report.courtSince), today, calendar);
	if (idle === null) return 'unknown';
	const periods = Math.floor(idle / policy.idleWorkingDays);
	return periods === 0 ? null : `idle+${periods * policy.idleWorkingDays}`;
}

/** Which paragraph of the policy belongs to the reminder. */
export function textOf(report: Pick<RemindedReport, 'court' | 'state'>, dueOn: Day, today: Day): ReminderText {
	if (report.court === 'enterprise') {
		if (report.state === 'returned') return 'returned';
		return today < dueOn ? 'before' : today === dueOn ? 'on_the_day' : 'after';
	}
	return report.court === 'channel' ? 'forwarding' : 'awaiting_opinion';
}

/** Whether reminders may leave at this instant: between the policy's hours in Beijing. */
export function withinHours(now: Date, policy: Pick<ReminderPolicy, 'hour' | 'lastHour'>): boolean {
	const hour = (now.getTime() - startOf(dayInBeijing(now)).getTime()) / 3_600_000;
	return hour >= policy.hour && hour < policy.lastHour;
}
