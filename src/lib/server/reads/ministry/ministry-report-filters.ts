import { dayInBeijing, endOf, startOf, type Day } from '#lib/domain/day.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { Category, Ministry } from '#lib/domain/parties.ts';
import type { ProgressFigure } from '#lib/domain/report/progress.ts';
import type { ReasonKind } from '#lib/domain/report/reason-kinds.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import type { Verdict } from '#lib/domain/check/criteria.ts';
import { TIER_KEPT, type Tier } from '#lib/domain/trend/trend-filter.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { countKey, instantKey, pairKey, textKey, type KeyOf, type Turn } from '#lib/server/reads/page.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';
import * as clauses from '#lib/server/store/report/clauses.ts';

export const MINISTRY_REPORT_SORTS = ['name', 'state', 'submitted', 'forwarded', 'days_late', 'flags'] as const;
export type MinistryReportSort = (typeof MINISTRY_REPORT_SORTS)[number];

/** Late at the channel (the enterprise's days), late at the ministries, on time, or extended: the last three as `yearOutcome` says them. */
export const LATE_FILTERS = ['ent', 'fwd', 'no', 'ext'] as const;
export type LateFilter = (typeof LATE_FILTERS)[number];

export const FLAG_FILTERS = ['warnings', 'unmet', 'outlook', 'none'] as const;
export type FlagFilter = (typeof FLAG_FILTERS)[number];

/** What the key of a place is under each order. */
export const MINISTRY_REPORT_KEYS = {
	name: textKey,
	state: pairKey,
	submitted: instantKey,
	forwarded: instantKey,
	days_late: countKey,
	flags: countKey
} as const satisfies Record<MinistryReportSort, KeyOf<unknown>>;

export interface MinistryReportsQuery extends Turn {
	readonly year: number | null;
	/** 'mine': forwarded and not yet received by the asking ministry. */
	readonly court: Court | 'mine' | null;
	readonly states: readonly ReportState[];
	readonly category: Category | null;
	readonly cohort: number | null;
	readonly channelId: string | null;
	/** Several cohorts together, and the tier of 方案第七条, as the trends narrow them. */
	readonly cohorts?: readonly number[];
	readonly tier?: Tier | null;
	/** What the version that spoke last was found to be by a criterion of 方案第五条. */
	readonly criterion?: { readonly id: CriterionId; readonly verdict: Verdict } | null;
	readonly late: LateFilter | null;
	readonly flags: FlagFilter | null;
	/** The reports behind a figure of the overview, at the end of `asOf`; null day = now. */
	readonly figure: ProgressFigure | null;
	readonly asOf: Day | null;
	/** The reports behind a counted reason. */
	readonly reason: { readonly kind: ReasonKind; readonly code: string } | null;
	/** With the channel or one of its departments since this day or longer. */
	readonly heldSince: Day | null;
	/** Part of the name or of the credit code. */
	readonly q: string;
	readonly sort: MinistryReportSort;
	readonly descending: boolean;
}

