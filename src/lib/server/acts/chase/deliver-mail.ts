import { setTimeout } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { judgeFailure, nextAttemptAt, whyNotMailed, type FailureKind, type MailFailure } from '#lib/domain/chase/mail-delivery.ts';
import { isPlainAddress } from '#lib/domain/chase/reminder-recipients.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import { justAfter, now } from '#lib/server/clock.ts';
import { config } from '#lib/server/config.ts';
import { asSystem, type Db } from '#lib/server/db/door.ts';
import { isDatabaseUnavailable } from '#lib/server/db/unavailable.ts';
import { log } from '#lib/server/log.ts';
import { bodiesOf, linkTo, type Letter, type MailLocale } from '#lib/server/mail/mail.ts';
import { m } from '#lib/paraglide/messages.js';
import { noteDeadAddress } from '#lib/server/store/chase/contact-check.ts';
import type { LetterTerms } from '#lib/server/letters/reminder-letter.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import { decideAgain, type DecidedAgain } from './decide-again.ts';

/**
 * Conversations with the mail server at a time. One: between the server's word and our writing it down lies what comes twice when the process is killed,
 * so a kill repeats one mail at most. Whoever needs more at a time runs more processes of the timetable.
 */
const PARALLEL = 1;
/** How many mails one run sends at most; the next tick takes the rest. */
const MAILS_PER_RUN = 500;
/** The server gets this long for one mail, then the conversation is ended. */
const ONE_MAIL_MS = 45_000;
/** Longer than one mail can take: a claim that is older belongs to a process that is gone. */
const LEASE_SECONDS = 120;
/** After so many mails in a row that found no server, a run gives up; the mails wait as they are. */
const UNREACHABLE_IN_A_ROW = 3;

interface ClaimedMail {
	readonly id: string;
	readonly toAddress: string;
	readonly personId: string | null;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
	readonly ics: string | null;
	readonly locale: MailLocale;
	readonly digest: boolean;
	readonly messageId: string;
	readonly attempts: number;
	readonly queuedAt: Date;
}

interface MailRow {
	id: string;
	person_id: string | null;
	to_address: string;
	subject: string;
	text_body: string;
	html_body: string;
	message_id: string;
	attempts: number;
	queued_at: Date;
	ics: string | null;
	locale: string;
	digest: boolean;
}

export type Delivered = { readonly sent: number; readonly put_off: number; readonly set_aside: number; readonly dropped: number };

/**
 * Sends queued mail by SMTP. A mail is claimed for two minutes in a transaction of its own, sent outside any transaction, and its end written down in
 * another: any number of schedulers may run, a slow server holds up nobody, and a process that dies leaves claims that run out. So a mail is sent at least
 * once, with a Message-ID that stays the same, by which a repeat is recognised. A reminder is decided again when it is claimed: what no longer holds does
 * not leave. Without SMTP settings nothing is sent: the mails can be read in the inbox.
 *
 * @param clock when it is now, for what is due and when to try again
 */
export async function deliverMail({ clock = now }: { readonly clock?: () => Date } = {}): Promise<Delivered> {
	const done = { sent: 0, put_off: 0, set_aside: 0, dropped: 0 };
	const { smtpUrl, mailFrom = 'no-reply@localhost' } = config();
	if (smtpUrl === undefined) return done;
	const transport = openTransport(smtpUrl);
	const terms = termsOfRun();
	let claimed = 0;
	let unreachable = 0;
	const work = async (): Promise<void> => {
		while (claimed < MAILS_PER_RUN && unreachable < UNREACHABLE_IN_A_ROW) {
			claimed += 1;
			const next = await asSystem('claim mail', (db) => claimNext(db, justAfter(clock()), terms));
			if (next === 'none') return;
			if (next === 'dropped' || next === 'put_off') {
				done[next] += 1;
				continue;
			}
			const failure = await send(transport, mailFrom, next);
			if (failure === null) {
				await insist(() => asSystem('mail sent', (db) => recordSent(db, next)));
				done.sent += 1;
				unreachable = 0;
				continue;
			}
			const kind = 'kind' in failure ? failure.kind : judgeFailure(failure);
			unreachable = kind === 'unreachable' ? unreachable + 1 : 0;
			const at = await insist(() => asSystem('mail not sent', (db) => recordFailure(db, next, kind, failure.response, clock())));
			done[at === null ? 'set_aside' : 'put_off'] += 1;
		}
	};
	const ends = await Promise.allSettled(Array.from({ length: PARALLEL }, work));
	transport.close();
	if (done.sent + done.put_off + done.set_aside + done.dropped > 0) log('info', { event: 'mail_delivered', ...done });
	for (const end of ends) if (end.status === 'rejected') throw end.reason;
	return done;
}

