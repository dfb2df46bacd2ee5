import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { audiencesOf, dueStep, idleStep, type Audience, type Step } from '#lib/domain/chase/reminder-ladder.ts';
import type { ReminderPolicy } from '#lib/domain/chase/reminder-policy.ts';
import { recipientsOf, type NotWrittenTo } from '#lib/domain/chase/reminder-recipients.ts';
import { isWorkingDay, type WorkingCalendar } from '#lib/domain/working-calendar.ts';
import { config } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/door.ts';
import { itemOf, loadPlannedBefore, loadReachable, loadReminded, type PlannedBefore, type Reachable, type ReportToRemind } from './reminded-report.ts';
import { loadReminderPolicy } from './reminder-policy.ts';
import { keyOf, type PlannedReminder } from './reminder-queue.ts';
import { loadWorkingCalendar } from './working-calendar.ts';

/** Why a report or a person gets nothing. */
export type SkipReason =
	| NotWrittenTo
	/** This step has been planned for this recipient. */
	| 'already_sent'
	/** A later step of the same date has: a clock that went back sends nothing again. */
	| 'overtaken'
	| 'no_step_yet'
	| 'calendar_unknown'
	| 'not_a_working_day'
	/** Neither people nor contacts are known. */
	| 'nobody_known'
	/** By hand: somebody was written to about it today, or it is held by nobody who is chased. */
	| 'reminded_today'
	| 'not_chased';

export interface SkippedReminder {
	readonly reportId: string;
	readonly enterpriseId: string;
	readonly enterpriseName: string;
	readonly channelId: string;
	readonly audience: Audience;
	readonly step: Step | null;
	readonly partyDueOn: Day | null;
	/** Null: the whole audience. */
	readonly recipientName: string | null;
	readonly recipientKey: string | null;
	readonly why: SkipReason;
}

export interface ReminderPlan {
	readonly on: Day;
	/** Null: the calendar of the year is not arranged, nothing leaves. */
	readonly workingDay: boolean | null;
	/** Reports that somebody holds: all that was looked at. */
	readonly reports: number;
	readonly send: readonly PlannedReminder[];
	readonly skipped: readonly SkippedReminder[];
}

export interface PlanTerms {
	readonly on: Day;
	readonly policy: ReminderPolicy;
	readonly calendar: WorkingCalendar;
}

/**
 * Who is reminded of what on a day, and who is not and why: the same for the real run, a dry run and a preview. Reads what it is given and writes nothing.
 * Six statements for any number of reports.
 */
export async function planReminders(db: Db, reportIds: readonly string[], terms: PlanTerms): Promise<ReminderPlan> {
	const { production } = config();
	const reports = await loadReminded(db, reportIds);
	const reachable = await loadReachable(db, reports, { production });
	const before = await loadPlannedBefore(db, reportIds);
	const workingDay = isWorkingDay(terms.on, terms.calendar);
	const send: PlannedReminder[] = [];
	const skipped: SkippedReminder[] = [];
	for (const report of reports) {
		const earlier = before.get(report.report.id) ?? [];
		// Whom an office has written to by hand today the timetable leaves in peace until tomorrow; the step stays due.
		const byHand = recipientsToday(
			earlier.filter(({ step }) => step.startsWith('hand:')),
			terms.on
		);
		for (const audience of audiencesOf(report.reminded)) {
			for (const { step, why } of stepsOf(report, earlier, terms)) {
				const held = why ?? (workingDay === null ? 'calendar_unknown' : workingDay ? null : 'not_a_working_day');
				if (held !== null || step === null) {
					skipped.push(skip(report, audience, step, held ?? 'no_step_yet'));
					continue;
				}
				const found = { send: [] as PlannedReminder[], skipped: [] as SkippedReminder[] };
				distribute(report, audience, step, earlier, reachable, terms.policy, production, found.send, found.skipped);
				const once = leaveInPeace(found.send, byHand, report);
				send.push(...once.send);
				skipped.push(...found.skipped, ...once.skipped);
			}
		}
	}
	return { on: terms.on, workingDay, reports: reports.length, send, skipped };
}

