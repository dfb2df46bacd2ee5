import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { isQuiet, QUIET_FROM_HOUR, QUIET_UNTIL_HOUR, UNDO_SECONDS } from '#lib/domain/chase/remind-by-hand.ts';
import { chooseReminders, type ChosenReminder } from '#lib/domain/chase/reminder-choice.ts';
import { planned } from '#lib/domain/chase/reminder-item.ts';
import { isDepartment, isMinistry } from '#lib/domain/parties.ts';
import { refuse, type Decision, type Refusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, type ActorDb } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { reminderLetter } from '#lib/server/letters/reminder-letter.ts';
import { loadPlannedToday, loadToRemind, type ReportToRemind } from '#lib/server/store/chase/reminded-report.ts';
import { queueReminders } from '#lib/server/store/chase/reminder-queue.ts';
import { loadChoiceTerms } from '#lib/server/store/chase/reminder-terms.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';

/** What one act of pressing the button has of its own. */
export interface Press {
	readonly act: 'remind-by-hand' | 'remind-channels';
	readonly year: number;
	/** Whose planning waits for this. */
	readonly channelIds: readonly string[];
	/** A sentence of the office's own, beside the text everybody gets. */
	readonly remark: string;
	/** Asked under the lock of the channels. */
	readonly reportIds: (db: ActorDb, today: Day) => Promise<readonly string[]>;
	/** What is said where none of the reports is the office's to see. */
	readonly noneFound: Extract<Refusal['code'], 'not_found' | 'nobody_to_remind'>;
	/** What the journal keeps of it beside the counts. */
	readonly noted: (send: readonly ChosenReminder<ReportToRemind>[]) => Readonly<Record<string, unknown>>;
}

export interface Pressed {
	readonly batchId: string;
	readonly reminders: number;
	readonly mails: number;
	readonly skipped: number;
}

/** A channel of 1,500 enterprises, or all channels at once, each recipient with one letter. */
const MANY_LETTERS_MS = 60_000;

/**
 * One press, one batch, one mail per recipient: decided anew under a lock on the reports, so that nobody is reminded of what they have done since the
 * preview; half a minute passes before anything leaves.
 *
 * @param move by its name in the table of duties
 * @returns refusals: not_found, not_your_duty, quiet_hours, nobody_to_remind.
 */
export function pressReminders(actor: Actor, move: 'remindByHand' | 'remindChannels', press: Press): Promise<Decision<Pressed>> {
	return asOffice(
		actor,
		move,
		async (db, now) => {
			const office = actor.orgKind;
			if (!isDepartment(office) && !isMinistry(office)) return refuse({ code: 'not_found' });
			const { sql, within } = db;
			if (isQuiet(now)) return refuse({ code: 'quiet_hours', fromHour: QUIET_FROM_HOUR, untilHour: QUIET_UNTIL_HOUR });
			// By the name and in the order in which the timetable locks: nobody is found free by two presses at once.
			await sql<{ locked: string | null }[]>`
				select pg_advisory_xact_lock(hashtextextended('remind ' || c.id, 0))::text as locked
				from (select id from unnest(${press.channelIds as string[]}::text[]) as id order by id) c`;
			const today = dayInBeijing(now);
			const asked = await press.reportIds(db, today);
			const locked = await sql<{ id: string }[]>`
				select r.id from annual_report r where r.id = any(${asked as string[]}::bigint[]) and r.year = ${press.year} and ${within.report} order by r.id
					for share`;
			if (locked.length === 0) return refuse({ code: press.noneFound });
			const terms = await loadChoiceTerms(db, today);
			const reports = await loadToRemind(
				db,
				locked.map(({ id }) => id),
				terms
			);
			const plan = chooseReminders(reports, { by: 'office', office }, await loadPlannedToday(db, today), terms);
			if (plan.send.length === 0) return refuse({ code: 'nobody_to_remind' });
			const remark = press.remark === '' ? null : press.remark;
			const undoUntil = new Date(now.getTime() + UNDO_SECONDS * 1_000);
			const batchId = await openBatch(db, press.year, remark, now, undoUntil);
			const said = { policy: terms.policy, calendar: await loadWorkingCalendar(db), today, now, byHand: { ...(await nameOf(db)), remark } };
			const queued = await queueReminders(db, planned(plan.send), (recipient, items) => reminderLetter(recipient, items, said), {
				batchId,
				notBefore: undoUntil
			});
			const skipped = plan.skipped.length;
			await writeJournal(db, {
				act: press.act,
				objectKind: 'reminder_batch',
				objectId: batchId,
				article: null,
				after: { year: press.year, ...press.noted(plan.send), reports: new Set(plan.send.map(({ report }) => report.id)).size, ...queued, skipped }
			});
			return { ok: true, batchId, ...queued, skipped };
		},
		{ deadlineMs: MANY_LETTERS_MS }
	);
}

/** A ministry's batch belongs to no channel. */
async function openBatch({ sql, actor }: ActorDb, year: number, remark: string | null, madeAt: Date, undoUntil: Date): Promise<string> {
	const channelId = isMinistry(actor.orgKind) ? null : actor.channelId;
	const [batch] = await sql<{ id: string }[]>`
		insert into reminder_batch (year, channel_id, org_kind, person_id, person_name, made_at, undo_until, remark)
		values (${year}, ${channelId}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${madeAt}, ${undoUntil}, ${remark}) returning id`;
	if (!batch) throw new Error('the batch was not stored');
	return batch.id;
}

async function nameOf({ sql, actor }: ActorDb): Promise<{ officeZh: string; officeEn: string | null }> {
	const [office] = await sql<{ name_zh: string; name_en: string | null }[]>`select name_zh, name_en from organisation where id = ${actor.orgId}::bigint`;
	return { officeZh: office?.name_zh ?? '', officeEn: office?.name_en ?? null };
}