function openTransport(url: string) {
	return createTransport({
		url,
		pool: true,
		maxConnections: PARALLEL,
		// Who tries again, and when, is decided here and written down; the mail program must not do it by itself.
		maxRequeues: 0,
		connectionTimeout: 10_000,
		greetingTimeout: 10_000,
		socketTimeout: 20_000,
		disableFileAccess: true,
		disableUrlAccess: true
	});
}
type Transport = ReturnType<typeof openTransport>;

/** What has left must be written down: a database that is away for a moment would otherwise send it a second time. */
async function insist<T>(write: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await write();
		} catch (error) {
			if (!isDatabaseUnavailable(error) || attempt === 4) throw error;
			await setTimeout(attempt * 500);
		}
	}
}

/** One mail that is due, claimed; 'dropped' when it must not leave any more, 'put_off' when that could not be decided. */
async function claimNext(db: Db, at: Date, terms: (db: Db, at: Date) => Promise<LetterTerms>): Promise<ClaimedMail | 'dropped' | 'put_off' | 'none'> {
	const { sql } = db;
	const [row] = await sql<MailRow[]>`
		select id, person_id, to_address, subject, text_body, html_body, message_id, attempts, queued_at, ics, locale, digest from mail
		where state = 'queued' and coalesce(next_attempt_at, queued_at) <= ${at} and (not_before is null or not_before <= ${at})
			and (claimed_until is null or claimed_until <= clock_timestamp())
		order by coalesce(next_attempt_at, queued_at) limit 1 for update skip locked`;
	if (!row) return 'none';
	const run = await terms(db, at);
	let decided: DecidedAgain;
	try {
		decided = await sql.savepoint((inner) => decideAgain({ ...db, sql: inner }, row.id, run, config().production));
	} catch (error) {
		if (isDatabaseUnavailable(error)) throw error;
		// A letter that cannot be written must not stop the others.
		log('error', { event: 'mail_not_decided', mail: row.id, error: error instanceof Error ? error.message : String(error) });
		await recordFailure(db, mailOf(row), 'later', 'the letter could not be written', at);
		return 'put_off';
	}
	const why = decided.is === 'dropped' ? decided.because : await dropOfReader(db, row);
	if (why !== null) {
		await sql`update mail set state = 'dropped', dropped_because = ${why}, claimed_until = null where id = ${row.id}::bigint`;
		return 'dropped';
	}
	const mail = decided.is === 'letter' ? await writeAnew(db, row, decided.letter) : row;
	await sql`update mail set claimed_until = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second' where id = ${row.id}::bigint`;
	return mailOf(mail);
}

function mailOf(row: MailRow): ClaimedMail {
	return {
		id: row.id,
		toAddress: row.to_address,
		personId: row.person_id,
		subject: row.subject,
		text: row.text_body,
		html: row.html_body,
		ics: row.ics,
		locale: row.locale === 'en' ? 'en' : 'zh-CN',
		digest: row.digest,
		messageId: row.message_id,
		attempts: row.attempts,
		queuedAt: row.queued_at
	};
}

/** Policy and calendar of a run, loaded when the first reminder needs them. */
function termsOfRun(): (db: Db, at: Date) => Promise<LetterTerms> {
	const known = new Map<Day, Promise<LetterTerms>>();
	return (db, at) => {
		const today = dayInBeijing(at);
		const terms =
			known.get(today) ??
			Promise.all([loadReminderPolicy(db, today), loadWorkingCalendar(db)]).then(([policy, calendar]) => ({ policy, calendar, today, now: at }));
		known.set(today, terms);
		terms.catch(() => known.delete(today));
		return terms;
	};
}

/** The letter as it leaves is the one that is kept: the log and the inbox show what was sent. */
async function writeAnew({ sql }: Db, row: MailRow, letter: Letter): Promise<MailRow> {
	const { text, html } = bodiesOf(letter);
	const next = {
		...row,
		to_address: isPlainAddress(letter.to) ? letter.to : row.to_address,
		subject: letter.subject,
		text_body: text,
		html_body: html,
		ics: letter.ics ?? null
	};
	if (next.text_body === row.text_body && next.to_address === row.to_address) return row;
	await sql`
		update mail set to_address = ${next.to_address}, subject = ${next.subject}, text_body = ${text}, html_body = ${html}, ics = ${next.ics}
		where id = ${row.id}::bigint`;
	return next;
}

