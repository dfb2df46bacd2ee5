import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliverMail } from '#lib/server/acts/chase/deliver-mail.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { queueMail, type Letter } from '#lib/server/mail/mail.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { SmtpServer, type ReceivedMail } from '../../support/smtp-server.ts';

/** Real conversations with a mail server that refuses, dawdles and is away (quality.md 4). */
const smtp = new SmtpServer();
let database: TestDatabase;

beforeAll(async () => {
	await smtp.up();
	process.env['SMTP_URL'] = smtp.url;
	process.env['MAIL_FROM'] = 'reports@example.cn';
	database = await applicationDatabase();
});
afterAll(() => smtp.down());
beforeEach(async () => {
	smtp.forget();
	await database.adminSql`delete from mail`;
});

const letter = (to: string, changes: Partial<Letter> = {}): Letter => ({
	template: 'test',
	locale: 'zh-CN',
	to,
	personId: null,
	name: '王经办',
	subject: '年度报告',
	paragraphs: ['请查收。'],
	...changes
});
const queue = (...letters: Letter[]) =>
	asSystem('test', async (db) => {
		for (const one of letters) await queueMail(db, one);
	});
type MailRow = {
	to_address: string;
	state: string;
	attempts: number;
	last_error: string | null;
	next_attempt_at: Date | null;
	claimed_until: Date | null;
	message_id: string;
};
const mails = () =>
	database.adminSql<MailRow[]>`select to_address, state, attempts, last_error, next_attempt_at, claimed_until, message_id from mail order by id`;
const inMinutes = (minutes: number) => ({ clock: () => new Date(Date.now() + minutes * 60_000) });
const headersOf = (mail: ReceivedMail | undefined) => mail?.data.split('\r\n\r\n', 1)[0];
const many = (count: number) => Array.from({ length: count }, (_, n) => letter(`person${n}@example.cn`));

describe('delivery', () => {
	test('a mail reaches its one recipient, in Chinese, with its calendar entry', async () => {
		await queue(letter('li@example.cn'));
		await database.adminSql`update mail set ics = ${'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'}`;
		expect(await deliverMail()).toMatchObject({ sent: 1, put_off: 0, set_aside: 0 });
		expect(smtp.received).toHaveLength(1);
		const [mail] = smtp.received;
		expect(mail?.from).toBe('reports@example.cn');
		expect(mail?.to).toEqual(['li@example.cn']);
		expect(mail?.data).toMatch(/^to: li@example\.cn$/im);
		expect(mail?.data).toMatch(/content-type: text\/calendar; charset=utf-8/i);
		expect(mail?.data).toMatch(/content-type: text\/html/i);
		// What it is, for programs: from the system by name, written by nobody, and no list that could be left.
		const headers = headersOf(mail) ?? '';
		expect(headers).toMatch(/^From: =\?UTF-8\?\S+\?= <reports@example\.cn>$/im);
		expect(headers).toMatch(/^Auto-Submitted: auto-generated$/im);
		expect(headers).not.toMatch(/^List-/im);
		const [row] = await mails();
		expect(row).toMatchObject({ state: 'sent', attempts: 1, claimed_until: null });
		expect(mail?.messageId).toBe(row?.message_id);
		expect(await deliverMail()).toMatchObject({ sent: 0 });
	});

	test('a summary says which list it is and where it is switched off', async () => {
		await queue(letter('li@example.cn', { digest: true }));
		await deliverMail();
		const headers = headersOf(smtp.received[0]) ?? '';
		expect(headers).toMatch(/^Auto-Submitted: auto-generated$/im);
		expect(headers).toMatch(/^List-Id: <digest\.[a-z0-9.-]+>$/im);
		expect(headers).toMatch(/^List-Unsubscribe: <https?:\/\/[^>\s]+\/me>$/im);
	});

	test('what is not to leave yet waits', async () => {
		await queue(letter('li@example.cn'));
		await database.adminSql`update mail set not_before = app_now() + interval '30 seconds'`;
		expect(await deliverMail()).toMatchObject({ sent: 0 });
		expect(await deliverMail(inMinutes(1))).toMatchObject({ sent: 1 });
	});

	test('one recipient is refused for good: set aside at once, the others go', async () => {
		await queue(letter('a@example.cn'), letter('gone@example.cn'), letter('b@example.cn'));
		smtp.manners = { recipient: (address) => (address.startsWith('gone') ? '550 5.1.1 no such user' : undefined) };
		expect(await deliverMail()).toMatchObject({ sent: 2, set_aside: 1 });
		expect(await mails()).toMatchObject([{ state: 'sent' }, { state: 'bounced', last_error: '550 5.1.1 no such user' }, { state: 'sent' }]);
		expect(await deliverMail(inMinutes(600))).toMatchObject({ sent: 0, put_off: 0, set_aside: 0 });
	});

	test('a relay that does not trust us declares nobody dead', async () => {
		await queue(letter('a@example.cn'));
		smtp.manners = { recipient: () => '554 5.7.1 relay access denied' };
		expect(await deliverMail()).toMatchObject({ put_off: 1, set_aside: 0 });
		expect(await mails()).toMatchObject([{ state: 'queued', attempts: 1 }]);
	});

	test('a mail whose content is refused is set aside, the others go', async () => {
		await queue(letter('a@example.cn'), letter('b@example.cn'));
		smtp.manners = { data: (mail) => (mail.to[0] === 'a@example.cn' ? '552 5.3.4 too big' : undefined) };
		expect(await deliverMail()).toMatchObject({ sent: 1, set_aside: 1 });
		expect(await mails()).toMatchObject([{ state: 'failed' }, { state: 'sent' }]);
	});

	test('put off again and again: further and further apart, then set aside and visible', async () => {
		await queue(letter('full@example.cn'));
		smtp.manners = { recipient: () => '452 4.2.2 mailbox full' };
		const waits: number[] = [];
		let minutes = 0;
		for (let attempt = 1; attempt <= 9; attempt += 1) {
			const started = Date.now();
			expect(await deliverMail(inMinutes(minutes))).toMatchObject({ put_off: 1 });
			const [row] = await mails();
			const wait = Math.round(((row?.next_attempt_at?.getTime() ?? 0) - started) / 60_000 - minutes);
			waits.push(wait);
			expect(await deliverMail(inMinutes(minutes + wait - 0.5))).toMatchObject({ put_off: 0 });
			minutes += wait + 0.5;
		}
		expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240]);
		expect(await deliverMail(inMinutes(minutes))).toMatchObject({ set_aside: 1 });
		expect(await mails()).toMatchObject([{ state: 'failed', attempts: 10, last_error: '452 4.2.2 mailbox full' }]);
	});

	test('the server is away for two hours: nothing is lost, nothing is counted against a mail, everything goes when it is back', async () => {
		await queue(...many(20));
		await smtp.down();
		for (let minutes = 0; minutes <= 120; minutes += 10) expect(await deliverMail(inMinutes(minutes))).toMatchObject({ sent: 0, set_aside: 0 });
		expect(new Set((await mails()).map(({ state, attempts }) => `${state} ${attempts}`))).toEqual(new Set(['queued 0']));
		await smtp.up();
		expect(await deliverMail(inMinutes(125))).toMatchObject({ sent: 20 });
		expect([...smtp.counts().values()]).toEqual(Array.from({ length: 20 }, () => 1));
	});

	test('a slow server holds no transaction open, and nobody gets a mail twice although three schedulers look on', async () => {
		await queue(...many(8));
		smtp.manners = { delayMs: 300 };
		const runs = Promise.all([deliverMail(), deliverMail(), deliverMail()]);
		let longest = 0;
		const watched = setInterval(() => {
			void database.adminSql<{ ms: number | null }[]>`
				select (max(extract(epoch from clock_timestamp() - xact_start)) * 1000)::float8 as ms from pg_stat_activity where application_name = 'keyent'
					and datname = current_database()`.then(([row]) => (longest = Math.max(longest, row?.ms ?? 0)));
		}, 100);
		const sent = (await runs).reduce((sum, run) => sum + run.sent, 0);
		clearInterval(watched);
		expect(sent).toBe(8);
		expect([...smtp.counts().values()]).toEqual(Array.from({ length: 8 }, () => 1));
		// Each conversation lasts two seconds and more; no transaction lasts as long as one answer of the server.
		expect(longest).toBeLessThan(1_500);
	});

	test('three schedulers at once send each of many once', async () => {
		await queue(...many(90));
		await Promise.all([deliverMail(), deliverMail(), deliverMail()]);
		expect(smtp.received).toHaveLength(90);
		expect(smtp.counts().size).toBe(90);
	});

	test('a claim that ran out is taken over', async () => {
		await queue(letter('li@example.cn'));
		await database.adminSql`update mail set claimed_until = clock_timestamp() + interval '1 minute'`;
		expect(await deliverMail()).toMatchObject({ sent: 0 });
		await database.adminSql`update mail set claimed_until = clock_timestamp() - interval '1 second'`;
		expect(await deliverMail()).toMatchObject({ sent: 1 });
	});
});

