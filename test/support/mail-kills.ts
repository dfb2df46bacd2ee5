import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import type { SmtpServer } from './smtp-server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface KillsOfMail {
	/** Processes that were killed while they sent. */
	readonly kills: number;
	/** Mails that never reached the server. */
	readonly lost: number;
	/** Arrivals beyond the first of a mail, each with the Message-ID of the first. */
	readonly duplicates: number;
	/** The most that one kill brought twice. */
	readonly worst: number;
	readonly states: Readonly<Record<string, number>>;
	readonly seconds: number;
}

/** The same moments in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Mails to so many people in the outbox, with Message-IDs of their own. */
export async function layMails(sql: postgres.Sql, count: number): Promise<void> {
	await sql`
		insert into mail (to_address, template, locale, subject, text_body, html_body, message_id)
		select 'person' || n || '@example.cn', 'test', 'zh-CN', '催报', 'x', '<p>x</p>', '<kill.' || n || '@example.cn>' from generate_series(1, ${count}::int) n`;
}

/** Delivers what is queued in a process of its own, as the timetable does; ends when nothing is left or a run's share is done. */
export function deliveringProcess(databaseUrl: string, smtp: SmtpServer): ChildProcess {
	return spawn(join(ROOT, 'node_modules/.bin/node'), ['jobs/by-hand.ts', 'deliver-mail'], {
		cwd: ROOT,
		stdio: 'ignore',
		env: {
			PATH: process.env['PATH'],
			DATABASE_URL: databaseUrl,
			SMTP_URL: smtp.url,
			SESSION_SECRET: 'a secret for tests that nobody else uses',
			APP_ENV: 'demonstration'
		}
	});
}

/**
 * Kills delivering processes at moments of chance, evenly over all mails: each once so many more mails have come and some milliseconds have passed,
 * wherever in a conversation or in writing down it is then. Afterwards the claims of the dead run out and the rest is delivered.
 */
export async function killWhileDelivering({
	sql,
	url,
	smtp,
	mails,
	kills,
	seed
}: {
	readonly sql: postgres.Sql;
	readonly url: string;
	readonly smtp: SmtpServer;
	readonly mails: number;
	readonly kills: number;
	readonly seed: number;
}): Promise<KillsOfMail> {
	const began = performance.now();
	const chance = seeded(seed);
	const share = Math.floor(mails / (kills + 1));
	let killed = 0;
	const unrecorded: number[] = [];
	for (let kill = 0; kill < kills; kill += 1) {
		const child = deliveringProcess(url, smtp);
		const ended = once(child, 'exit');
		const upTo = smtp.received.length + 1 + Math.floor(chance() * share);
		const afterMs = chance() * 20;
		let set = false;
		smtp.manners = {
			...smtp.manners,
			taken: () => {
				if (set || smtp.received.length < upTo) return;
				set = true;
				void wait(afterMs).then(() => child.kill('SIGKILL'));
			}
		};
		await ended;
		if (child.signalCode === 'SIGKILL') killed += 1;
		const { taken: _, ...rest } = smtp.manners;
		smtp.manners = rest;
		const [row] = await sql<
			{ n: number }[]
		>`select count(*)::int as n from mail where state = 'queued' and message_id = any(${smtp.received.map(({ messageId }) => messageId)}::text[])`;
		unrecorded.push(row?.n ?? 0);
		// Two minutes later the claims of the dead have run out.
		await sql`update mail set claimed_until = clock_timestamp() - interval '1 second' where state = 'queued' and claimed_until is not null`;
	}
	for (let left = mails; left > 0;) {
		await once(deliveringProcess(url, smtp), 'exit');
		const [row] = await sql<{ n: number }[]>`select count(*)::int as n from mail where state = 'queued'`;
		if ((row?.n ?? 0) === left) break;
		left = row?.n ?? 0;
	}
	const counts = smtp.counts();
	const states = await sql<{ state: string; n: number }[]>`select state, count(*)::int as n from mail group by state`;
	return {
		kills: killed,
		lost: mails - counts.size,
		duplicates: smtp.received.length - counts.size,
		worst: Math.max(0, ...unrecorded),
		states: Object.fromEntries(states.map(({ state, n }) => [state, n])),
		seconds: (performance.now() - began) / 1_000
	};
}
