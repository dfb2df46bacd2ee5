import { keepBenchmarks } from '#lib/server/acts/trend/keep-benchmarks.ts';
import { keepFilerLimits } from '#lib/server/acts/trend/keep-filer-limits.ts';
import { keepTrendCells } from '#lib/server/acts/trend/keep-trend-cells.ts';
import type { Job } from './job.ts';

/**
 * Keeps the statistics of the trends where figures have changed, and makes the benchmarks and what filers are held against of years that were closed. No key:
 * what has changed is claimed by the acts; any key by hand makes the statistics anew, but nothing that is made once by a close.
 */
export const keepTrendsJob: Job = {
	name: 'keep-trends',
	at: '*/10 * * * *',
	keysDue: () => null,
	run: async (key, { dry }) => ({
		...(await keepTrendCells({ dry, all: key !== '' })),
		...(await keepBenchmarks({ dry })),
		filerLimits: (await keepFilerLimits({ dry })).limits
	})
};
