import { CATEGORIES } from '#lib/domain/parties.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { makeBenchmarks, unmadeYears } from '#lib/server/store/trend/benchmarks.ts';

/**
 * Makes the benchmarks of years that were closed, once for each, from the history as it stood then: so it does not matter when it runs. Where an enterprise
 * has moved since, they are withheld from a channel more.
 */
export async function keepBenchmarks({ dry }: { readonly dry: boolean }): Promise<{ years: number; benchmarks: number }> {
	const unmade = await asSystem('keep benchmarks', unmadeYears, { readOnly: true });
	if (dry) return { years: unmade.length, benchmarks: 0 };
	let benchmarks = 0;
	for (const year of unmade)
		benchmarks += await asSystem('keep benchmarks', (db) => makeBenchmarks(db, year, CATEGORIES), {
			isolation: 'repeatable read',
			retry: true,
			deadlineMs: 600_000
		});
	return { years: unmade.length, benchmarks };
}