/** Only the conditions that were asked for stand in the statement, so that the index decides and not a row of "or". */
export function matching({ sql: clause }: Pick<ActorDb, 'sql'>, year: ReportingYear, query: MinistryReportsQuery, now: Date): Clause {
	const conditions: Clause[] = [];
	if (query.states.length > 0) conditions.push(clause`r.state = any(${query.states as string[]}::text[])`);
	if (query.category) conditions.push(clause`r.category = ${query.category}`);
	if (query.cohort !== null) conditions.push(clause`r.cohort_year = ${query.cohort}`);
	if (query.channelId !== null) conditions.push(clause`r.channel_id = ${query.channelId}`);
	if (query.cohorts && query.cohorts.length > 0) conditions.push(clause`r.cohort_year = any(${query.cohorts as number[]}::int[])`);
	if (query.tier) conditions.push(clause`r.channel_id in (select c.id from channel c where c.gdp_tier is not distinct from ${TIER_KEPT[query.tier]})`);
	if (query.criterion) conditions.push(foundBy({ sql: clause }, query.criterion));
	if (query.q !== '') conditions.push(findsEnterprise({ sql: clause }, query.q, 'report'));
	if (query.flags === 'warnings')
		conditions.push(clause`exists (select from annual_report_version v where v.report_id = r.id and v.no = r.current_version and v.warnings > 0)`);
	if (query.flags === 'unmet')
		conditions.push(clause`exists (select from version_verdict j where j.report_id = r.id and j.version_no = r.current_version and j.unmet <> '{}')`);
	if (query.flags === 'outlook')
		conditions.push(clause`exists (select from version_verdict j where j.report_id = r.id and j.version_no = r.current_version and j.outlook_unmet <> '{}')`);
	if (query.flags === 'none')
		conditions.push(
			clause`exists (select from annual_report_version v join version_verdict j on j.report_id = v.report_id and j.version_no = v.no
				where v.report_id = r.id and v.no = r.current_version and v.warnings = 0 and j.unmet = '{}')`
		);
	if (query.late) conditions.push(lateness({ sql: clause }, year, query.late, now));
	if (query.figure) conditions.push(behindFigure({ sql: clause }, year, query.figure, query.asOf ?? dayInBeijing(now)));
	if (query.reason) conditions.push(behindReason({ sql: clause }, query.reason));
	if (query.heldSince !== null) conditions.push(clause`r.state = 'submitted' and ${clauses.heldSince({ sql: clause })} < ${endOf(query.heldSince)}`);
	return conditions.reduce<Clause>((all, one) => clause`${all} and ${one}`, clause`true`);
}

function lateness({ sql: clause }: Pick<ActorDb, 'sql'>, year: ReportingYear, late: LateFilter, now: Date): Clause {
	const expected = clauses.isExpected({ sql: clause });
	const able = clause`not ${clauses.isUnableToFile({ sql: clause })}`;
	switch (late) {
		case 'no':
			return clauses.hasOutcome({ sql: clause }, year, now, ['on_time']);
		case 'fwd':
			return clauses.hasOutcome({ sql: clause }, year, now, ['late']);
		case 'ext':
			return clauses.hasOutcome({ sql: clause }, year, now, ['extended']);
		case 'ent':
			return clause`${expected} and ${able} and coalesce(r.first_submitted_at, ${now}::timestamptz) >= ${clauses.endOfEnterpriseDueOn({ sql: clause }, year)}`;
	}
}

/** The same reports that ministry-cohort-criteria.ts counts: what never came is unknown, never a failure. */
function foundBy({ sql: clause }: Pick<ActorDb, 'sql'>, { id, verdict }: NonNullable<MinistryReportsQuery['criterion']>): Clause {
	const counted = clause`(${clauses.isExpected({ sql: clause })} or r.first_forwarded_at is not null)`;
	const spoken = clause`j.report_id = r.id
		and j.version_no = (select max(v.no) from annual_report_version v where v.report_id = r.id and v.forwarded_at is not null)`;
	switch (verdict) {
		case 'unmet':
			return clause`${counted} and exists (select from version_verdict j where ${spoken} and ${id} = any(j.unmet))`;
		case 'met':
			return clause`${counted} and exists (select from version_verdict j where ${spoken} and ${id} <> all(j.unmet || j.unknown))`;
		case 'unknown':
			return clause`${counted} and not exists (select from version_verdict j where ${spoken} and ${id} <> all(j.unknown))`;
	}
}

/** Days late, up to the close of the year; whoever is unable to file, or not expected, stands before what is in time. */
export function daysLate({ sql: clause }: Pick<ActorDb, 'sql'>, year: ReportingYear, now: Date): Clause {
	return clause`case when ${clauses.isUnableToFile({ sql: clause })} or not ${clauses.isExpected({ sql: clause })}
		then -1 else ${clauses.daysLate({ sql: clause }, year, now)} end`;
}

