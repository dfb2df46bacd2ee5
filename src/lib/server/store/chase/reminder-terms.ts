import type { ChoiceTerms } from '#lib/domain/chase/reminder-choice.ts';
import type { Day } from '#lib/domain/day.ts';
import { config } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/door.ts';
import { loadReminderPolicy } from './reminder-policy.ts';

/** By what reminders are chosen on a day, whoever asks: the policy in force, and whether this is in earnest. */
export async function loadChoiceTerms(db: Db, on: Day): Promise<ChoiceTerms> {
	return { on, policy: await loadReminderPolicy(db, on), production: config().production };
}