/** A report that somebody holds, as a run divides its work. */
export interface HeldReport {
	readonly id: string;
	readonly enterpriseId: string;
	/** Held by the enterprise; by its channel otherwise. */
	readonly withEnterprise: boolean;
}

/** The reports of the years that have begun and that somebody holds, by channel: all a run looks at. */
export async function findHeldReports({ sql, within }: Db, channelIds: readonly string[], on: Day): Promise<readonly HeldReport[]> {
	const rows = await sql<{ id: string; enterprise_id: string; with_enterprise: boolean }[]>`
		select r.id, r.enterprise_id, r.court = 'enterprise' as with_enterprise from annual_report r
		where r.channel_id = any(${channelIds as string[]}::text[]) and r.year in (select y.year from reporting_year y where y.opens_on <= ${on}::date)
			and r.court in ('enterprise', 'commerce', 'industry', 'departments', 'group', 'channel') and ${within.report}
		order by r.id`;
	return rows.map((row) => ({ id: row.id, enterpriseId: row.enterprise_id, withEnterprise: row.with_enterprise }));
}

/** Those of the reports that are still held on the same side, kept as they are until the transaction ends: nobody is reminded of what he is just doing. */
export async function keepHeld({ sql, within }: Db, { reportIds, withEnterprise }: ReminderSlice): Promise<readonly string[]> {
	const rows = await sql<{ id: string }[]>`
		select r.id from annual_report r
		where r.id = any(${reportIds as string[]}::bigint[]) and r.court in ('enterprise', 'commerce', 'industry', 'departments', 'group', 'channel')
			and (r.court = 'enterprise') = ${withEnterprise}::boolean and ${within.report}
		order by r.id for share of r`;
	return rows.map(({ id }) => id);
}

/** So many reports are planned in one transaction; what it locks it holds for a fraction of a second. */
export const REPORTS_AT_ONCE = 100;

/** What is planned in one transaction. */
export interface ReminderSlice {
	readonly reportIds: readonly string[];
	readonly withEnterprise: boolean;
}

/**
 * Divides the reports of a channel so that none is locked for long: whoever submits meanwhile waits for his slice. One letter a day stays one letter: an
 * enterprise's reports are never parted, and what lies with the channel's offices is one slice, however much; nobody submits those.
 */
export function slicesOf(held: readonly HeldReport[], most: number): readonly ReminderSlice[] {
	const slices: string[][] = [];
	for (const reports of Map.groupBy(
		held.filter(({ withEnterprise }) => withEnterprise),
		({ enterpriseId }) => enterpriseId
	).values()) {
		const last = slices.at(-1);
		const ids = reports.map(({ id }) => id);
		if (last && last.length + ids.length <= most) last.push(...ids);
		else slices.push(ids);
	}
	const ofOffices = held.filter(({ withEnterprise }) => !withEnterprise).map(({ id }) => id);
	return [
		...slices.map((reportIds) => ({ reportIds, withEnterprise: true })),
		...(ofOffices.length > 0 ? [{ reportIds: ofOffices, withEnterprise: false }] : [])
	];
}

/** The plan of a day as a screen or a dry run shows it: the same code as the real run, with nothing locked and nothing written. */
export async function previewReminders(db: Db, channelIds: readonly string[], on: Day): Promise<ReminderPlan> {
	const terms = { on, policy: await loadReminderPolicy(db, on), calendar: await loadWorkingCalendar(db) };
	return planReminders(
		db,
		(await findHeldReports(db, channelIds, on)).map(({ id }) => id),
		terms
	);
}

/** Who was written to about the report on the day. */
function recipientsToday(before: readonly PlannedBefore[], on: Day): ReadonlySet<string> {
	return new Set(before.filter(({ plannedAt }) => dayInBeijing(plannedAt) === on).map(({ recipientKey }) => recipientKey));
}

