import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { migrate } from '#db/migrate.ts';
import { startTestServer } from '../support/database-server.ts';
import { killWhileDelivering, layMails } from '../support/mail-kills.ts';
import { SmtpServer } from '../support/smtp-server.ts';

/**
 * `node test/bench/mail-kills.ts`: how many of many mails come twice, or not at all, when the delivering process is killed again and again.
 *
 * --mails 3000     in the outbox, each to somebody else
 * --kills 20       spread over them, at moments of chance
 * --seed 1         of the chance
 * --delay 0        milliseconds the mail server takes for each answer
 */
const { values } = parseArgs({
	options: {
		mails: { type: 'string', default: '3000' },
		kills: { type: 'string', default: '20' },
		seed: { type: 'string', default: '1' },
		delay: { type: 'string', default: '0' }
	}
});
const [mails, kills, seed, delayMs] = [values.mails, values.kills, values.seed, values.delay].map(Number) as [number, number, number, number];

// Durable, as in production: writing down what has left waits for the disk.
const server = await startTestServer();
const smtp = new SmtpServer();
const sql = postgres(server.url, { max: 2, onnotice: () => undefined });
try {
	await migrate({ url: server.url });
	await layMails(sql, mails);
	await smtp.up();
	smtp.manners = { delayMs };
	const found = await killWhileDelivering({ sql, url: server.url, smtp, mails, kills, seed });
	console.log(
		`${mails} mails, ${found.kills} kills, ${delayMs} ms per ` +
			`answer: ${found.lost} lost, ${found.duplicates} twice (${((found.duplicates / mails) * 1_000).toFixed(2)} per thousand, at ` +
			`most ${found.worst} of one kill), ${found.seconds.toFixed(0)} s; ${JSON.stringify(found.states)}`
	);
} finally {
	await smtp.down();
	await sql.end({ timeout: 1 });
	await server.remove();
}
