import { randomUUID } from 'node:crypto';
import { m } from '#lib/paraglide/messages.js';
import type { Duty, OrgKind } from './actor.ts';
import { config } from './config.ts';
import type { Db } from './db.ts';

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
};

/** An address of ours as a mail may carry it. */
export function linkTo(path: string): string {
	const { origin, port } = config();
	return new URL(path, origin ?? `http://localhost:${port}`).href;
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function oneLine(text: string): string {
	return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** The two bodies of a letter. Styles are few and inline: mail programs know no others. */
export function bodiesOf(letter: Letter): { text: string; html: string } {
	const { locale, link } = letter;
	const greeting = m.mail_greeting({ name: oneLine(letter.name) }, { locale });
	const footer = m.mail_footer({}, { locale });
	const text = [greeting, ...letter.paragraphs, ...(link ? [`${link.label}:\n${link.href}`] : []), `--\n${footer}`].join('\n\n');
	const paragraphs = [greeting, ...letter.paragraphs].map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n');
	const linked = link
		? `\n<p><a href="${escape(link.href)}" style="display:inline-block;padding:10px 18px;background:#1D4F91;color:#FFFFFF;text-decoration:none;border-radius:4px">${escape(link.label)}</a></p>\n<p style="color:#4A5565;font-size:13px">${escape(m.mail_link_plain({}, { locale }))}<br>${escape(link.href)}</p>`
		: '';
	const html = `<!doctype html>\n<html lang="${locale}"><head><meta charset="utf-8"><title>${escape(letter.subject)}</title></head>\n<body style="margin:0;padding:24px;color:#1B2430;font:16px/1.6 sans-serif;max-width:640px">\n${paragraphs}${linked}\n<p style="color:#5F6B7A;font-size:13px;border-top:1px solid #D5DBE3;padding-top:12px">${escape(footer)}</p>\n</body></html>\n`;
	return { text, html };
}

/**
 * Queues a letter in the transaction of the act it belongs to: no act without its mail, no mail of an act that did not happen.
 * Without a mail server it is kept, for the inbox alone.
 */
export async function queueMail({ sql }: Db, letter: Letter): Promise<void> {
	const { text, html } = bodiesOf(letter);
	await sql`
		insert into mail (person_id, to_address, template, locale, subject, text_body, html_body, message_id, state)
		values (${letter.personId}, ${letter.to}, ${letter.template}, ${letter.locale}, ${oneLine(letter.subject)}, ${text}, ${html},
			${`<${randomUUID()}@${new URL(linkTo('/')).hostname}>`}, ${config().smtpUrl === undefined ? 'kept' : 'queued'})`;
}

/** The duty as the office says it, in the reader's language. */
export function dutyWordIn(kind: OrgKind, duty: Duty, locale: MailLocale): string {
	if (duty === 'reader') return m.ui_duty_reader({}, { locale });
	if (kind === 'enterprise') return duty === 'handler' ? m.ui_duty_filer({}, { locale }) : m.ui_duty_checker({}, { locale });
	return duty === 'handler' ? m.ui_duty_handler({}, { locale }) : m.ui_duty_approver({}, { locale });
}

/** An instant as a reader in China says it. */
export function instantIn(at: Date, locale: MailLocale): string {
	return new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' }).format(at);
}
