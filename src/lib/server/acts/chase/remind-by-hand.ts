import { dayInBeijing } from '#lib/domain/day.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { isQuiet, QUIET_FROM_HOUR, QUIET_UNTIL_HOUR, UNDO_SECONDS } from '#lib/domain/chase/remind-by-hand.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { handStep, planHandReminders } from '#lib/server/store/chase/hand-reminders.ts';
import { itemOf } from '#lib/server/store/chase/reminded-report.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { queueReminders } from '#lib/server/store/chase/reminder-queue.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';

export interface HandReminderInput {
	readonly year: number;
	readonly reportIds: readonly string[];
	/** A sentence of the office's own, beside the text everybody gets. */
	readonly remark: string;
}

/** A channel of 1,500 enterprises, each with its letter. */
const MANY_LETTERS_MS = 60_000;

/**
 * Reminds whoever holds the chosen reports: one press, one batch, one mail per recipient. Decided anew under a lock on the reports, so that nobody is
 * reminded of what he has done since the preview; half a minute passes before anything leaves.
 *
 * @returns refusals: not_found, not_your_duty, quiet_hours, nobody_to_remind.
 */
export function remindByHand(
	actor: Actor,
	input: HandReminderInput
): Promise<Decision<{ batchId: string; reminders: number; mails: number; skipped: number }>> {
	return asOffice(
		actor,
		'remindByHand',
		async (db, now) => {
			const { sql, within } = db;
			if (isQuiet(now)) return refuse({ code: 'quiet_hours', fromHour: QUIET_FROM_HOUR, untilHour: QUIET_UNTIL_HOUR });
			// One office of a channel reminds at a time: a recipient of two reports must not be found free by two presses at once.
			await sql<{ locked: string | null }[]>`select pg_advisory_xact_lock(hashtextextended('remind ' || ${actor.channelId}, 0))::text as locked`;
			const locked = await sql<{ id: string }[]>`
				select r.id from annual_report r where r.id = any(${input.reportIds as string[]}::bigint[]) and r.year = ${input.year} and ${within.report} order by r.id for share`;
			if (locked.length === 0) return refuse({ code: 'not_found' });
			const plan = await planHandReminders(
				db,
				locked.map(({ id }) => id),
				now
			);
			if (plan.send.length === 0) return refuse({ code: 'nobody_to_remind' });
			const today = dayInBeijing(now);
			const undoUntil = new Date(now.getTime() + UNDO_SECONDS * 1_000);
			const [office] = await sql<{ name_zh: string; name_en: string | null }[]>`select name_zh, name_en from organisation where id = ${actor.orgId}::bigint`;
			const remark = input.remark === '' ? null : input.remark;
			const [batch] = await sql<{ id: string }[]>`
				insert into reminder_batch (year, channel_id, org_kind, person_id, person_name, made_at, undo_until, remark)
				values (${input.year}, ${actor.channelId}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now}, ${undoUntil}, ${remark}) returning id`;
			if (!batch) throw new Error('the batch was not stored');
			const queued = await queueReminders(
				db,
				plan.send.map(({ item, audience, dueOn, recipient }) => ({ item: itemOf(item, audience, handStep(today), dueOn), recipient })),
				{
					policy: await loadReminderPolicy(db, today),
					calendar: await loadWorkingCalendar(db),
					today,
					now,
					byHand: { officeZh: office?.name_zh ?? '', officeEn: office?.name_en ?? null, remark },
					batchId: batch.id,
					notBefore: undoUntil
				}
			);
			await writeJournal(db, {
				act: 'remind-by-hand',
				objectKind: 'reminder_batch',
				objectId: batch.id,
				article: null,
				after: { year: input.year, reports: new Set(plan.send.map(({ item }) => item.report.id)).size, ...queued, skipped: plan.skipped.length }
			});
			return { ok: true, batchId: batch.id, ...queued, skipped: plan.skipped.length };
		},
		{ deadlineMs: MANY_LETTERS_MS }
	);
}
