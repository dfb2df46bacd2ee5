import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { SmtpServer } from '../support/smtp-server.ts';

/** A process killed between the server's taking a mail and its writing that down: nothing is lost, and only what was on its way comes twice, recognisably. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Conversations at a time, as in deliver-mail.ts: so many may be on their way when a process dies. */
const PARALLEL = 4;
const MAILS = 60;
const KILLS = 3;

const smtp = new SmtpServer();
let database: TestDatabase;

beforeAll(async () => {
	await smtp.up();
	database = await createTestDatabase();
	await database.adminSql`
		insert into mail (to_address, template, locale, subject, text_body, html_body, message_id)
		select 'person' || n || '@example.cn', 'test', 'zh-CN', '催报', 'x', '<p>x</p>', '<kill.' || n || '@example.cn>' from generate_series(1, ${MAILS}) n`;
});
afterAll(async () => {
	await smtp.down();
	await database.drop();
});

function schedulerRun(): ChildProcess {
	return spawn(join(ROOT, 'node_modules/.bin/node'), ['jobs/by-hand.ts', 'deliver-mail'], {
		cwd: ROOT,
		stdio: 'ignore',
		env: { PATH: process.env['PATH'], DATABASE_URL: database.url, SMTP_URL: smtp.url, SESSION_SECRET: 'a secret for tests that nobody else uses', APP_ENV: 'demonstration' }
	});
}

test(`${KILLS} kills between sending and writing down`, { timeout: 180_000 }, async () => {
	for (let kill = 1; kill <= KILLS; kill += 1) {
		const child = schedulerRun();
		const ended = once(child, 'exit');
		const upTo = smtp.received.length + 5;
		// Killed while the server has the mail and the sender has not heard of it: the worst moment there is.
		smtp.manners = { taken: () => void (smtp.received.length >= upTo && child.kill('SIGKILL')) };
		await ended;
		expect(child.signalCode).toBe('SIGKILL');
	}
	smtp.manners = {};
	const [claimed] = await database.adminSql<{ n: number }[]>`select count(*)::int as n from mail where state = 'queued' and claimed_until > clock_timestamp()`;
	expect(claimed?.n).toBeGreaterThan(0);
	expect(claimed?.n).toBeLessThanOrEqual(KILLS * PARALLEL);
	// Two minutes later the claims of the dead have run out.
	await database.adminSql`update mail set claimed_until = clock_timestamp() - interval '1 second' where state = 'queued' and claimed_until is not null`;
	await Promise.all([schedulerRun(), schedulerRun()].map((child) => once(child, 'exit')));
	const counts = smtp.counts();
	expect(counts.size).toBe(MAILS);
	expect(Math.max(...counts.values())).toBeLessThanOrEqual(2);
	expect([...counts.values()].filter((count) => count > 1).length).toBeLessThanOrEqual(KILLS * PARALLEL);
	const states = await database.adminSql<{ state: string; n: number }[]>`select state, count(*)::int as n from mail group by state`;
	expect(states).toEqual([{ state: 'sent', n: MAILS }]);
});
