import { fieldRevenues } from '#lib/domain/form/field-revenue.ts';
import type { Answers } from '#lib/domain/form/answer-key.ts';
import { yearOfBasis } from '#lib/domain/form/annual-report-form.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { LockedReport } from './annual-report.ts';

/** Stores what a submitted version states of each manufacturing field (附件2 业务开展情况二): last year final, this year forecast. */
export async function addFieldRevenues({ sql }: Db, report: LockedReport, versionNo: number, answers: Answers): Promise<void> {
	const rows = fieldRevenues(answers).flatMap(({ industry, revenue }) =>
		(['final', 'forecast'] as const).flatMap((basis) => {
			const wan = revenue[basis];
			return industry === null || wan === null ? [] : [{ basis, year: yearOfBasis(report.case.year.year, basis), industry, wan }];
		})
	);
	if (rows.length === 0) return;
	await sql`
		insert into annual_field_revenue (report_id, version_no, figure_year, basis, designation_id, industry, revenue_wan)
		select ${report.id}::bigint, ${versionNo}, given.year, given.basis, ${report.designationId}::bigint, given.industry, given.wan
		from unnest(${rows.map(({ year }) => year)}::int[], ${rows.map(({ basis }) => basis)}::text[], ${rows.map(({ industry }) => industry)}::text[],
			${rows.map(({ wan }) => wan)}::numeric[]) as given (year, basis, industry, wan)`;
}
