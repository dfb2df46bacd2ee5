import { createHash } from 'node:crypto';
import type { ReminderRecipient } from '#lib/domain/chase/reminder-recipients.ts';
import type { PlannedReminder, ReminderItem } from '#lib/domain/chase/reminder-item.ts';
import type { Db } from '#lib/server/db/door.ts';
import { firstMailState, messageIdOf, queueMails, type Letter } from '#lib/server/mail/mail.ts';

export interface QueuedReminders {
	/** Those that were new; the others had been planned before. */
	readonly reminders: number;
	readonly mails: number;
}

/** Says what one recipient reads about all that is new for them. */
export type WriteLetter = (recipient: ReminderRecipient, items: readonly ReminderItem[]) => Letter;

export interface QueueTerms {
	/** The press of a button they come from. */
	readonly batchId?: string | null;
	/** Earliest sending, so that it can be taken back. */
	readonly notBefore?: Date | null;
}

/**
 * Writes down who is reminded of what, and queues one mail for each recipient about everything that is new for them. What was planned before,
 * by whomever and not taken back, is left out: the index `reminder_once` decides, so two that plan at once send once.
 *
 * Works for the timetable and for an office that reminds by hand; the caller has locked the reports (`for share`). Six statements, however many.
 */
export async function queueReminders(db: Db, planned: readonly PlannedReminder[], writeLetter: WriteLetter, terms: QueueTerms = {}): Promise<QueuedReminders> {
	const { sql } = db;
	if (planned.length === 0) return { reminders: 0, mails: 0 };
	const byKey = new Map(planned.map((one) => [keyOf(one), one]));
	const rows = [...byKey.values()].map(({ item, recipient }) => ({
		report_id: item.reportId,
		audience: item.audience,
		step: item.step,
		party_due_on: item.partyDueOn,
		court: item.court,
		recipient_key: recipient.key,
		person_id: recipient.personId,
		recipient_name: recipient.name.slice(0, 200),
		to_address: recipient.address
	}));
	const state = firstMailState();
	const added = await sql<{ id: string; report_id: string; step: string; party_due_on: string; recipient_key: string }[]>`
		insert into reminder (report_id, audience, step, party_due_on, court, recipient_key, person_id, recipient_name, to_address, batch_id, delivery)
		select g.report_id, g.audience, g.step, g.party_due_on, g.court, g.recipient_key, g.person_id, g.recipient_name, g.to_address,
			${terms.batchId ?? null}::bigint, ${state}
		from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
			as g (report_id bigint, audience text, step text, party_due_on date, court text, recipient_key text,
			person_id text, recipient_name text, to_address text)
		-- always in one order, so that two at once wait for each other and never in a ring
		order by g.report_id, g.step, g.party_due_on, g.recipient_key
		on conflict (report_id, step, party_due_on, recipient_key) where problem is distinct from 'undone' do nothing
		returning id, report_id, step, party_due_on, recipient_key`;
	const ofRecipient = new Map<string, { recipient: ReminderRecipient; items: ReminderItem[]; ids: string[]; keys: string[] }>();
	for (const row of added) {
		const key = `${row.report_id} ${row.step} ${row.party_due_on} ${row.recipient_key}`;
		const one = byKey.get(key);
		if (!one) throw new Error(`reminder ${row.id} was not planned`);
		const known = ofRecipient.get(row.recipient_key) ?? { recipient: one.recipient, items: [], ids: [], keys: [] };
		known.items.push(one.item);
		known.ids.push(row.id);
		known.keys.push(key);
		ofRecipient.set(row.recipient_key, known);
	}
	const mails = [...ofRecipient.values()];
	const mailIds = await queueMails(
		db,
		mails.map(({ recipient, items, keys }) => ({
			...writeLetter(recipient, items),
			// A batch that was taken back keeps its mail: the same reminders pressed for again are another.
			messageId: messageIdOf(
				`reminder.${createHash('sha256')
					.update([...(terms.batchId ? [terms.batchId] : []), ...[...keys].sort()].join('\n'))
					.digest('hex')
					.slice(0, 40)}`
			),
			...(terms.notBefore ? { notBefore: terms.notBefore } : {})
		}))
	);
	const links = mails.flatMap(({ ids }, index) => ids.map((id) => ({ id, mail_id: mailIds[index] ?? null })));
	await sql`
		update reminder set mail_id = g.mail_id
		from jsonb_to_recordset(${JSON.stringify(links)}::text::jsonb) as g (id bigint, mail_id bigint) where reminder.id = g.id`;
	return { reminders: added.length, mails: mails.length };
}

/** A step belongs to one report, one date and one recipient. */
function keyOf({ item, recipient }: PlannedReminder): string {
	return `${item.reportId} ${item.step} ${item.partyDueOn} ${recipient.key}`;
}
