import type { FigureBasis, FigureRow } from '#lib/domain/form/figure-metric.ts';
import type { HistoryFigures, ReadFigures } from '#lib/domain/form/figures.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import type { LockedReport } from './annual-report.ts';
import { isFiled } from './clauses.ts';

/** A stored row of annual_figure, as the database sends it: numerics stay text. */
export interface FigureColumns {
	employees: string | null;
	bachelor_or_above: string | null;
	intermediate_title_or_above: string | null;
	total_assets_wan: string | null;
	total_liabilities_wan: string | null;
	revenue_wan: string | null;
	profit_wan: string | null;
	rd_spending_wan: string | null;
	informatisation_wan: string | null;
	equipment_total: string | null;
	equipment_networked: string | null;
	ito_executed_wan: string | null;
	manufacturing_customers: string | null;
	manufacturing_revenue_wan: string | null;
	patents_invention: string | null;
	patents_utility: string | null;
	patents_design: string | null;
	software_copyrights: string | null;
}

/** Columns → properties, one by one: a renamed column must not compile into a silent null. */
export function figureRowOf(columns: FigureColumns): FigureRow {
	return {
		employees: columns.employees,
		bachelorOrAbove: columns.bachelor_or_above,
		intermediateTitleOrAbove: columns.intermediate_title_or_above,
		totalAssetsWan: columns.total_assets_wan,
		totalLiabilitiesWan: columns.total_liabilities_wan,
		revenueWan: columns.revenue_wan,
		profitWan: columns.profit_wan,
		rdSpendingWan: columns.rd_spending_wan,
		informatisationWan: columns.informatisation_wan,
		equipmentTotal: columns.equipment_total,
		equipmentNetworked: columns.equipment_networked,
		itoExecutedWan: columns.ito_executed_wan,
		manufacturingCustomers: columns.manufacturing_customers,
		manufacturingRevenueWan: columns.manufacturing_revenue_wan,
		patentsInvention: columns.patents_invention,
		patentsUtility: columns.patents_utility,
		patentsDesign: columns.patents_design,
		softwareCopyrights: columns.software_copyrights
	};
}

/**
 * Which version speaks: the current one of a report that stands filed, or the last one that was forwarded (one being corrected is still what the ministries
 * know).
 */
export type SpeakingVersion = 'filed' | 'forwarded';

/**
 * What reports state, by designation, in the order of report and figure year: the one question that names the columns.
 *
 * @param which condition on r (annual_report), with what the actor may see
 */
export async function loadFigures(db: Db, which: Clause, version: SpeakingVersion): Promise<ReadonlyMap<string, HistoryFigures>> {
	const { sql } = db;
	const clause = sql;
	const speaks: Clause =
		version === 'filed'
			? clause`f.version_no = r.current_version and ${isFiled(db)}`
			: clause`f.version_no = (select max(x.no) from annual_report_version x where x.report_id = r.id and x.forwarded_at is not null)`;
	const rows = await sql<(FigureColumns & { designation_id: string; figure_year: number; basis: string; year: number })[]>`
		select r.designation_id, f.figure_year, f.basis, r.year,
			f.employees, f.bachelor_or_above, f.intermediate_title_or_above, f.total_assets_wan, f.total_liabilities_wan, f.revenue_wan,
			f.profit_wan, f.rd_spending_wan, f.informatisation_wan, f.equipment_total, f.equipment_networked, f.ito_executed_wan,
			f.manufacturing_customers, f.manufacturing_revenue_wan, f.patents_invention, f.patents_utility, f.patents_design, f.software_copyrights
		from annual_report r join annual_figure f on f.report_id = r.id
		where ${which} and ${speaks} order by r.year, f.figure_year`;
	const stated = rows.map((row) => ({
		designationId: row.designation_id,
		forYear: row.figure_year,
		basis: row.basis as FigureBasis,
		reportYear: row.year,
		row: figureRowOf(row)
	}));
	return Map.groupBy(stated, ({ designationId }) => designationId);
}

/** What earlier years' reports of this designation state, for checks, criteria and last year's column. */
export async function loadHistory(db: Db, designationId: string, beforeYear: number): Promise<HistoryFigures> {
	const { sql: clause } = db;
	const figures = await loadFigures(db, clause`r.designation_id = ${designationId}::bigint and r.year < ${beforeYear}`, 'filed');
	return figures.get(designationId) ?? [];
}

/** Stores what a submitted version states: last year final, this year forecast, and audited years before them where it is the first to state them. */
export async function addFigures(
	{ sql }: Db,
	report: LockedReport,
	versionNo: number,
	{ rows, earlier }: Pick<ReadFigures, 'rows' | 'earlier'>
): Promise<void> {
	const add = async (basis: FigureBasis, figureYear: number, row: FigureRow): Promise<void> => {
		await sql`
			insert into annual_figure (report_id, version_no, figure_year, basis, designation_id,
				employees, bachelor_or_above, intermediate_title_or_above, total_assets_wan, total_liabilities_wan, revenue_wan, profit_wan,
				rd_spending_wan, informatisation_wan, equipment_total, equipment_networked, ito_executed_wan, manufacturing_customers,
				manufacturing_revenue_wan, patents_invention, patents_utility, patents_design, software_copyrights)
			values (${report.id}::bigint, ${versionNo}, ${figureYear}, ${basis}, ${report.designationId}::bigint,
				${row.employees}::numeric, ${row.bachelorOrAbove}::numeric, ${row.intermediateTitleOrAbove}::numeric, ${row.totalAssetsWan}::numeric,
					${row.totalLiabilitiesWan}::numeric,
				${row.revenueWan}::numeric, ${row.profitWan}::numeric, ${row.rdSpendingWan}::numeric, ${row.informatisationWan}::numeric,
					${row.equipmentTotal}::numeric,
				${row.equipmentNetworked}::numeric, ${row.itoExecutedWan}::numeric, ${row.manufacturingCustomers}::numeric, ${row.manufacturingRevenueWan}::numeric,
				${row.patentsInvention}::numeric, ${row.patentsUtility}::numeric, ${row.patentsDesign}::numeric, ${row.softwareCopyrights}::numeric)`;
	};
	const { year } = report.case.year;
	await Promise.all([
		add('final', year - 1, rows.final),
		add('forecast', year, rows.forecast),
		...earlier.map(({ basis, forYear, row }) => add(basis, forYear, row))
	]);
}
