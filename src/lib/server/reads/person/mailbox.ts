import type { Person } from '#lib/server/auth/session.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { PAGE_SIZE, pageOf } from '#lib/server/reads/page.ts';

export type MailLine = { id: string; subject: string; text: string; at: Date; unread: boolean; to: string; template: string };
type Row = { id: string; subject: string; text_body: string; queued_at: Date; read_at: Date | null; to_address: string; template: string };

/** Newest first: what comes next was sent before. */
function mailsOf(rows: readonly Row[], before: string | null): { mails: MailLine[]; next: string | null } {
	const page = pageOf(rows, { after: before, before: null }, ({ id }) => id);
	return {
		mails: page.rows.map((row) => ({
			id: row.id,
			subject: row.subject,
			text: row.text_body,
			at: row.queued_at,
			unread: row.read_at === null,
			to: row.to_address,
			template: row.template
		})),
		next: page.next
	};
}

/** Powers /inbox: what was sent to this person, newest first. A link for a new password is for the mailbox, not for an open screen. */
export function inboxOf(person: Person, before: string | null): Promise<{ mails: MailLine[]; next: string | null }> {
	return asSystem(
		'inbox',
		async ({ sql }) =>
			mailsOf(
				await sql<Row[]>`
				select id, subject, text_body, queued_at, read_at, to_address, template from mail
				where person_id = ${person.id} and template <> 'password_reset' and state <> 'dropped' and (not_before is null or not_before <= app_now())
					and (${before}::bigint is null or id < ${before}::bigint)
				order by id desc limit ${PAGE_SIZE + 1}`,
				before
			),
		{ readOnly: true }
	);
}

/** Powers /inbox/mail: every mail that was kept because there is no mail server. Only ever for a demonstration. */
export function keptMails(before: string | null): Promise<{ mails: MailLine[]; next: string | null }> {
	return asSystem(
		'demonstration mailbox',
		async ({ sql }) =>
			mailsOf(
				await sql<Row[]>`
				select id, subject, text_body, queued_at, read_at, to_address, template from mail
				where state = 'kept' and (not_before is null or not_before <= app_now()) and (${before}::bigint is null or id < ${before}::bigint)
				order by id desc limit ${PAGE_SIZE + 1}`,
				before
			),
		{ readOnly: true }
	);
}
