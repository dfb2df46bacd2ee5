import type { Day } from '#lib/domain/day.ts';
import { DEFAULT_REMINDER_POLICY, type ReminderPolicy } from '#lib/domain/reminder-policy.ts';
import type { Db } from '../db.ts';

/** The newest policy in force on the day; the one that comes with the system where the ministries have made none. */
export async function loadReminderPolicy({ sql }: Db, on: Day): Promise<ReminderPolicy> {
	const [row] = await sql<{ version: number; content: unknown }[]>`
		select version, content from reminder_policy where valid_from_on <= ${on}::date order by valid_from_on desc, version desc limit 1`;
	if (!row) return DEFAULT_REMINDER_POLICY;
	return { ...DEFAULT_REMINDER_POLICY, ...(row.content as Partial<ReminderPolicy>), version: row.version };
}
