import { randomUUID } from 'node:crypto';
import { startOf, type Day } from '#lib/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Duty, OrganisationKind } from '#lib/domain/parties.ts';
import { config } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/door.ts';
import { colonIn } from '#lib/words/punctuation.ts';

export type MailLocale = 'zh-CN' | 'en';

/** One letter: words already in the reader's language, at most one link. */
export type Letter = {
	/** For the delivery log; never shown. */
	template: string;
	locale: MailLocale;
	to: string;
	/** Whose inbox shows it too; null for somebody without account. */
	personId: string | null;
	name: string;
	/** No names, addresses or figures of people (quality.md 6). */
	subject: string;
	paragraphs: readonly string[];
	link?: { label: string; href: string };
	/** Given where the same letter must be recognised if it is ever made twice; with brackets. A random one otherwise. */
	messageId?: string;
	/** Waits until then, for instance while it may still be taken back. */
	notBefore?: Date;
	/** A calendar entry beside it. */
	ics?: string;
	/** A summary its reader may switch off; what the law asks for never is. */
	digest?: boolean;
};

/** An address of ours as a mail may carry it. */
export function linkTo(path: string): string {
	const { origin, port } = config();
	return new URL(path, origin ?? `http://localhost:${port}`).href;
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** What stands in a subject or beside other words: no line end of a name becomes one of the letter. */
export function oneLine(text: string): string {
	return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** The two bodies of a letter. Styles are few and inline: mail programs know no others. */
export function bodiesOf(letter: Letter): { text: string; html: string } {
	const { locale, link } = letter;
	const greeting = m.mail_greeting({ name: oneLine(letter.name) }, { locale });
	const footer = m.mail_footer({}, { locale });
	const text = [greeting, ...letter.paragraphs, ...(link ? [`${link.label}${colonIn(locale)}\n${link.href}`] : []), `--\n${footer}`].join('\n\n');
	const paragraphs = [greeting, ...letter.paragraphs].map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n');
	const linked = link
		? `\n<p><a href="${escape(link.href)}" style="display:inline-block;padding:10px 18px;background:#1D4F91;color:#FFFFFF;text-decoration:none;` +
			`border-radius:4px">${escape(link.label)}</a></p>\n<p style="color:#4A5565;` +
			`font-size:13px">${escape(m.mail_link_plain({}, { locale }))}<br>${escape(link.href)}</p>`
		: '';
	const html =
		`<!doctype html>\n<html lang="${locale}"><head><meta charset="utf-8"><title>${escape(letter.subject)}</title></head>\n<body ` +
		`style="margin:0;padding:24px;color:#1B2430;font:16px/1.6 sans-serif;max-width:640px">\n${paragraphs}${linked}\n<p style="color:#5F6B7A;` +
		`font-size:13px;border-top:1px solid #D5DBE3;padding-top:12px">${escape(footer)}</p>\n</body></html>\n`;
	return { text, html };
}

/**
 * Queues a letter in the transaction of the act it belongs to: no act without its mail, no mail of an act that did not happen.
 * Without a mail server it is kept, for the inbox alone.
 */
export async function queueMail(db: Db, letter: Letter): Promise<void> {
	await queueMails(db, [letter]);
}

/** What a letter is in the outbox at first: waiting for the mail server, or kept where there is none. */
export function firstMailState(): 'queued' | 'kept' {
	return config().smtpUrl === undefined ? 'kept' : 'queued';
}

/** One address on our host, with brackets; what it is made of decides it. */
export function messageIdOf(local: string): string {
	return `<${local}@${new URL(linkTo('/')).hostname}>`;
}

/** So many bodies go in one statement: some hundred kilobytes. */
const MAILS_AT_ONCE = 100;

/**
 * Queues many letters in as few statements as may be; returns the ids of the mails, in their order.
 * The ids are drawn first: an office may write a mail to somebody else, and may not read it back.
 */
export async function queueMails({ sql }: Db, letters: readonly Letter[]): Promise<readonly string[]> {
	if (letters.length === 0) return [];
	const drawn = await sql<{ id: string | null }[]>`select nextval('mail_id_seq')::text as id from generate_series(1, ${letters.length}::int)`;
	const ids = drawn.map(({ id }) => id ?? '');
	const state = firstMailState();
	for (let from = 0; from < letters.length; from += MAILS_AT_ONCE) {
		const rows = letters.slice(from, from + MAILS_AT_ONCE).map((letter, index) => rowOf(letter, ids[from + index] ?? ''));
		await sql`
			insert into mail (id, person_id, to_address, template, locale, subject, text_body, html_body, message_id, not_before, ics, digest, state)
			overriding system value
			select g.id, g.person_id, g.to_address, g.template, g.locale, g.subject, g.text_body, g.html_body, g.message_id, g.not_before, g.ics, g.digest, ${state}
			from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as g (id bigint, person_id text, to_address text, template text, locale text, subject text,
				text_body text, html_body text, message_id text, not_before timestamptz, ics text, digest boolean)
			order by g.id`;
	}
	return ids;
}

/** Queues those of the letters whose Message-ID is not in the outbox. For the timetable, which may come twice; the caller keeps a second one waiting. */
export async function queueMailsOnce(db: Db, letters: readonly (Letter & { messageId: string })[]): Promise<number> {
	const known = await db.sql<
		{ message_id: string }[]
	>`select message_id from mail where message_id = any(${letters.map(({ messageId }) => messageId)}::text[])`;
	const before = new Set(known.map((row) => row.message_id));
	return (
		await queueMails(
			db,
			letters.filter(({ messageId }) => !before.has(messageId))
		)
	).length;
}

function rowOf(letter: Letter, id: string): Readonly<Record<string, string | boolean | null>> {
	const { text, html } = bodiesOf(letter);
	return {
		id,
		person_id: letter.personId,
		to_address: letter.to,
		template: letter.template,
		locale: letter.locale,
		subject: oneLine(letter.subject),
		text_body: text,
		html_body: html,
		message_id: letter.messageId ?? messageIdOf(randomUUID()),
		not_before: letter.notBefore?.toISOString() ?? null,
		ics: letter.ics ?? null,
		digest: letter.digest ?? false
	};
}

/** The duty as the office says it, in the reader's language. */
export function dutyWordIn(kind: OrganisationKind, duty: Duty, locale: MailLocale): string {
	if (duty === 'reader') return m.ui_duty_reader({}, { locale });
	if (duty === 'approver') return m.ui_duty_approver({}, { locale });
	return kind === 'enterprise' ? m.ui_duty_filer({}, { locale }) : m.ui_duty_handler({}, { locale });
}

/** An instant as a reader in China says it. */
export function instantIn(at: Date, locale: MailLocale): string {
	return new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' }).format(at);
}

/** A day with its weekday, in the reader's language: 2026年11月30日星期一 · Monday, November 30, 2026. */
export function dayIn(on: Day, locale: MailLocale): string {
	return FULL_DAY[locale].format(startOf(on));
}

/** Making one takes longer than using it a hundred times, and a run writes thousands of days. */
const FULL_DAY: Readonly<Record<MailLocale, Intl.DateTimeFormat>> = {
	'zh-CN': new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'full' }),
	en: new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', dateStyle: 'full' })
};