/** Explained warnings of what came through the channel; what did not stands before what has none. */
export function flagCount({ sql: clause }: Pick<ActorDb, 'sql'>): Clause {
	return clause`coalesce((select v.warnings from annual_report_version v where v.report_id = r.id and v.no = r.current_version), -1)`;
}

/** The same sets that `progressOf` counts (domain/progress.ts): a test holds every figure and its list together. */
function behindFigure({ sql: clause }: Pick<ActorDb, 'sql'>, year: ReportingYear, figure: ProgressFigure, asOf: Day): Clause {
	const end = endOf(asOf);
	const due = clauses.endOfEffectiveDueOn({ sql: clause }, year);
	const expected = clauses.isExpected({ sql: clause });
	const able = clause`not ${clauses.isUnableToFile({ sql: clause })}`;
	const extended = clauses.isExtended({ sql: clause }, year);
	switch (figure) {
		case 'expected':
			return clauses.isExpected({ sql: clause });
		case 'submitted':
			return clause`${clauses.isExpected({ sql: clause })} and r.first_submitted_at < ${end}`;
		case 'forwarded':
			return clause`${clauses.isExpected({ sql: clause })} and r.first_forwarded_at < ${end}`;
		case 'missing':
			return clause`${clauses.isExpected({ sql: clause })} and (r.first_forwarded_at is null or r.first_forwarded_at >= ${end})`;
		case 'on_time':
			return clause`${clauses.isExpected({ sql: clause })} and r.first_forwarded_at < ${end} and r.first_forwarded_at < ${due}
				and not ${extended}`;
		case 'overdue':
			return clause`${expected} and ${able} and ${startOf(asOf)}::timestamptz >= ${due} and (r.first_forwarded_at is null or r.first_forwarded_at >= ${due})`;
		case 'extended':
			return clause`${expected} and ${able} and ${extended} and (${startOf(asOf)}::timestamptz < ${due} or r.first_forwarded_at < ${due})`;
		case 'excuse_pending':
			return clause`r.excuse_pending`;
		case 'excused':
			return clause`r.state = 'excused'`;
		case 'not_filed':
		case 'not_delivered':
			return clause`${expected} and ${clauses.isUndelivered({ sql: clause }, figure, 'closed')}`;
	}
}

/** The same rows that ministry-reasons.ts counts. */
function behindReason({ sql: clause }: Pick<ActorDb, 'sql'>, { kind, code }: { readonly kind: ReasonKind; readonly code: string }): Clause {
	switch (kind) {
		case 'returned':
			return clause`exists (select from report_return t where t.report_id = r.id and t.undone_at is null and t.reason_code = ${code})`;
		case 'late':
			return clause`(exists (select from report_reason k where k.report_id = r.id and k.kind = 'late' and k.code = ${code})
				or exists (select from late_reason x where x.report_id = r.id and x.reason_code = ${code}))`;
		case 'explained':
			return clause`exists (select from report_reason k where k.report_id = r.id and k.kind = ${kind} and k.code = ${code})`;
		case 'extension':
			return clause`exists (select from extension_request x where x.report_id = r.id and x.withdrawn_at is null and x.reason_code = ${code})`;
		case 'unable':
			return clause`exists (select from report_excuse x where x.report_id = r.id and x.lifted_at is null and x.verdict is distinct from 'refused'
				and x.reason_code = ${code})`;
	}
}

export function inCourt({ sql: clause }: Pick<ActorDb, 'sql'>, court: MinistryReportsQuery['court'], ministry: Ministry): Clause {
	if (court === null) return clause`true`;
	if (court !== 'mine') return clause`r.court = ${court}`;
	return ministry === 'mofcom'
		? clause`r.state = 'forwarded' and r.mofcom_received_version is distinct from r.current_version`
		: clause`r.state = 'forwarded' and r.miit_received_version is distinct from r.current_version`;
}
