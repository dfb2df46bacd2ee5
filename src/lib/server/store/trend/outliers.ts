import { decimal, decimalText, ZERO } from '#lib/domain/decimal.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { OUTLIER_RULE, OUTLIERS_FROM, outlierAgainst, outlierOfMove, type OutlierAnswer, type Reference } from '#lib/domain/trend/outlier.ts';
import type { TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Db } from '#lib/server/db/door.ts';

/** A figure that is far outside, with the statement it stands in and by what it was judged. */
export interface FoundOutlier {
	readonly designationId: string;
	readonly metric: TrendMetric;
	/** The report that stated it last, as the ministries have it. */
	readonly reportId: string;
	readonly reportYear: number;
	readonly versionNo: number;
	readonly value: string;
	/** The year before, on the same basis. */
	readonly before: string | null;
	readonly inCategory: OutlierAnswer;
	readonly asStep: OutlierAnswer | null;
}

export interface OutlierScope {
	readonly category: Category;
	/** The year the figures are of, not the one that states them. */
	readonly year: number;
	readonly basis: FigureBasis;
	readonly metrics: readonly TrendMetric[];
}

/**
 * Every figure of a category that is far outside: the mirror of `outlierRows`, which a property test holds it to. Only what is far leaves the database; the
 * domain judges it again, so the verdict and its score are never SQL's. Logarithms are PostgreSQL's numeric ones, asked for to 25 places and kept to twelve
 * like the domain's own.
 */
