import type { JudgedFar } from '#lib/domain/check/checks-of-cohort.ts';
import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { Answers } from '#lib/domain/form/answer-key.ts';
import { METRICS, type FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { readFigures, type HistoryFigures } from '#lib/domain/form/figures.ts';
import type { Category } from '#lib/domain/parties.ts';
import { filerLimits } from '#lib/domain/trend/filer-limits.ts';
import { isMeasured, readingOf, TREND_METRICS } from '#lib/domain/trend/trend-metric.ts';
import type { Db } from '#lib/server/db/door.ts';
import { loadFigures } from '#lib/server/store/report/annual-figure.ts';

/** What is typed, as it was judged. */
export interface TypedReport {
	readonly form: AnnualReportForm;
	readonly year: number;
	readonly answers: Answers;
	readonly history: HistoryFigures;
}

/**
 * Which of the typed figures are far outside their category in the last closed year. The database answers yes and n; neither limit nor median passes this
 * door, and whoever asks cannot read the table behind it. One query; none where nothing is typed.
 */
export async function loadFar({ sql }: Db, { form, year, answers, history }: TypedReport): Promise<readonly JudgedFar[]> {
	const { rows } = readFigures(form, year, answers, history);
	const typed = (['final', 'forecast'] as const).flatMap((basis) =>
		METRICS.flatMap(({ metric, fieldId }) => {
			const value = rows[basis][metric];
			return value === null ? [] : [{ metric: fieldId as string, basis, value }];
		})
	);
	if (typed.length === 0) return [];
	const found = await sql<{ metric: string | null; basis: string | null; n: number | null }[]>`
		select f.metric, f.basis, f.n from far_from_cohort(${form.category}, ${year}, ${JSON.stringify(typed)}::text::jsonb) f`;
	return found.flatMap(({ metric, basis, n }) => {
		const one = typed.find((figure) => figure.metric === metric && figure.basis === basis);
		return one && n !== null ? [{ fieldId: one.metric, basis: one.basis, value: one.value, n }] : [];
	});
}

/** Closed years whose limits are not made yet, oldest first. */
export async function yearsWithoutLimits({ sql }: Db): Promise<readonly number[]> {
	const rows = await sql<{ year: number }[]>`
		select y.year from reporting_year y where y.closed_at is not null and not exists (select from filer_limit_year l where l.report_year = y.year)
		order by y.year`;
	return rows.map(({ year }) => year);
}

/** Makes the limits of a closed year from what its reports state, for ever; whoever comes second finds them made. */
export async function addLimits(db: Db, reportYear: number, categories: readonly Category[]): Promise<number> {
	const { sql } = db;
	const clause = sql;
	const taken = await sql<{ report_year: number }[]>`
		insert into filer_limit_year (report_year) values (${reportYear}) on conflict (report_year) do nothing returning report_year`;
	if (taken.length === 0) return 0;
	const made: { category: string; metric: string; report_year: number; basis: string; n: number; below: string | null; above: string | null }[] = [];
	for (const category of categories) {
		const figures = [...(await loadFigures(db, clause`r.category = ${category} and r.year = ${reportYear}`, 'forwarded')).values()];
		for (const metric of TREND_METRICS.filter(({ formula, categories: of }) => formula === null && of.includes(category)))
			for (const basis of ['final', 'forecast'] as const) {
				const values = figures.flatMap((stated) => {
					const reading = readingOf(metric, stated, yearStated(reportYear, basis), basis);
					return isMeasured(reading) ? [reading.value] : [];
				});
				const limits = filerLimits(values, metric);
				if (limits !== null) made.push({ category, metric: metric.id, report_year: reportYear, basis, ...limits });
			}
	}
	await sql`
		insert into filer_limit (category, metric, report_year, basis, n, below, above)
		select g.category, g.metric, g.report_year, g.basis, g.n, g.below, g.above
		from jsonb_to_recordset(${JSON.stringify(made)}::text::jsonb)
			as g (category text, metric text, report_year integer, basis text, n integer, below numeric, above numeric)`;
	return made.length;
}

/** The audited figures of the year before, the forecasts of its own (方案第十一条). */
const yearStated = (reportYear: number, basis: FigureBasis): number => (basis === 'final' ? reportYear - 1 : reportYear);
