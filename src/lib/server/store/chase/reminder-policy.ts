import type { Day } from '#lib/domain/day.ts';
import { DEFAULT_REMINDER_POLICY, type ReminderPolicy } from '#lib/domain/chase/reminder-policy.ts';
import type { Db } from '#lib/server/db/door.ts';

/** The newest policy in force on the day; the one that comes with the system where the ministries have made none. */
export async function loadReminderPolicy({ sql }: Db, on: Day): Promise<ReminderPolicy> {
	const [row] = await sql<{ version: number; content: unknown }[]>`
		select version, content from reminder_policy where valid_from_on <= ${on}::date order by valid_from_on desc, version desc limit 1`;
	if (!row) return DEFAULT_REMINDER_POLICY;
	return { ...DEFAULT_REMINDER_POLICY, ...withTodaysWords(row.content as Partial<ReminderPolicy>), version: row.version };
}

/** A version once made is never changed: a paragraph stored under the word of that time is read under today's. */
function withTodaysWords(stored: Partial<ReminderPolicy>): Partial<ReminderPolicy> {
	if (!stored.paragraphs || !('reviewing' in stored.paragraphs)) return stored;
	const { reviewing, ...others } = stored.paragraphs as Record<string, { zh: string; en: string }>;
	return { ...stored, paragraphs: { ...others, ...(reviewing && { awaiting_opinion: reviewing }) } };
}
