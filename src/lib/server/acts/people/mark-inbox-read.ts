import type { Person } from '#lib/server/auth/session.ts';
import { asSystem } from '#lib/server/db/door.ts';

/**
 * Marks what a person was sent as read, up to the newest message they saw; what the inbox still kept back, they have not. Not an administrative act: not
 * journalled.
 */
export async function markInboxRead(person: Person, upTo: string): Promise<void> {
	await asSystem(
		'inbox',
		({ sql }) => sql`
		update mail set read_at = app_now()
		where person_id = ${person.id} and read_at is null and id <= ${upTo}::bigint and state <> 'dropped' and (not_before is null or not_before <= app_now())`
	);
}
