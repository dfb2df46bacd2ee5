import { CATEGORIES } from '#lib/domain/parties.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { addLimits, yearsWithoutLimits } from '#lib/server/store/trend/filer-limits.ts';

/** Makes what filers’ figures are held against of every year that was closed since, once and never again (非方案规定). */
export async function keepFilerLimits({ dry }: { readonly dry: boolean }): Promise<{ years: number; limits: number }> {
	const years = await asSystem('keep filer limits', (db) => yearsWithoutLimits(db), { readOnly: true });
	let limits = 0;
	if (!dry)
		for (const year of years)
			limits += await asSystem('keep filer limits', (db) => addLimits(db, year, CATEGORIES), {
				isolation: 'repeatable read',
				retry: true,
				deadlineMs: 600_000
			});
	return { years: years.length, limits };
}
