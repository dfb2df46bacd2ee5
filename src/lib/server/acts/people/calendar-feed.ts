import type { Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { newLink } from '#lib/server/auth/link.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

/**
 * Makes the person's calendar address, or a new one in place of the old, which is dead from then on. The secret is told once: only its hash is kept, so
 * that nobody who reads the table can read a calendar.
 */
export function makeCalendarFeed(actor: Actor): Promise<Decision<{ readonly token: string }>> {
	return asOffice(actor, 'keepCalendarFeed', async (db) => {
		const { token, tokenHash } = newLink();
		// One at a time per person: two clicks would both find nothing to revoke.
		await db.sql<{ taken: boolean }[]>`select pg_advisory_xact_lock(hashtextextended(${`calendar feed ${actor.personId}`}, 0)) is null as taken`;
		const renewed = await db.sql`update calendar_feed set revoked_at = app_now() where person_id = ${actor.personId} and revoked_at is null`;
		await db.sql`insert into calendar_feed (person_id, token_hash) values (${actor.personId}, ${tokenHash})`;
		await writeJournal(db, {
			act: 'make-calendar-feed',
			objectKind: 'calendar_feed',
			objectId: actor.personId,
			article: null,
			after: { renewed: renewed.count > 0 }
		});
		return { ok: true, token };
	});
}

/** Takes the address back; whoever has it reads nothing any more. */
export function revokeCalendarFeed(actor: Actor): Promise<Decision<object>> {
	return asOffice(actor, 'keepCalendarFeed', async (db) => {
		const revoked = await db.sql`update calendar_feed set revoked_at = app_now() where person_id = ${actor.personId} and revoked_at is null`;
		if (revoked.count > 0) await writeJournal(db, { act: 'revoke-calendar-feed', objectKind: 'calendar_feed', objectId: actor.personId, article: null });
		return { ok: true };
	});
}
