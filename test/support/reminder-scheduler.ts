/** A scheduler of its own process, for tests that kill it: does what the file names as due, again and again, as the timetable does. */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { once } from '#jobs/once.ts';
import { planRemindersOfDay } from '#lib/server/acts/chase/plan-reminders.ts';

const [file = ''] = process.argv.slice(2);
for (;;) {
	const key = readFileSync(file, 'utf8').trim();
	if (key === 'end') break;
	try {
		if (key !== '') await once('remind', key, () => planRemindersOfDay(key, { dry: false }));
	} catch {
		// A later round takes it up, as a later tick would.
	}
	await wait(15);
}
process.exit(0);
