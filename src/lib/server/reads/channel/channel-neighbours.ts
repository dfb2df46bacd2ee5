import { distributionOf } from '#lib/domain/trend/quantile.ts';
import { OWN_RATIO_PLACES, trendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import type { LockedReport } from '#lib/server/store/report/annual-report.ts';
import { isFiled } from '#lib/server/store/report/clauses.ts';

/**
 * What the channel's other enterprises of the category forecast for the same year; nobody is named. Below QUARTILES_FROM of domain/trend there are no
 * quartiles but the figures one by one: the channel sees each of them whole, so nothing is told by them.
 */
export interface NeighbourMeasure {
	/** A field or a derived figure of the form. */
	readonly subject: string;
	readonly n: number;
	readonly lower: string | null;
	readonly median: string | null;
	readonly upper: string | null;
	/** Ascending; empty where there are quartiles. */
	readonly dots: readonly string[];
}

/** Quartiles by the one rule (domain/trend), or dots; of forecasts alone. */
export async function neighbourMeasures(db: ActorDb, report: Pick<LockedReport, 'id' | 'channelId' | 'category' | 'case'>): Promise<NeighbourMeasure[]> {
	const { sql, within } = db;
	const rows = await sql<{ subject: string; stated: (string | null)[] }[]>`
		with measure as (
			select m.subject, m.value
			from annual_report r
			join annual_figure f on f.report_id = r.id and f.version_no = r.current_version and f.basis = 'forecast'
			cross join lateral (values
				('revenue', f.revenue_wan),
				('employees', f.employees),
				('informatisation_share', case when r.category = 'manufacturing' and f.revenue_wan > 0
					then round(f.informatisation_wan / f.revenue_wan, ${OWN_RATIO_PLACES}) end),
				('networking_rate', case when r.category = 'manufacturing' and f.equipment_total > 0
					then round(f.equipment_networked / f.equipment_total, ${OWN_RATIO_PLACES}) end),
				('ito_executed', f.ito_executed_wan),
				('manufacturing_customers', f.manufacturing_customers),
				('manufacturing_share', case when r.category = 'it_outsourcing' and f.revenue_wan > 0
					then round(f.manufacturing_revenue_wan / f.revenue_wan, ${OWN_RATIO_PLACES}) end)
			) as m (subject, value)
			where r.channel_id = ${report.channelId} and r.year = ${report.case.year.year} and r.category = ${report.category} and r.id <> ${report.id}::bigint
				and ${isFiled(db)} and m.value is not null and ${within.report}
		)
		select coalesce(m.subject, '') as subject, coalesce(array_agg(m.value::text), '{}') as stated from measure m group by m.subject`;
	return rows.map(({ subject, stated }) => {
		const values = stated.flatMap((value) => value ?? []);
		const found = distributionOf(values, trendMetric(subject)?.unit ?? 'count');
		const { lower, median, upper } = found.kind === 'quartiles' ? found : { lower: null, median: null, upper: null };
		return { subject, n: found.n, lower, median, upper, dots: found.kind === 'dots' ? found.values : [] };
	});
}
