import { asSystem } from '#lib/server/db/door.ts';

/** Folds the differences of every year that is not closed into one row per group; the sums are the same before and after. */
export async function foldCounts({ dry }: { readonly dry: boolean }): Promise<{ years: number; rows: number }> {
	const years = await asSystem('fold counts', ({ sql }) => sql<{ year: number }[]>`select year from reporting_year where closed_at is null order by year`, {
		readOnly: true
	});
	let rows = 0;
	for (const { year } of years) {
		rows += await asSystem(
			'fold counts',
			async ({ sql }) => {
				const [before] = await sql<{ n: number | null }[]>`select (select count(*) from report_tally t where t.year = ${year})::int as n`;
				if (dry) return before?.n ?? 0;
				await sql<{ fold_report_counts: unknown | null }[]>`select fold_report_counts(${year})`;
				const [after] = await sql<{ n: number | null }[]>`select (select count(*) from report_tally t where t.year = ${year})::int as n`;
				return (before?.n ?? 0) - (after?.n ?? 0);
			},
			{ deadlineMs: 60_000 }
		);
	}
	return { years: years.length, rows };
}
