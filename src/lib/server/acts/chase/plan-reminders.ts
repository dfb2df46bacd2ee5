import { day, dayInBeijing, isDay, type Day } from '#lib/domain/day.ts';
import { withinHours } from '#lib/domain/chase/reminder-ladder.ts';
import { asSystem, instantOf, type Db } from '#lib/server/db/door.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import {
	findHeldReports,
	keepHeld,
	planReminders,
	REPORTS_AT_ONCE,
	slicesOf,
	type PlanTerms,
	type ReminderPlan,
	type ReminderSlice,
	type SkipReason
} from '#lib/server/store/chase/reminder-plan.ts';
import { queueReminders } from '#lib/server/store/chase/reminder-queue.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';

/** What lies with the offices of a channel is one letter for each of them, however long. */
const ONE_SLICE_MS = 60_000;

export interface RemindersOfDay extends Readonly<Record<string, unknown>> {
	/** Reports that somebody holds: all that was looked at. */
	readonly reports: number;
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
 * of what he has just done, and what is due is decided by the rows that are missing. Twice, late, killed half way or by three schedulers at once: every reminder
 * is written down once for each report, step and recipient.
 *
 * @param on the day; another than today's is for a rehearsal or for looking
 * @returns figures for the run log; `dry` gives the plan's own
 */
export async function planRemindersOfDay(on: string, { dry }: { readonly dry: boolean }): Promise<RemindersOfDay> {
	if (!isDay(on)) throw new RangeError(`not a day: ${on}`);
	const total = { reports: 0, reminders: 0, mails: 0, skipped: {} as Partial<Record<SkipReason, number>> };
	const list: string[] = [];
	const { channelIds, terms } = await asSystem('plan reminders', (db) => termsOf(db, day(on)), { readOnly: true });
	for (const channelId of channelIds) {
		const held = await asSystem('plan reminders', (db) => findHeldReports(db, [channelId], terms.on), { readOnly: true });
		for (const slice of slicesOf(held, REPORTS_AT_ONCE)) {
			const { plan, queued } = await asSystem('plan reminders', (db) => remindSlice(db, channelId, slice, terms, dry), { deadlineMs: ONE_SLICE_MS });
			total.reports += plan.reports;
			total.reminders += queued.reminders;
			total.mails += queued.mails;
			if (dry) list.push(...linesOf(plan));
			for (const { why } of plan.skipped) total.skipped[why] = (total.skipped[why] ?? 0) + 1;
		}
	}
	return dry ? { ...total, list } : total;
}

function linesOf({ send, skipped }: ReminderPlan): readonly string[] {
	return [
		...send.map(({ item, recipient }) => `${item.enterpriseName} · ${item.year} · ${item.step} → ${item.audience}: ${recipient.name}`),
		...skipped.map(
			({ enterpriseName, step, audience, recipientName, why }) =>
				`${enterpriseName} · ${step ?? '-'} · ${audience}${recipientName === null ? '' : `: ${recipientName}`} (${why})`
		)
	];
}

async function termsOf(db: Db, on: Day): Promise<{ channelIds: readonly string[]; terms: PlanTerms }> {
	const channels = await db.sql<{ id: string }[]>`select id from channel order by id`;
	return { channelIds: channels.map(({ id }) => id), terms: { on, policy: await loadReminderPolicy(db, on), calendar: await loadWorkingCalendar(db) } };
}

async function remindSlice(
	db: Db,
	channelId: string,
	slice: ReminderSlice,
	terms: PlanTerms,
	dry: boolean
): Promise<{ plan: ReminderPlan; queued: { reminders: number; mails: number } }> {
	// One at a time plans for a channel: a second one then finds the rows and has nothing to do.
	if (!dry) await db.sql<{ held: number }[]>`select 1 as held from pg_advisory_xact_lock(hashtextextended('remind ' || ${channelId}, 0))`;
	const plan = await planReminders(db, dry ? slice.reportIds : await keepHeld(db, slice), terms);
	if (dry) return { plan, queued: { reminders: plan.send.length, mails: new Set(plan.send.map(({ recipient }) => recipient.key)).size } };
	return { plan, queued: await queueReminders(db, plan.send, { ...terms, today: terms.on, now: await instantOf(db) }) };
}