async function dropOfReader({ sql }: Db, mail: MailRow): Promise<SkipReason | null> {
	if (mail.person_id === null) return null;
	const [reader] = await sql<{ synthetic: boolean; disabled: boolean; digests: boolean; seated: boolean }[]>`
		select p.synthetic, p.disabled_at is not null as disabled, p.digests, exists (select from membership b where b.person_id = p.id and b.ended_at is null)
			as seated
		from person p where p.id = ${mail.person_id}`;
	return reader ? whyNotMailed({ ...reader, seated: reader.seated === true }, mail, config().production) : null;
}

/**
 * What the letter says of itself to programs: that nobody wrote it by hand, so that no absence answers it (RFC 3834); and of a summary, which
 * one it is and where its reader switches it off (RFC 2369, 2919). What the notice asks for is no list and cannot be left.
 */
function headersOf({ digest }: ClaimedMail): Record<string, string> {
	const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
	return digest ? { ...automatic, 'List-Id': `<digest.${new URL(linkTo('/')).hostname}>`, 'List-Unsubscribe': `<${linkTo('/me')}>` } : automatic;
}

/** Hands one mail to the server; null when it was taken. */
async function send(
	transport: Transport,
	from: string,
	mail: ClaimedMail
): Promise<MailFailure | { readonly kind: FailureKind; readonly response: string } | null> {
	// Refused at entry by a constraint, and here once more: what stands in the envelope must never be two recipients.
	if (!isPlainAddress(mail.toAddress)) return { kind: 'refused', response: 'not one plain address' };
	try {
		await transport.sendMail({
			messageId: mail.messageId,
			from: { name: m.shell_app_name({}, { locale: mail.locale }), address: from },
			headers: headersOf(mail),
			// One validated address object and an explicit envelope: a string could smuggle in a second recipient.
			to: { name: '', address: mail.toAddress },
			envelope: { from, to: [mail.toAddress] },
			subject: mail.subject,
			text: mail.text,
			html: mail.html,
			...(mail.ics === null ? {} : { attachments: [{ filename: 'mail.ics', content: mail.ics, contentType: 'text/calendar; charset=utf-8' }] }),
			signal: AbortSignal.timeout(ONE_MAIL_MS)
		});
		return null;
	} catch (error) {
		const { command, responseCode, response, message } = error as { command?: unknown; responseCode?: unknown; response?: unknown; message?: unknown };
		return {
			command: typeof command === 'string' ? command : 'CONN',
			responseCode: typeof responseCode === 'number' ? responseCode : null,
			response: typeof response === 'string' && response !== '' ? response : String(message)
		};
	}
}

async function recordSent({ sql }: Db, { id }: ClaimedMail): Promise<void> {
	// One statement: what lies between the server's word and the end of this comes twice when the process is killed.
	await sql`
		with sent as (
			update mail set state = 'sent', sent_at = app_now(), attempts = attempts + 1, claimed_until = null, next_attempt_at = null, last_error = null
			where id = ${id}::bigint and state = 'queued' returning id
		), of_questions as (
			update follow_up_reminder d set delivery = 'sent', delivery_at = app_now(), problem = null from sent where d.mail_id = sent.id and d.delivery <> 'dropped'
		)
		update reminder r set delivery = 'sent', delivery_at = app_now(), problem = null from sent where r.mail_id = sent.id and r.delivery <> 'dropped'`;
}

/** @returns when it is tried again; null = set aside */
async function recordFailure(db: Db, mail: ClaimedMail, kind: FailureKind, response: string, at: Date): Promise<Date | null> {
	const { sql } = db;
	// A server that is away is no fault of the mail's.
	const attempts = mail.attempts + (kind === 'unreachable' ? 0 : 1);
	const next = nextAttemptAt(kind, attempts, mail.queuedAt, at);
	const state = next !== null ? 'queued' : kind === 'bounced' ? 'bounced' : 'failed';
	const said = response.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 500);
	const saved = await sql`
		update mail set state = ${state}, attempts = ${attempts}, claimed_until = null, next_attempt_at = ${next}, last_error = ${said}
		where id = ${mail.id}::bigint and state = 'queued'`;
	if (saved.count === 0) return next;
	await sql`
		with of_questions as (
			update follow_up_reminder set delivery = ${next === null ? state : 'retrying'}, delivery_at = app_now(), problem = ${said}
			where mail_id = ${mail.id}::bigint and delivery <> 'dropped'
		)
		update reminder set delivery = ${next === null ? state : 'retrying'}, delivery_at = app_now(), problem = ${said}
		where mail_id = ${mail.id}::bigint and delivery <> 'dropped'`;
	if (kind === 'bounced' || (kind === 'later' && next === null))
		await noteDeadAddress(db, { mailId: mail.id, address: mail.toAddress, personId: mail.personId, said });
	return next;
}
