import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, type ActorDb } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

export interface CheckedContact {
	readonly enterpriseId: string;
	/** `c<place>` of the register, or `a<person>` with an account. */
	readonly which: string;
	readonly result: 'confirmed' | 'wrong';
}

/**
 * Writes down that somebody of the channel has reached a contact, or found it wrong. The check counts for the addresses it names: a new number
 * starts unconfirmed (screens G6). The journal names the place, never the number.
 *
 * @returns refusals: not_found, not_your_duty.
 */
export function checkContact(actor: Actor, given: CheckedContact): Promise<Decision<{ addresses: number }>> {
	return asOffice(actor, 'checkContact', async (db, now) => {
		const known = given.which.startsWith('c')
			? await contactAt(db, given.enterpriseId, Number(given.which.slice(1)))
			: await accountOf(db, given.enterpriseId, given.which.slice(1));
		if (!known) return refuse({ code: 'not_found' });
		const addresses = [...new Set([known.phone, known.email].filter((address): address is string => address !== null && address !== ''))];
		for (const address of addresses) {
			await db.sql`
				insert into contact_check (enterprise_id, address, result, checked_at, by_kind, person_name)
				values (${given.enterpriseId}::bigint, ${address}, ${given.result}, ${now}, ${actor.orgKind}, ${actor.personName})`;
		}
		await writeJournal(db, {
			act: 'check-contact',
			objectKind: 'contact_check',
			objectId: given.enterpriseId,
			article: null,
			after: { which: given.which.startsWith('c') ? given.which : 'account', result: given.result }
		});
		return { ok: true, addresses: addresses.length };
	});
}

interface Addresses {
	phone: string | null;
	email: string | null;
}

async function contactAt({ sql, within }: ActorDb, enterpriseId: string, place: number): Promise<Addresses | undefined> {
	const [row] = await sql<Addresses[]>`
		select k.phone, k.email from enterprise e join enterprise_contact k on k.enterprise_id = e.id where e.id = ${enterpriseId}::bigint
			and k.place = ${place}::int and ${within.enterprise}`;
	return row;
}

async function accountOf({ sql, within }: ActorDb, enterpriseId: string, personId: string): Promise<Addresses | undefined> {
	const [row] = await sql<{ phone: string | null; email: string }[]>`
		select p.phone, p.email from enterprise e join organisation o on o.enterprise_id = e.id join membership b on b.org_id = o.id and b.ended_at is null
			join person p on p.id = b.person_id
		where e.id = ${enterpriseId}::bigint and p.id = ${personId} and ${within.enterprise}`;
	return row;
}
