import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

export interface RevealedContact {
	readonly name: string;
	readonly phone: string | null;
	readonly email: string | null;
}

/**
 * Shows one contact of an enterprise unmasked, and journals who read it (domain.md 8). The journal names the place, never the number.
 *
 * @returns refusals: not_found (no such enterprise for this actor, or nobody at this place).
 */
export function revealContact(actor: Actor, enterpriseId: string, place: number): Promise<Decision<RevealedContact>> {
	return asOffice(actor, 'revealContact', async (db) => {
		if (!/^\d{1,18}$/.test(enterpriseId) || !Number.isSafeInteger(place)) return refuse({ code: 'not_found' });
		const { sql, within } = db;
		const [row] = await sql<{ name: string; phone: string | null; email: string | null }[]>`
			select c.name, c.phone, c.email from enterprise e join enterprise_contact c on c.enterprise_id = e.id
			where e.id = ${enterpriseId}::bigint and c.place = ${place}::int and ${within.enterprise}`;
		if (!row) return refuse({ code: 'not_found' });
		await writeJournal(db, { act: 'reveal-contact', objectKind: 'enterprise', objectId: enterpriseId, article: null, after: { place } });
		return { ok: true, ...row };
	});
}
