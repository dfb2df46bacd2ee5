import type { ChannelMatter } from '#lib/domain/report/channel-matters.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { isQuiet, QUIET_FROM_HOUR, QUIET_UNTIL_HOUR, UNDO_SECONDS } from '#lib/domain/chase/remind-by-hand.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { findChannelMatters, ofMatter, type MattersAsked } from '#lib/server/store/report/channel-matters.ts';
import { handStep, planHandReminders } from '#lib/server/store/chase/hand-reminders.ts';
import { itemOf } from '#lib/server/store/chase/reminded-report.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { queueReminders } from '#lib/server/store/chase/reminder-queue.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';

export interface ChannelReminderInput extends MattersAsked {
	readonly channelIds: readonly string[];
	/** Null = everything that lies with them. */
	readonly matter: ChannelMatter | null;
	/** A sentence of the ministry's own, beside the text everybody gets. */
	readonly remark: string;
}

/** All channels at once: some thousand reports, a hundred letters. */
const MANY_LETTERS_MS = 60_000;

/**
 * A ministry reminds channels of what lies with their departments and of what their enterprises have not submitted. The departments are written to, never
 * the enterprises: those are the channel's to ring. One press, one batch, one mail per person; decided anew under a lock, and half a minute passes before
 * anything leaves.
 *
 * @returns refusals: not_found, not_your_duty, quiet_hours, nobody_to_remind.
 */
export function remindChannels(
	actor: Actor,
	input: ChannelReminderInput
): Promise<Decision<{ batchId: string; reminders: number; mails: number; skipped: number }>> {
	return asOffice(
		actor,
		'remindChannels',
		async (db, now) => {
			const { sql, within } = db;
			if (isQuiet(now)) return refuse({ code: 'quiet_hours', fromHour: QUIET_FROM_HOUR, untilHour: QUIET_UNTIL_HOUR });
			// By the name and in the order in which the timetable and the channel itself lock: nobody is found free by two presses at once.
			await sql<{ locked: string | null }[]>`
				select pg_advisory_xact_lock(hashtextextended('remind ' || c.id, 0))::text as locked
				from (select id from unnest(${input.channelIds as string[]}::text[]) as id order by id) c`;
			const today = dayInBeijing(now);
			const chosen = ofMatter(await findChannelMatters(db, input, today), input.matter).map(({ id }) => id);
			const locked = await sql<
				{ id: string }[]
			>`select r.id from annual_report r where r.id = any(${chosen}::bigint[]) and ${within.report} order by r.id for share`;
			const plan = await planHandReminders(
				db,
				locked.map(({ id }) => id),
				now
			);
			if (plan.send.length === 0) return refuse({ code: 'nobody_to_remind' });
			const undoUntil = new Date(now.getTime() + UNDO_SECONDS * 1_000);
			const [office] = await sql<{ name_zh: string; name_en: string | null }[]>`select name_zh, name_en from organisation where id = ${actor.orgId}::bigint`;
			const remark = input.remark === '' ? null : input.remark;
			const [batch] = await sql<{ id: string }[]>`
				insert into reminder_batch (year, channel_id, org_kind, person_id, person_name, made_at, undo_until, remark)
				values (${input.year}, null, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now}, ${undoUntil}, ${remark}) returning id`;
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
				act: 'remind-channels',
				objectKind: 'reminder_batch',
				objectId: batch.id,
				article: null,
				after: {
					year: input.year,
					matter: input.matter,
					channels: [...new Set(plan.send.map(({ item }) => item.report.channelId))].sort(),
					reports: new Set(plan.send.map(({ item }) => item.report.id)).size,
					...queued,
					skipped: plan.skipped.length
				}
			});
			return { ok: true, batchId: batch.id, ...queued, skipped: plan.skipped.length };
		},
		{ deadlineMs: MANY_LETTERS_MS }
	);
}
