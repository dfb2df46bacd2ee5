import { fork } from 'node:child_process';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Process } from './application.ts';
import { APP_NOW, LAST_YEAR, withOwner } from './data.ts';
import { send } from './load.ts';
import { SECRET, type Draft, type Ready } from './prepare.ts';

/** People at work: each thinks a moment after every answer, so that what is measured is waiting, not a machine at its limit. */
const READERS = 8;
const READER_THINKS_MS = 200;
const SUBMITTERS = 2;
const SUBMITTER_THINKS_MS = 300;
/** With the one who files, three people of each enterprise that still holds its report: some two thousand at 1,500 enterprises. */
const MORE_PEOPLE = ['second', 'third'] as const;
const REMINDED_ON = APP_NOW.slice(0, 10);

export type Waits = { count: number; p50: number; p95: number; most: number; errors: number; firstError: string | undefined };
export type Side = { seconds: number; reads: Waits; submissions: Waits };
export type Reminded = { alone: Side; beside: Side; mails: number; jobSeconds: number };

/** What readers and submitters wait for, first with nothing else, then while the timetable reminds everybody who holds a report. */
export async function whileReminded({
	ready,
	app,
	folder,
	databaseUrl,
	seconds
}: {
	ready: Ready;
	app: Process;
	folder: string;
	databaseUrl: string;
	seconds: number;
}): Promise<Reminded> {
	await withOwner(databaseUrl, layRecipients);
	try {
		const drafts = [...ready.drafts];
		// Warm: plans are prepared per connection, code is compiled once it is hot.
		await drive(ready, app, drafts, wait(3_000));
		const alone = await drive(ready, app, drafts, wait(seconds * 1_000));
		const began = performance.now();
		const job = remind(folder, databaseUrl);
		let jobSeconds = 0;
		const ended = job.then(() => void (jobSeconds = (performance.now() - began) / 1_000));
		const beside = await drive(ready, app, drafts, ended);
		const mails = await withOwner(databaseUrl, async (sql) => (await sql<{ n: number }[]>`select count(distinct mail_id)::int as n from reminder`)[0]?.n ?? 0);
		return { alone, beside, mails, jobSeconds };
	} finally {
		await withOwner(databaseUrl, clear);
	}
}

/** Recipients, and a year whose working days are known: otherwise its reminders are held. */
const layRecipients: Parameters<typeof withOwner<void>>[1] = async (sql) => {
	await clear(sql);
	await sql`insert into working_calendar (year, version, source, entered_by, entered_by_name) values (${LAST_YEAR}, 1, 'bench', 'bench', '周某')
		on conflict do nothing`;
	for (const name of MORE_PEOPLE) {
		await sql`
			insert into person (id, name, email, synthetic)
			select ${name} || '-' || r.enterprise_id, '吴某', ${name} || '-' || r.enterprise_id || '@example.cn', true
			from annual_report r where r.year = ${LAST_YEAR} and r.court = 'enterprise' order by r.id`;
		await sql`
			insert into membership (person_id, org_id, duty)
			select p.id, o.id, 'handler' from person p join organisation o on o.enterprise_id = split_part(p.id, '-', 2)::bigint where p.id like ${`${name}-%`}
				order by p.id`;
	}
	await sql.unsafe('vacuum (analyze) person, membership, mail, reminder');
};

const clear: Parameters<typeof withOwner<void>>[1] = async (sql) => {
	await sql.begin(async (tx) => {
		await tx`set local session_replication_role = replica`;
		await tx`truncate mail, reminder`;
		await tx`delete from job_run where job = 'remind'`;
		for (const name of MORE_PEOPLE) {
			await tx`delete from membership where person_id like ${`${name}-%`}`;
			await tx`delete from person where id like ${`${name}-%`}`;
		}
	});
};