export async function findOutliers({ sql, within }: Db, { category, year, basis, metrics }: OutlierScope): Promise<readonly FoundOutlier[]> {
	const asked = metrics.map(({ id, formula, fields, scale }) => ({ metric: id, share: formula?.kind === 'share', fields, log: scale === 'log' }));
	const fields = [...new Set(metrics.flatMap((metric) => metric.fields))];
	const rows = await sql<
		{
			metric: string | null;
			designation_id: string;
			report_id: string | null;
			report_year: number | null;
			version_no: number | null;
			value: string | null;
			before: string | null;
			n: number | null;
			median: string | null;
			spread: string | null;
			total: string | null;
			step_n: number | null;
			step_median: string | null;
			step_spread: string | null;
			step_total: string | null;
		}[]
	>`
		with spoken as materialized (
			select r.designation_id, r.id as report_id, r.year as report_year,
				(select max(x.no) from annual_report_version x where x.report_id = r.id and x.forwarded_at is not null) as version_no
			from annual_report r where ${within.report} and r.category = ${category} and r.year >= ${year}::int - 1
		), said as materialized (
			select s.designation_id, s.report_id, s.report_year, s.version_no, f.figure_year, k.field, case k.field
				when 'employees' then f.employees when 'bachelor_or_above' then f.bachelor_or_above
				when 'intermediate_title_or_above' then f.intermediate_title_or_above when 'total_assets' then f.total_assets_wan
				when 'total_liabilities' then f.total_liabilities_wan when 'revenue' then f.revenue_wan when 'profit' then f.profit_wan
				when 'rd_spending' then f.rd_spending_wan when 'informatisation' then f.informatisation_wan when 'equipment_total' then f.equipment_total
				when 'equipment_networked' then f.equipment_networked when 'ito_executed' then f.ito_executed_wan
				when 'manufacturing_customers' then f.manufacturing_customers when 'manufacturing_revenue' then f.manufacturing_revenue_wan
				when 'patents_invention' then f.patents_invention when 'patents_utility' then f.patents_utility when 'patents_design' then f.patents_design
				when 'software_copyrights' then f.software_copyrights end as value
			from spoken s join annual_figure f on f.report_id = s.report_id and f.version_no = s.version_no
			cross join unnest(${fields as string[]}::text[]) as k (field)
			where f.figure_year in (${year}::int - 1, ${year}::int) and f.basis = ${basis}
		), latest as (
			-- what is known of a field is what the latest report says of it
			select distinct on (s.designation_id, s.figure_year, s.field) s.* from said s where s.value is not null
			order by s.designation_id, s.figure_year, s.field, s.report_year desc
		), measured as (
			select a.metric, a.share, a.log, l.designation_id, l.figure_year = ${year}::int as now,
				(array_agg(l.report_id order by l.report_year desc))[1] as report_id, max(l.report_year) as report_year,
				(array_agg(l.version_no order by l.report_year desc))[1] as version_no, sum(l.value) as added,
				max(l.value) filter (where l.field = a.fields[1]) as part, max(l.value) filter (where l.field = a.fields[2]) as whole
			from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as a (metric text, share boolean, fields text[], log boolean)
			join latest l on l.field = any(a.fields)
			group by a.metric, a.share, a.log, a.fields, l.designation_id, l.figure_year having count(*) = cardinality(a.fields)
		), valued as (
			-- a share to twelve places, half away from zero, by whole numbers: nothing is rounded twice
			select m.*, case when not m.share then m.added when m.whole > 0 then
				sign(m.part) * div(2 * abs(m.part) * 1000000000000 + m.whole, 2 * m.whole) * 0.000000000001 end as value
			from measured m
		), placed as (
			select v.*, case when not v.log then v.value when v.value > 0 then round(ln(v.value::numeric(60, 25)), 12) end as place
			from valued v where v.value is not null
		), member as (
			select p.metric, p.designation_id, max(p.value) filter (where p.now) as value, max(p.value) filter (where not p.now) as before,
				max(p.place) filter (where p.now) as place, max(p.place) filter (where not p.now) as place_before,
				max(p.report_id) filter (where p.now) as report_id, max(p.report_year) filter (where p.now) as report_year,
				max(p.version_no) filter (where p.now) as version_no
			from placed p group by p.metric, p.designation_id having count(*) filter (where p.now) = 1
		), ranked as (
			select m.*, k.step, k.at_place, row_number() over w as at, count(k.at_place) over (partition by m.metric, k.step) as n
			from member m cross join lateral (values (false, m.place), (true, m.place - m.place_before)) as k (step, at_place)
			window w as (partition by m.metric, k.step order by k.at_place nulls last)
		), centred as (
			select r.*, (min(r.at_place) filter (where r.at in ((r.n + 1) / 2, (r.n + 2) / 2)) over g
				+ max(r.at_place) filter (where r.at in ((r.n + 1) / 2, (r.n + 2) / 2)) over g) * 0.5 as median
			from ranked r window g as (partition by r.metric, r.step)
		), apart as (
			select c.*, abs(c.at_place - c.median) as distance,
				row_number() over (partition by c.metric, c.step order by abs(c.at_place - c.median) nulls last) as away
			from centred c
		), held as (
			select a.*, (min(a.distance) filter (where a.away in ((a.n + 1) / 2, (a.n + 2) / 2)) over g
				+ max(a.distance) filter (where a.away in ((a.n + 1) / 2, (a.n + 2) / 2)) over g) * 0.5 as spread, sum(a.distance) over g as total
			from apart a window g as (partition by a.metric, a.step)
		)
		select h.metric, h.designation_id, max(h.report_id) as report_id, max(h.report_year)::int as report_year,
			max(h.version_no)::int as version_no,
			max(h.value)::text as value, max(h.before)::text as before,
			max(h.n) filter (where not h.step)::int as n, max(h.median) filter (where not h.step)::text as median,
			max(h.spread) filter (where not h.step)::text as spread, max(h.total) filter (where not h.step)::text as total,
			max(h.n) filter (where h.step)::int as step_n, max(h.median) filter (where h.step)::text as step_median,
			max(h.spread) filter (where h.step)::text as step_spread, max(h.total) filter (where h.step)::text as step_total
		from held h group by h.metric, h.designation_id
		having bool_or(h.n >= ${OUTLIERS_FROM}::int and case
			when h.spread > 0 then ${OUTLIER_RULE.consistency}::numeric * h.distance > ${OUTLIER_RULE.beyond}::numeric * h.spread
			else h.n * h.distance > ${OUTLIER_RULE.beyond}::numeric * ${OUTLIER_RULE.ofMeanDeviation}::numeric * h.total end)`;
	return rows.flatMap((row) => {
		const metric = metrics.find(({ id }) => id === row.metric);
		const { report_id: reportId, report_year: reportYear, version_no: versionNo } = row;
		if (!metric || reportId === null || reportYear === null || versionNo === null || row.value === null) return [];
		const known = { value: plain(row.value), before: row.before === null ? null : plain(row.before) };
		const category = referenceFrom(metric, row.n, row.median, row.spread, row.total);
		const steps = referenceFrom(metric, row.step_n, row.step_median, row.step_spread, row.step_total);
		const inCategory = outlierAgainst(category, known.value);
		const asStep = known.before === null ? null : outlierOfMove(steps, { before: known.before, after: known.value });
		return [{ designationId: row.designation_id, metric, reportId, reportYear, versionNo, ...known, inCategory, asStep }];
	});
}

/** As the domain writes a figure: without the noughts a column pads it with. */
function plain(text: string): string {
	return decimalText(decimal(text));
}

function referenceFrom({ scale }: TrendMetric, n: number | null, median: string | null, medianDeviation: string | null, deviations: string | null): Reference {
	const of = (text: string | null) => (text === null ? ZERO : decimal(text));
	return { scale, n: n ?? 0, median: of(median), medianDeviation: of(medianDeviation), deviations: of(deviations) };
}
