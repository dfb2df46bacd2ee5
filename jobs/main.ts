import { schedule } from 'node-cron';
import { now } from '#lib/server/clock.ts';
import { closeDoor } from '#lib/server/db/door.ts';
import { settingsOrEnd } from '#lib/server/db/logins.ts';
import { JOBS } from './schedule.ts';
import { tick } from './tick.ts';

/** The timetable process. Any number may run against one database: who does what is decided by claims in rows. */
const running = new Set<Promise<void>>();
await settingsOrEnd();

const tasks = JOBS.map((job) =>
	schedule(
		job.at,
		() => {
			const run = tick(job, now());
			running.add(run);
			return run.finally(() => running.delete(run));
		},
		{ name: job.name, timezone: 'Asia/Shanghai', noOverlap: true }
	)
);

let stopping = false;
async function stop(): Promise<void> {
	if (stopping) return;
	stopping = true;
	for (const task of tasks) await task.stop();
	await Promise.all(running);
	await closeDoor();
	process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
process.once('disconnect', () => void stop());
