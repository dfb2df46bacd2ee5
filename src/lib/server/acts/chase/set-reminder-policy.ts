import { addDays, dayInBeijing } from '#lib/domain/day.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { checkReminderPolicy, type ReminderPolicy } from '#lib/domain/chase/reminder-policy.ts';
import { dateWithin } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';

/**
 * A ministry sets when the system reminds, from a day on: a new version beside the old ones (非方案规定，系统设置). Both ministries and every channel
 * see it; what was sent keeps the version it was sent by.
 *
 * @param basedOn the version on the official's screen: somebody else's newer one is not overwritten unseen
 */
export function setReminderPolicy(actor: Actor, given: ReminderPolicy, validFromOn: string, basedOn: number): Promise<Decision<{ version: number }>> {
	return asOffice(actor, 'setReminderPolicy', async (db, now) => {
		const checked = checkReminderPolicy(given);
		const today = dayInBeijing(now);
		const from = dateWithin('effectiveOn', validFromOn, today, addDays(today, 366));
		if (!from.ok) return from;
		if (!checked.ok) return checked;
		// Two ministries saving at once: the second waits, and then sees the first one's version.
		await db.sql<{ pg_advisory_xact_lock: void | null }[]>`select pg_advisory_xact_lock(hashtextextended('reminder-policy', 0))`;
		const [newest] = await db.sql<{ version: number | null }[]>`select max(version) as version from reminder_policy`;
		const known = newest?.version ?? 0;
		if (known !== basedOn) return refuse({ code: 'stale_version', expected: basedOn, actual: known });
		const before = await loadReminderPolicy(db, from.on);
		const version = known + 1;
		const content = { ...checked.policy, version };
		await db.sql`
			insert into reminder_policy (version, valid_from_on, content, made_by, made_by_name)
			values (${version}, ${from.on}::date, ${JSON.stringify(content)}::text::jsonb, ${actor.personId}, ${actor.personName})`;
		await writeJournal(db, {
			act: 'set-reminder-policy',
			objectKind: 'reminder_policy',
			objectId: String(version),
			article: 'system',
			before: { ...before },
			after: { ...content, validFromOn: from.on }
		});
		return { ok: true, version };
	});
}
