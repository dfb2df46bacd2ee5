import { endOf } from '#lib/domain/day.ts';
import { isMinistry } from '#lib/domain/parties.ts';
import type { FrozenBasis, FrozenNow } from '#lib/domain/trend/frozen-view.ts';
import type { FrozenDocument } from '#lib/domain/trend/frozen-document.ts';
import { OUTLIER_RULE } from '#lib/domain/trend/outlier.ts';
import { QUARTILE_RULE } from '#lib/domain/trend/quantile.ts';
import { TIER_KEPT } from '#lib/domain/trend/trend-filter.ts';
import type { ActorDb, Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';

/** Frozen views are the two ministries’: the first lock, which names no table because a view is of no report. */
export function ofMinistries({ sql: clause, actor }: ActorDb): Clause {
	return clause`${isMinistry(actor.orgKind)}::boolean`;
}

/**
 * What a view rests on, asked now: the rules of its report years, how many reports were forwarded under its filters, when the latest was, and when one that the
 * view held was replaced. A view of a past day is asked as of that day. Filters by state are left out: a report that has moved on is still the same statement.
 */
export async function basisOf(
	{ sql, within }: Db,
	{ reportYears, filter }: Pick<FrozenDocument, 'reportYears' | 'filter'>,
	frozenAt: Date
): Promise<FrozenNow> {
	const { asOf, category, channelId, cohorts, tier } = filter;
	const until = asOf === null ? null : endOf(asOf);
	const kept = tier === null ? null : TIER_KEPT[tier];
	const [row] = await sql<{ statements: number; latest: Date | null; corrected: Date | null; policies: string[] | null }[]>`
		select count(distinct r.id)::int as statements, max(v.forwarded_at)::timestamptz as latest,
			(max(v.forwarded_at) filter (where v.forwarded_at > ${frozenAt}::timestamptz and exists (
				select from annual_report_version w
				where w.report_id = r.id and w.no < v.no and w.forwarded_at <= ${frozenAt}::timestamptz)))::timestamptz as corrected,
			(select array_agg(distinct y.policy_version order by y.policy_version) from reporting_year y
				where y.year = any(${reportYears as number[]}::int[])) as policies
		from annual_report r join annual_report_version v on v.report_id = r.id and v.forwarded_at is not null join channel c on c.id = r.channel_id
		where ${within.report} and r.year = any(${reportYears as number[]}::int[])
			and (${category}::text is null or r.category = ${category}) and (${channelId}::text is null or r.channel_id = ${channelId})
			and (${cohorts.length}::int = 0 or r.cohort_year = any(${cohorts as number[]}::int[]))
			and (${tier}::text is null or c.gdp_tier is not distinct from ${kept}::text)
			and (${until}::timestamptz is null or v.forwarded_at < ${until}::timestamptz)`;
	return {
		rules: [...(row?.policies ?? []), QUARTILE_RULE, OUTLIER_RULE.code],
		statements: row?.statements ?? 0,
		latestForwardedAt: row?.latest ?? null,
		latestCorrectedAt: row?.corrected ?? null
	};
}

/** A view of a list, as the question what has become of it. */
export interface FrozenQuestion extends Pick<FrozenDocument, 'reportYears' | 'filter'> {
	readonly code: string;
	readonly frozenAt: Date;
	readonly frozen: FrozenBasis;
}

/**
 * The same as {@link basisOf} of many views at once: only what was forwarded since is looked at, and added to what each rested on. What was forwarded before
 * and could not be seen yet is found by the view's own page, which counts all of it.
 */
export async function sinceOf({ sql, within }: Db, questions: readonly FrozenQuestion[]): Promise<ReadonlyMap<string, FrozenNow>> {
	const asked = questions.map(({ code, frozenAt, reportYears, filter: { asOf, category, channelId, cohorts, tier } }) => ({
		code,
		frozen_at: frozenAt.toISOString(),
		years: reportYears,
		cohorts,
		category,
		channel_id: channelId,
		tier: tier !== null,
		gdp_tier: tier === null ? null : TIER_KEPT[tier],
		until: asOf === null ? null : endOf(asOf).toISOString()
	}));
	const rows = await sql<{ code: string | null; fresh: number; latest: Date | null; corrected: Date | null; policies: string[] | null }[]>`
		select q.code, s.fresh, s.latest, s.corrected,
			(select array_agg(distinct y.policy_version order by y.policy_version) from reporting_year y where y.year = any(q.years)) as policies
		from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) q (code text, frozen_at timestamptz, years int[], cohorts int[], category text,
			channel_id text, tier boolean, gdp_tier text, until timestamptz)
		cross join lateral (
			select count(distinct r.id) filter (where not exists (select from annual_report_version w
					where w.report_id = r.id and w.forwarded_at <= q.frozen_at))::int as fresh,
				max(v.forwarded_at)::timestamptz as latest,
				(max(v.forwarded_at) filter (where exists (select from annual_report_version w
					where w.report_id = r.id and w.no < v.no and w.forwarded_at <= q.frozen_at)))::timestamptz as corrected
			from annual_report_version v join annual_report r on r.id = v.report_id join channel c on c.id = r.channel_id
			where ${within.report} and v.forwarded_at > q.frozen_at and r.year = any(q.years) and (q.category is null or r.category = q.category)
				and (q.channel_id is null or r.channel_id = q.channel_id) and (cardinality(q.cohorts) = 0 or r.cohort_year = any(q.cohorts))
				and (not q.tier or c.gdp_tier is not distinct from q.gdp_tier) and (q.until is null or v.forwarded_at < q.until)) s`;
	return new Map(
		rows.flatMap(({ code, fresh, latest, corrected, policies }): [string, FrozenNow][] => {
			const own = questions.find((one) => one.code === code)?.frozen;
			if (code === null || !own) return [];
			const rules = [...(policies ?? []), QUARTILE_RULE, OUTLIER_RULE.code];
			return [[code, { rules, statements: own.statements + fresh, latestForwardedAt: latest ?? own.latestForwardedAt, latestCorrectedAt: corrected }]];
		})
	);
}
