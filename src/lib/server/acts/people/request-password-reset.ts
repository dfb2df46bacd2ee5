import { setTimeout as pause } from 'node:timers/promises';
import { m } from '#lib/paraglide/messages.js';
import { newLink } from '#lib/server/auth/link.ts';
import { leaveTrace, type Trace } from '#lib/server/auth/trace.ts';
import { now } from '#lib/server/clock.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { linkTo, queueMail, type MailLocale } from '#lib/server/mail/mail.ts';

export const RESET_MINUTES = 30;
/** Letters one account gets in an hour, so that nobody's mailbox is filled from outside. */
const LETTERS_AN_HOUR = 3;
/** Well above the work for an account that exists: how long an answer takes must not tell whether there is one. */
export const ANSWER_MS = 250;

/**
 * Sends a link for a new password, if there is such an account. Whoever asked learns nothing either way. An older link of the same
 * account stops working.
 */
export async function requestPasswordReset(identifier: string, trace: Trace, at: Date = now()): Promise<void> {
	await Promise.all([sendLink(identifier, trace, at), pause(ANSWER_MS)]);
}

async function sendLink(identifier: string, trace: Trace, at: Date): Promise<void> {
	const typed = identifier.normalize('NFKC').trim().toLowerCase();
	if (typed === '' || typed.length > 200 || typed.includes('\0')) return;
	await asSystem('request-password-reset', async (db) => {
		const { sql } = db;
		const [found] = await sql<
			{ person_id: string | null; email: string | null; person_name: string | null; locale: string | null; disabled: boolean | null }[]
		>`
			select person_id, email, person_name, locale, disabled from account_of(${typed})`;
		if (!found || found.disabled) return;
		const account = {
			person_id: found.person_id as string,
			email: found.email as string,
			person_name: found.person_name as string,
			locale: found.locale as MailLocale
		};
		await sql<{ id: string }[]>`select id from person where id = ${account.person_id} for update`;
		const [asked] = await sql<{ n: number }[]>`
			select count(*)::int as n from password_reset where person_id = ${account.person_id} and requested_at > ${new Date(at.getTime() - 3_600_000)}`;
		if ((asked?.n ?? 0) >= LETTERS_AN_HOUR) return;
		const { token, tokenHash } = newLink();
		await sql`update password_reset set used_at = ${at} where person_id = ${account.person_id} and used_at is null`;
		await sql`
			insert into password_reset (token_hash, person_id, requested_at, expires_at)
			values (${tokenHash}, ${account.person_id}, ${at}, ${new Date(at.getTime() + RESET_MINUTES * 60_000)})`;
		await leaveTrace(db, trace, { personId: account.person_id, personName: account.person_name });
		await writeJournal(db, { act: 'request-password-reset', objectKind: 'person', objectId: account.person_id, article: null });
		const { locale } = account;
		await queueMail(db, {
			template: 'password_reset',
			locale,
			to: account.email,
			personId: account.person_id,
			name: account.person_name,
			subject: m.mail_reset_subject({}, { locale }),
			paragraphs: [m.mail_reset_text({}, { locale }), m.mail_reset_not_you({}, { locale })],
			link: { label: m.mail_reset_action({}, { locale }), href: linkTo(`/password/${token}`) }
		});
	});
}
