import { now } from '#lib/server/clock.ts';
import { closeDoor } from '#lib/server/db.ts';
import { once } from './once.ts';
import { JOBS } from './schedule.ts';

/**
 * `npm run job -- <name> [key] [--dry]`: runs one job by hand, for the key it is due for now or for the one given (a day, mostly).
 * What is done already stays done: a key that has run says so and changes nothing. `--dry` tells what would happen and does nothing.
 */
const words = process.argv.slice(2);
const dry = words.includes('--dry');
const [name, given] = words.filter((word) => !word.startsWith('--'));
const unknown = words.filter((word) => word.startsWith('--') && word !== '--dry');
const job = JOBS.find((one) => one.name === name);

if (!job || unknown.length > 0) {
	console.error(`Say which job: ${JOBS.map((one) => one.name).join(', ')}. Example: npm run job -- ${JOBS.at(-1)?.name ?? ''} 2026-11-27 --dry`);
	process.exit(1);
}
try {
	const keys = given === undefined ? (job.keysDue(now()) ?? ['']) : [given];
	if (keys.length === 0) console.log(`${job.name}: nothing is due now.`);
	for (const key of keys) {
		const outcome = dry || key === '' ? await job.run(key, { dry }) : await once(job.name, key, () => job.run(key, { dry }));
		console.log(outcome === 'already' ? `${job.name} ${key}: done already, or being done by another process.` : JSON.stringify(outcome, null, '\t'));
	}
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	await closeDoor();
}
