import { addressOfRunning, startEmbedded, type EmbeddedDatabase } from '#db/embedded.ts';
import { now } from '#lib/server/clock.ts';
import { closeDoor } from '#lib/server/db/door.ts';
import { once } from './once.ts';
import { JOBS } from './schedule.ts';

/**
 * `npm run job -- <name> [key] [--dry]`: runs one job by hand, for the key it is due for now or for the one given (a day, mostly).
 * What is done already stays done: a key that has run says so and changes nothing. `--dry` tells what would happen and does nothing.
 * Without DATABASE_URL it works on the embedded database, beside a running `npm start` or by starting it for as long as it takes.
 */
const words = process.argv.slice(2);
const dry = words.includes('--dry');
const [name, given] = words.filter((word) => !word.startsWith('--'));
const unknown = words.filter((word) => word.startsWith('--') && word !== '--dry');
const job = JOBS.find((one) => one.name === name);

if (!job || unknown.length > 0) {
	console.error(`Say which job: ${JOBS.map((one) => one.name).join(', ')}. Example: npm run job -- remind 2026-11-27 --dry`);
	process.exit(1);
}

/** Leads the door to the embedded database where no other is set; returns what has to be stopped afterwards. */
async function findDatabase(): Promise<EmbeddedDatabase | undefined> {
	if (process.env['DATABASE_URL'] || process.env['EMBEDDED_DATABASE_URL']) return undefined;
	const running = await addressOfRunning();
	const started = running === undefined ? await startEmbedded() : undefined;
	process.env['EMBEDDED_DATABASE_URL'] = running ?? started?.url ?? '';
	return started;
}

let embedded: EmbeddedDatabase | undefined;
try {
	embedded = await findDatabase();
	const keys = given === undefined ? ((await job.keysDue(now())) ?? ['']) : [given];
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
	await embedded?.stop();
}
