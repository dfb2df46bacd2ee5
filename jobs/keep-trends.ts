import { keepTrendCells } from '#lib/server/acts/trend/keep-trend-cells.ts';
import type { Job } from './job.ts';

/** Keeps the statistics of the trends where figures have changed. No key: what has changed is claimed by the act; any key by hand makes all anew. */
export const keepTrendsJob: Job = {
	name: 'keep-trends',
	at: '*/10 * * * *',
	keysDue: () => null,
	run: (key, { dry }) => keepTrendCells({ dry, all: key !== '' })
};
