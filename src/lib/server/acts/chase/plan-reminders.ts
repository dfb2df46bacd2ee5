import { day, dayInBeijing, isDay, type Day } from '#lib/domain/day.ts';
import { chooseReminders, type ChoiceTerms, type Occasion, type ReminderChoice } from '#lib/domain/chase/reminder-choice.ts';
import { planned } from '#lib/domain/chase/reminder-item.ts';
import { withinHours } from '#lib/domain/chase/reminder-ladder.ts';
import { REPORTS_AT_ONCE, slicesOf, type ReminderSlice } from '#lib/domain/chase/reminder-slices.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import { asSystem, instantOf, type Db } from '#lib/server/db/door.ts';
import { reminderLetter } from '#lib/server/letters/reminder-letter.ts';
import { channelsAsked } from '#lib/server/store/chase/reminded-follow-up.ts';
import { findHeldReports, keepHeld } from '#lib/server/store/chase/held-reports.ts';
import { loadPlannedBefore, loadToRemind, type ReportToRemind } from '#lib/server/store/chase/reminded-report.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { queueReminders } from '#lib/server/store/chase/reminder-queue.ts';
import { loadChoiceTerms } from '#lib/server/store/chase/reminder-terms.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import { planFollowUps, remindFollowUps } from './remind-follow-ups.ts';

/** What lies with the offices of a channel is one letter for each of them, however long. */
const ONE_SLICE_MS = 60_000;

export interface RemindersOfDay extends Readonly<Record<string, unknown>> {
	/** Reports that somebody holds: all that was looked at. */
	readonly reports: number;
	/** Questions about figures that somebody has to answer. */
	readonly questions: number;
	readonly reminders: number;
	readonly mails: number;
	readonly skipped: Partial<Record<SkipReason, number>>;
	/** A dry run names everybody who would be written to, and everybody who would not and why; nothing of it is kept. */
	readonly list?: readonly string[];
}

/** The day that reminders are due for now: within the policy's hours in Beijing. */
export async function reminderDaysDue(now: Date): Promise<readonly Day[]> {
	const today = dayInBeijing(now);
	const policy = await asSystem('hours of reminding', (db) => loadReminderPolicy(db, today), { readOnly: true });
	return withinHours(now, policy) ? [today] : [];
}

/**
 * Reminds whoever holds a report, on one day (domain.md 4). Slice by slice of each channel: planning locks the reports as they are, so nobody is reminded
 * of what he has just done, and what is due is decided by the rows that are missing. Twice, late, killed half way or by three schedulers at once: every
 * reminder
 * is written down once for each report, step and recipient.
 *
 * @param on the day; another than today's is for a rehearsal or for looking
 * @returns figures for the run log; `dry` gives the plan's own
 */
export async function planRemindersOfDay(on: string, { dry }: { readonly dry: boolean }): Promise<RemindersOfDay> {
	if (!isDay(on)) throw new RangeError(`not a day: ${on}`);
	const total = { reports: 0, questions: 0, reminders: 0, mails: 0, skipped: {} as Partial<Record<SkipReason, number>> };
	const list: string[] = [];
	const { channelIds, asked, terms, occasion } = await asSystem('plan reminders', (db) => termsOf(db, day(on)), { readOnly: true });
	for (const channelId of channelIds) {
		const held = await asSystem('plan reminders', (db) => findHeldReports(db, [channelId], terms.on), { readOnly: true });
		for (const slice of slicesOf(held, REPORTS_AT_ONCE)) {
			const { reports, plan, queued } = await asSystem('plan reminders', (db) => remindSlice(db, channelId, slice, occasion, terms, dry), {
				deadlineMs: ONE_SLICE_MS
			});
			total.reports += reports;
			total.reminders += queued.reminders;
			total.mails += queued.mails;
			if (dry) list.push(...linesOf(plan, ({ year }) => String(year.year)));
			for (const { why } of plan.skipped) total.skipped[why] = (total.skipped[why] ?? 0) + 1;
		}
		if (!asked.has(channelId)) continue;
		const { plan, queued } = await asSystem('plan reminders', (db) => remindQuestions(db, channelId, occasion, terms, dry), { deadlineMs: ONE_SLICE_MS });
		total.questions += plan.questions;
		total.reminders += queued.reminders;
		total.mails += queued.mails;
		if (dry) list.push(...linesOf(plan, ({ figureYear, metric }) => `${figureYear} ${metric}`));
		for (const { why } of plan.skipped) total.skipped[why] = (total.skipped[why] ?? 0) + 1;
	}
	return dry ? { ...total, list } : total;
}

function linesOf<Held extends { readonly enterpriseName: string }>({ send, skipped }: ReminderChoice<Held>, about: (held: Held) => string): readonly string[] {
	return [
		...send.map(({ report, audience, step, recipient }) => `${report.enterpriseName} · ${about(report)} · ${step} → ${audience}: ${recipient.name}`),
		...skipped.map(
			({ report, step, audience, name, why }) => `${report.enterpriseName} · ${step ?? '-'} · ${audience ?? '-'}${name === null ? '' : `: ${name}`} (${why})`
		)
	];
}

type OfTimetable = Extract<Occasion, { by: 'timetable' }>;

async function termsOf(db: Db, on: Day): Promise<{ channelIds: readonly string[]; asked: ReadonlySet<string>; terms: ChoiceTerms; occasion: OfTimetable }> {
	const channels = await db.sql<{ id: string }[]>`select id from channel order by id`;
	return {
		channelIds: channels.map(({ id }) => id),
		asked: await channelsAsked(db),
		terms: await loadChoiceTerms(db, on),
		occasion: { by: 'timetable', calendar: await loadWorkingCalendar(db) }
	};
}

/** What lies with an enterprise or the offices of its channel beside the reports: questions about figures, by the same ladder. */
async function remindQuestions(db: Db, channelId: string, occasion: OfTimetable, terms: ChoiceTerms, dry: boolean) {
	if (!dry) {
		await holdChannel(db, channelId);
		return remindFollowUps(db, channelId, occasion, terms);
	}
	const plan = await planFollowUps(db, channelId, occasion, terms, false);
	return { plan, queued: { reminders: plan.send.length, mails: new Set(plan.send.map(({ recipient }) => recipient.key)).size } };
}

/** One at a time plans for a channel: a second one then finds the rows and has nothing to do. */
async function holdChannel({ sql }: Db, channelId: string): Promise<void> {
	await sql<{ held: number }[]>`select 1 as held from pg_advisory_xact_lock(hashtextextended('remind ' || ${channelId}, 0))`;
}

async function remindSlice(
	db: Db,
	channelId: string,
	slice: ReminderSlice,
	occasion: OfTimetable,
	terms: ChoiceTerms,
	dry: boolean
): Promise<{ reports: number; plan: ReminderChoice<ReportToRemind>; queued: { reminders: number; mails: number } }> {
	if (!dry) await holdChannel(db, channelId);
	const held = dry ? slice.reportIds : await keepHeld(db, slice);
	const reports = await loadToRemind(db, held, terms);
	const plan = chooseReminders(reports, occasion, await loadPlannedBefore(db, held, terms.on), terms);
	if (dry)
		return { reports: reports.length, plan, queued: { reminders: plan.send.length, mails: new Set(plan.send.map(({ recipient }) => recipient.key)).size } };
	const now = await instantOf(db);
	const said = { policy: terms.policy, calendar: occasion.calendar, today: terms.on, now };
	const queued = await queueReminders(db, planned(plan.send), (recipient, items) => reminderLetter(recipient, items, said));
	return { reports: reports.length, plan, queued };
}
