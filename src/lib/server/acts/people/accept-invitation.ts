import postgres from 'postgres';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { isLink, linkHash, newPersonId } from '#lib/server/auth/link.ts';
import { leaveTrace, type Trace } from '#lib/server/auth/trace.ts';
import { now } from '#lib/server/clock.ts';
import { asSystem, type Db } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import type { MailLocale } from '#lib/server/mail/mail.ts';
import { endRole, findOffice, lockMembers, passContactOn } from '#lib/server/store/people/office.ts';

export type Newcomer = { readonly name: string; readonly username: string; readonly password: string; readonly locale: MailLocale };
type Guest = { personId: string; name: string; email: string; phone: string | null };

/**
 * Accepts an invitation, once: somebody new gets an account and the role in one transaction, somebody known gets the role. Where it was
 * sent to a successor, the role that is handed over ends in the same transaction.
 *
 * @param who a newcomer, or the id of whoever is signed in; that must be the one the invitation was sent to.
 * @param at judged against the end of the invitation.
 */
export async function acceptInvitation(
	token: string,
	who: Newcomer | { readonly personId: string },
	trace: Trace,
	at: Date = now()
): Promise<Decision<{ personId: string; orgId: string; email: string }>> {
	if (!isLink(token)) return refuse({ code: 'link_spent' });
	// Hashing is slow on purpose; it is done before the row is locked.
	const hash = 'password' in who ? await hashPassword(who.password) : null;
	try {
		return await asSystem('accept-invitation', async (db) => {
			const [row] = await db.sql<{ id: string; org_id: string; email: string; duty: string; succeeds_person_id: string | null }[]>`
				select id, org_id, email, duty, succeeds_person_id from invitation
				where token_hash = ${linkHash(token)} and accepted_at is null and cancelled_at is null and confirmation <> 'awaited' and expires_at > ${at}
				for update`;
			const office = row && (await findOffice(db, row.org_id));
			if (!row || !office) return refuse({ code: 'link_spent' });
			const guest = 'password' in who ? await newcomer(db, who, row.email, hash ?? '') : await known(db, who.personId, row.email);
			if (!guest) return refuse({ code: 'not_found' });
			await leaveTrace(db, trace, { personId: guest.personId, personName: guest.name });
			const members = await lockMembers(db, row.org_id);
			await db.sql`
				insert into membership (person_id, org_id, duty) values (${guest.personId}, ${row.org_id}::bigint, ${row.duty})
				on conflict (person_id, org_id) do update set duty = excluded.duty, since = app_now(), ended_at = null`;
			await db.sql`update invitation set accepted_at = ${at}, accepted_by = ${guest.personId} where id = ${row.id}::bigint`;
			await writeJournal(db, {
				act: 'accept-invitation',
				objectKind: 'invitation',
				objectId: row.id,
				article: null,
				after: { orgId: row.org_id, personId: guest.personId, duty: row.duty }
			});
			const leaving = members.find((member) => member.personId === row.succeeds_person_id && member.personId !== guest.personId);
			if (leaving) {
				if (office.enterpriseId !== null) await passContactOn(db, office.enterpriseId, leaving, guest);
				await endRole(db, office, leaving, { act: 'hand-over', successorName: guest.name });
			}
			return { ok: true, personId: guest.personId, orgId: row.org_id, email: guest.email };
		});
	} catch (error) {
		if (error instanceof postgres.PostgresError && error.constraint_name === 'user_username_once') return refuse({ code: 'taken', field: 'username' });
		if (error instanceof postgres.PostgresError && (error.constraint_name === 'person_email_once' || error.constraint_name === 'user_email_once'))
			return refuse({ code: 'taken', field: 'email' });
		throw error;
	}
}

async function newcomer({ sql }: Db, { name, username, locale }: Newcomer, email: string, hash: string): Promise<Guest> {
	const personId = newPersonId();
	await sql`insert into person (id, name, email, locale) values (${personId}, ${name}, ${email.toLowerCase()}, ${locale})`;
	await sql<{ opened: unknown | null }[]>`select account_open(${personId}, ${name}, ${email}, ${username}, ${hash}) as opened`;
	return { personId, name, email, phone: null };
}

async function known({ sql }: Db, personId: string, email: string): Promise<Guest | null> {
	const [row] = await sql<{ id: string; name: string; email: string; phone: string | null }[]>`
		select id, name, email, phone from person where id = ${personId} and lower(email) = ${email.toLowerCase()} and disabled_at is null`;
	return row ? { personId: row.id, name: row.name, email: row.email, phone: row.phone } : null;
}