/** The job as the timetable runs it, in a process of its own. */
function remind(folder: string, databaseUrl: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = fork(join(folder, 'jobs/by-hand.ts'), ['remind', REMINDED_ON], {
			cwd: folder,
			stdio: 'ignore',
			env: { ...process.env, NODE_ENV: 'production', APP_ENV: 'demonstration', DATABASE_URL: databaseUrl, APP_NOW, SESSION_SECRET: SECRET }
		});
		child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the reminders ended with ${String(code)}`))));
	});
}

/** Reads and submits until the end has come, at most two minutes. */
async function drive(ready: Ready, app: Process, drafts: Draft[], end: Promise<unknown>): Promise<Side> {
	const agent = new Agent({ keepAlive: true });
	const began = performance.now();
	let over = false;
	const until = Promise.race([end, wait(120_000, undefined, { ref: false })]).finally(() => (over = true));
	const reads = new Times();
	const submissions = new Times();
	const pages = (n: number) => {
		const draft = ready.drafts[(n * 7) % ready.drafts.length];
		return (
			[
				{ path: `/ministry/reports?year=${LAST_YEAR}&class=mfg&sort=name`, cookie: ready.mofcom },
				{ path: `/channel/chase?year=${LAST_YEAR}`, cookie: ready.commerce },
				{ path: `/enterprise/reports/${LAST_YEAR}`, cookie: draft?.cookie ?? ready.mofcom }
			][n % 3] ?? { path: '/', cookie: '' }
		);
	};
	let asked = 0;
	const reader = async (): Promise<void> => {
		while (!over) {
			const { path, cookie } = pages(asked++);
			await reads.take(
				path,
				() => send(agent, app.port, { path, headers: { cookie } }),
				({ status, body }) => status === 200 && body.includes('<main')
			);
			await wait(READER_THINKS_MS);
		}
	};
	const submitter = async (): Promise<void> => {
		for (let draft = drafts.shift(); draft && !over; draft = drafts.shift()) {
			const { cookie, mark } = draft;
			await submissions.take(
				'submit',
				() =>
					send(agent, app.port, {
						path: `/enterprise/reports/${LAST_YEAR}/check?/submit`,
						method: 'POST',
						headers: {
							cookie,
							'x-page': mark,
							origin: `http://127.0.0.1:${app.port}`,
							'content-type': 'application/x-www-form-urlencoded',
							accept: 'text/html'
						},
						body: 'afterVersion=0&lateReasonCode=&lateReason='
					}),
				({ status, headers }) => status === 303 && String(headers['location']).endsWith('/receipt')
			);
			await wait(SUBMITTER_THINKS_MS);
		}
	};
	await Promise.all([until, ...Array.from({ length: SUBMITTERS }, submitter), ...Array.from({ length: READERS }, reader)]);
	agent.destroy();
	return { seconds: (performance.now() - began) / 1_000, reads: reads.waits(), submissions: submissions.waits() };
}

class Times {
	private readonly times: number[] = [];
	private errors = 0;
	private firstError: string | undefined;

	async take<T extends { status: number; body: string }>(what: string, ask: () => Promise<T>, right: (answer: T) => boolean): Promise<void> {
		const from = performance.now();
		const answer = await ask();
		if (right(answer)) this.times.push(performance.now() - from);
		else {
			this.errors += 1;
			this.firstError ??= `${what} → ${answer.status} ${answer.body.replace(/\s+/g, ' ').slice(0, 200)}`;
		}
	}

	waits(): Waits {
		const sorted = this.times.sort((a, b) => a - b);
		const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
		return { count: sorted.length, p50: at(0.5), p95: at(0.95), most: sorted.at(-1) ?? Number.NaN, errors: this.errors, firstError: this.firstError };
	}
}

/** The line of the bench's print, with the goals of the deadline night. */
export function printReminded({ alone, beside, mails, jobSeconds }: Reminded): void {
	console.log(`\nwhile ${mails} are reminded (${jobSeconds.toFixed(1)} s; ${READERS} readers, ${SUBMITTERS} who submit)`);
	for (const [name, goal, one, other] of [
		['reads', 500, alone.reads, beside.reads],
		['submissions', 1_000, alone.submissions, beside.submissions]
	] as const) {
		const said = ({ count, p50, p95, most }: Waits) => `${p50.toFixed(0)} / ${p95.toFixed(0)} / ${most.toFixed(0)} ms of ${count}`;
		console.log(
			`  ${name.padEnd(12)} p50 / p95 / most: alone ${said(one)}; beside ${said(other)}; p95 ≤ ${goal} ms: ` +
				`${other.errors > 0 ? 'ERRORS' : other.p95 <= goal ? 'met' : 'NOT MET'}`
		);
		for (const { errors, firstError } of [one, other]) if (errors > 0) console.log(`  ${name}: ${errors} errors: ${firstError ?? ''}`);
	}
}
