import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';
import { isPasswordOf } from '#lib/server/auth/auth.ts';
import { isLink, linkHash } from '#lib/server/auth/link.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import type { Person } from '#lib/server/auth/session.ts';
import { leaveTrace, type Trace } from '#lib/server/auth/trace.ts';
import { now } from '#lib/server/clock.ts';
import { asSystem, type Db } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { queueMail, type MailLocale } from '#lib/server/mail/mail.ts';
import { guessOfPerson } from './sign-in.ts';

/** Whose password a link sets; null when it was used, ran out or was replaced. */
export function personOfResetLink(token: string, at: Date = now()): Promise<{ personId: string; name: string; email: string } | null> {
	if (!isLink(token)) return Promise.resolve(null);
	return asSystem('reset-password', async ({ sql }) => {
		const [row] = await sql<{ id: string; name: string; email: string }[]>`
			select p.id, p.name, p.email from password_reset r join person p on p.id = r.person_id
			where r.token_hash = ${linkHash(token)} and r.used_at is null and r.expires_at > ${at} and p.disabled_at is null`;
		return row ? { personId: row.id, name: row.name, email: row.email } : null;
	});
}

/** Sets a new password by a link from a mail, once, and ends every session of the person. A lock from wrong guesses is lifted. */
export async function resetPassword(token: string, password: string, trace: Trace, at: Date = now()): Promise<Decision<{ personId: string }>> {
	if (!isLink(token)) return refuse({ code: 'link_spent' });
	const hash = await hashPassword(password);
	return asSystem('reset-password', async (db) => {
		const { sql } = db;
		const [link] = await sql<{ person_id: string }[]>`
			update password_reset set used_at = ${at} where token_hash = ${linkHash(token)} and used_at is null and expires_at > ${at} returning person_id`;
		const [person] = link
			? await sql<
					{ id: string; name: string; email: string; locale: string }[]
				>`select id, name, email, locale from person where id = ${link.person_id} and disabled_at is null`
			: [];
		if (!person) return refuse({ code: 'link_spent' });
		await sql`delete from sign_in_account where account_key = ${person.id}`;
		await setPassword(db, { ...person, locale: person.locale as MailLocale }, hash, { act: 'reset-password', keepSession: null }, trace);
		return { ok: true, personId: person.id };
	});
}

/** Changes one's own password; the present one is asked for, under the same limit as signing in. Other sessions end. */
export async function changePassword(
	person: Person,
	{ current, password }: { current: string; password: string },
	trace: Trace,
	at: Date = now()
): Promise<Decision<object>> {
	const guessed = await guessOfPerson(person.id, trace, at, async () => ((await isPasswordOf(person.id, current)) ? true : null));
	if (guessed === null) return refuse({ code: 'invalid_input', fields: { current: 'locked' } });
	if (guessed.value === null) return refuse({ code: 'invalid_input', fields: { current: 'wrong' } });
	const hash = await hashPassword(password);
	await asSystem('change-password', (db) => setPassword(db, person, hash, { act: 'change-password', keepSession: person.sessionId }, trace));
	return { ok: true };
}

async function setPassword(
	db: Db,
	person: { id: string; name: string; email: string; locale: MailLocale },
	hash: string,
	how: { act: string; keepSession: string | null },
	trace: Trace
): Promise<void> {
	await leaveTrace(db, trace, { personId: person.id, personName: person.name });
	await db.sql<{ done: unknown | null }[]>`select account_set_password(${person.id}, ${hash}) as done`;
	const [row] = await db.sql<{ ended: number | null }[]>`select session_end(${person.id}, null, ${how.keepSession})::int as ended`;
	await db.sql`update password_reset set used_at = app_now() where person_id = ${person.id} and used_at is null`;
	await writeJournal(db, { act: how.act, objectKind: 'person', objectId: person.id, article: null, after: { sessionsEnded: row?.ended ?? 0 } });
	const { locale } = person;
	await queueMail(db, {
		template: 'password_changed',
		locale,
		to: person.email,
		personId: person.id,
		name: person.name,
		subject: m.mail_password_changed_subject({}, { locale }),
		paragraphs: [m.mail_password_changed_text({}, { locale })]
	});
}