/** Nobody is written to twice a day about one report. */
function leaveInPeace(
	planned: readonly PlannedReminder[],
	today: ReadonlySet<string>,
	report: ReportToRemind
): { readonly send: readonly PlannedReminder[]; readonly skipped: readonly SkippedReminder[] } {
	const again = planned.filter(({ recipient }) => today.has(recipient.key));
	return {
		send: planned.filter(({ recipient }) => !today.has(recipient.key)),
		skipped: again.map(({ item, recipient }) => ({
			...skip(report, item.audience, item.step, 'reminded_today'),
			recipientName: recipient.name,
			recipientKey: recipient.key
		}))
	};
}

/** The step of the date, and beside it the one of a department's idleness. */
function stepsOf(
	report: ReportToRemind,
	before: readonly PlannedBefore[],
	{ on, policy, calendar }: PlanTerms
): readonly { readonly step: Step | null; readonly why: SkipReason | null }[] {
	const found = dueStep(report.reminded, report.report.case.year, policy, calendar, on);
	const ofDate = found.due === null ? { step: found.heldStep?.step ?? null, why: found.why } : { step: found.due.step, why: null };
	const idle = idleStep(report.reminded, policy, calendar, on);
	if (idle === null) return [ofDate];
	return [ofDate, idle === 'unknown' ? { step: null, why: 'calendar_unknown' } : { step: idleAgain(idle, report, before), why: null }];
}

/** A report that came back to a department is idle anew: its steps go on counting where those of the earlier time stopped, so that each stays one of its own. */
function idleAgain(step: Step, { reminded: { courtSince } }: ReportToRemind, before: readonly PlannedBefore[]): Step {
	const earlier = before.filter((one) => courtSince !== null && one.plannedAt < courtSince).map((one) => idleDays(one.step));
	return `idle+${Math.max(0, ...earlier) + idleDays(step)}`;
}

function idleDays(step: Step): number {
	return step.startsWith('idle+') ? Number(step.slice('idle+'.length)) : 0;
}

function distribute(
	report: ReportToRemind,
	audience: Audience,
	step: Step,
	before: readonly PlannedBefore[],
	reachable: Reachable,
	policy: ReminderPolicy,
	production: boolean,
	send: PlannedReminder[],
	skipped: SkippedReminder[]
): void {
	const { dueOn } = report;
	if (dueOn === null) return;
	const { to, leftOut } = recipientsOf(
		audience,
		reachable.people(report, audience),
		audience === 'enterprise' ? reachable.contacts(report) : [],
		step,
		policy,
		production
	);
	if (to.length === 0 && leftOut.length === 0) skipped.push(skip(report, audience, step, 'nobody_known'));
	for (const { name, personId, why } of leftOut) skipped.push({ ...skip(report, audience, step, why), recipientName: name, recipientKey: personId });
	const item = itemOf(report, audience, step, dueOn);
	const sent = new Set(before.map((one) => `${report.report.id} ${one.step} ${one.partyDueOn} ${one.recipientKey}`));
	for (const recipient of to) {
		const why = sent.has(keyOf({ item, recipient }))
			? 'already_sent'
			: overtaken(
						step,
						dueOn,
						before.filter(({ recipientKey }) => recipientKey === recipient.key)
				  )
				? 'overtaken'
				: null;
		if (why === null) send.push({ item, recipient });
		else skipped.push({ ...skip(report, audience, step, why), recipientName: recipient.name, recipientKey: recipient.key });
	}
}

/** A later step of the same date has been planned for the same recipient. */
function overtaken(step: Step, dueOn: Day, before: readonly PlannedBefore[]): boolean {
	const offset = offsetOf(step);
	if (offset === null) return false;
	return before.some((one) => one.partyDueOn === dueOn && (offsetOf(one.step) ?? -Infinity) > offset);
}

function offsetOf(step: Step): number | null {
	const found = /^T([+-]?\d+)$/.exec(step);
	return found ? Number(found[1]) : null;
}

function skip({ report, dueOn }: ReportToRemind, audience: Audience, step: Step | null, why: SkipReason): SkippedReminder {
	return {
		reportId: report.id,
		enterpriseId: report.enterpriseId,
		enterpriseName: report.enterpriseName,
		channelId: report.channelId,
		audience,
		step,
		partyDueOn: dueOn,
		recipientName: null,
		recipientKey: null,
		why
	};
}
