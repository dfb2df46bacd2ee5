import { announceReportingYear, askToOpenYear, openingsDue } from '#lib/server/acts/chase/announce-reporting-year.ts';
import { day } from '#lib/domain/day.ts';
import type { Job } from './job.ts';

/**
 * Announces a year that has begun (key: `2026`) or what came to be owed after that (key: `added-2026-2026-11-30`), and asks the ministries to open one that
 * ought to be (key: `ahead-2027`). It opens none itself.
 */
export const openYearJob: Job = {
	name: 'open-year',
	at: '*/10 * * * *',
	keysDue: openingsDue,
	run: (key, how) => {
		const added = /^added-(\d{4})-(.+)$/.exec(key);
		if (added) return announceReportingYear(Number(added[1]), { ...how, owedOn: day(added[2] ?? '') });
		const found = /^(ahead-)?(\d{4})$/.exec(key);
		if (!found) throw new RangeError(`not a year: ${key}`);
		const year = Number(found[2]);
		return found[1] === undefined ? announceReportingYear(year, how) : askToOpenYear(year, how);
	}
};
