import type { ActorDb } from '#lib/server/db/door.ts';
import type { LockedReport } from '#lib/server/store/report/annual-report.ts';
import { isFiled } from '#lib/server/store/report/clauses.ts';

/** Fewer enterprises than this are recognisable behind their quartiles (domain.md 5). */
export const QUARTILES_FROM = 5;

/**
 * What the channel's other enterprises of the category forecast for the same year; nobody is named. `lower`, `median`, `upper` are null below {@link
 * QUARTILES_FROM}.
 */
export interface NeighbourMeasure {
	/** A field or a derived figure of the form. */
	readonly subject: string;
	readonly n: number;
	readonly lower: string | null;
	readonly median: string | null;
	readonly upper: string | null;
}

/** Quartiles are made in the database, so that the figures of a small group never leave it. */
export async function neighbourMeasures(db: ActorDb, report: Pick<LockedReport, 'id' | 'channelId' | 'category' | 'case'>): Promise<NeighbourMeasure[]> {
	const { sql, within } = db;
	const rows = await sql<{ subject: string; n: number; lower: string | null; median: string | null; upper: string | null }[]>`
		with measure as (
			select m.subject, m.value
			from annual_report r
			join annual_figure f on f.report_id = r.id and f.version_no = r.current_version and f.basis = 'forecast'
			cross join lateral (values
				('revenue', f.revenue_wan),
				('employees', f.employees),
				('informatisation_share', case when r.category = 'manufacturing' and f.revenue_wan > 0 then f.informatisation_wan / f.revenue_wan end),
				('networking_rate', case when r.category = 'manufacturing' and f.equipment_total > 0 then f.equipment_networked / f.equipment_total end),
				('ito_executed', f.ito_executed_wan),
				('manufacturing_customers', f.manufacturing_customers),
				('manufacturing_share', case when r.category = 'it_outsourcing' and f.revenue_wan > 0 then f.manufacturing_revenue_wan / f.revenue_wan end)
			) as m (subject, value)
			where r.channel_id = ${report.channelId} and r.year = ${report.case.year.year} and r.category = ${report.category} and r.id <> ${report.id}::bigint
				and ${isFiled(db)} and m.value is not null and ${within.report}
		)
		select coalesce(m.subject, '') as subject, count(*)::int as n,
			case when count(*) >= ${QUARTILES_FROM} then round((percentile_cont(0.25) within group (order by m.value))::numeric, 6) end as lower,
			case when count(*) >= ${QUARTILES_FROM} then round((percentile_cont(0.5) within group (order by m.value))::numeric, 6) end as median,
			case when count(*) >= ${QUARTILES_FROM} then round((percentile_cont(0.75) within group (order by m.value))::numeric, 6) end as upper
		from measure m group by m.subject`;
	return rows;
}