const CROOKED = [
	'a@example.cn, b@example.cn',
	'a@example.cn;b@example.cn',
	'a@example.cn b@example.cn',
	'a@example.cn\r\nBcc: b@example.cn',
	'team: a@example.cn, b@example.cn;',
	'"a" <a@example.cn>',
	'<a@example.cn>',
	'a@example.cn\n',
	'a@b@example.cn',
	'a@',
	'@example.cn',
	'a@example.cn>\r\nRCPT TO:<b@example.cn'
];

describe('nobody is smuggled in', () => {
	test.each(CROOKED)('refused at entry: %j', async (address) => {
		await expect(queue(letter(address))).rejects.toMatchObject({ constraint_name: 'mail_one_plain_address' });
	});

	test('a subject with a second line is one line', async () => {
		await queue(letter('a@example.cn', { subject: '年度报告\r\nBcc: b@example.cn' }));
		await deliverMail();
		expect(headersOf(smtp.received[0])).not.toMatch(/^bcc:/im);
		expect(smtp.received[0]?.to).toEqual(['a@example.cn']);
	});

	test('refused at sending too, should one ever stand in the outbox: none reaches the server, the others go', async () => {
		const { adminSql } = database;
		await adminSql`alter table mail drop constraint mail_one_plain_address`;
		await adminSql`alter table mail drop constraint mail_subject_one_line`;
		try {
			await queue(...CROOKED.map((address) => letter(address)), letter('good@example.cn'));
			await adminSql`update mail set subject = ${'x\r\nBcc: b@example.cn'} where to_address = 'good@example.cn'`;
			expect(await deliverMail()).toMatchObject({ sent: 1, set_aside: CROOKED.length });
			expect(smtp.commands.filter((line) => line.startsWith('RCPT')).map((line) => line.slice(0, 40))).toEqual(['RCPT TO:<good@example.cn>']);
			expect(headersOf(smtp.received[0])).not.toMatch(/^bcc:/im);
		} finally {
			await adminSql`delete from mail`;
			await adminSql`alter table mail add constraint mail_one_plain_address
		check (to_address ~ '^[^[:space:][:cntrl:],;:<>"()@]+@[^[:space:][:cntrl:],;:<>"()@]+$')`;
		}
	});
});
