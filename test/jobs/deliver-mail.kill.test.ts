import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { deliveringProcess, killWhileDelivering, layMails } from '../support/mail-kills.ts';
import { SmtpServer } from '../support/smtp-server.ts';

/**
 * A process killed at any moment of sending: nothing is lost, and a kill repeats one mail at most, recognisably: the one the server had taken and the
 * process had not written down. `node test/bench/mail-kills.ts` measures it at size.
 */
const MAILS = 300;
const KILLS = 4;
const WORST_MAILS = 60;
const WORST_KILLS = 2;

let smtp: SmtpServer;
let database: TestDatabase;

beforeEach(async () => {
	smtp = new SmtpServer();
	await smtp.up();
	database = await createTestDatabase();
});
afterEach(async () => {
	await smtp.down();
	await database.drop();
});

test(`${KILLS} kills at moments of chance`, { timeout: 120_000 }, async () => {
	await layMails(database.adminSql, MAILS);
	const found = await killWhileDelivering({ sql: database.adminSql, url: database.url, smtp, mails: MAILS, kills: KILLS, seed: 7 });
	expect(found).toMatchObject({ kills: KILLS, lost: 0, states: { sent: MAILS } });
	expect(found.worst).toBeLessThanOrEqual(1);
	expect(found.duplicates).toBeLessThanOrEqual(KILLS);
});

test(`${WORST_KILLS} kills at the worst moment there is, and two processes afterwards`, { timeout: 120_000 }, async () => {
	await layMails(database.adminSql, WORST_MAILS);
	for (let kill = 1; kill <= WORST_KILLS; kill += 1) {
		const child = deliveringProcess(database.url, smtp);
		const ended = once(child, 'exit');
		const upTo = smtp.received.length + 5;
		// The server has the mail and the sender has not heard of it.
		smtp.manners = { taken: () => void (smtp.received.length >= upTo && child.kill('SIGKILL')) };
		await ended;
		expect(child.signalCode).toBe('SIGKILL');
	}
	smtp.manners = {};
	const [claimed] = await database.adminSql<{ n: number }[]>`select count(*)::int as n from mail where state = 'queued' and claimed_until > clock_timestamp()`;
	expect(claimed?.n).toBe(WORST_KILLS);
	// Two minutes later the claims of the dead have run out.
	await database.adminSql`update mail set claimed_until = clock_timestamp() - interval '1 second' where state = 'queued' and claimed_until is not null`;
	await Promise.all([1, 2].map(() => once(deliveringProcess(database.url, smtp), 'exit')));
	const counts = smtp.counts();
	expect(counts.size).toBe(WORST_MAILS);
	expect([...counts.values()].filter((count) => count > 1)).toEqual(Array.from({ length: WORST_KILLS }, () => 2));
	const states = await database.adminSql<{ state: string; n: number }[]>`select state, count(*)::int as n from mail group by state`;
	expect(states).toEqual([{ state: 'sent', n: WORST_MAILS }]);
});
