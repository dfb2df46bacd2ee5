import { EMPTY_FIGURE_ROW, type FigureRow, type Metric } from '#lib/domain/form/figure-metric.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import type { Policy } from '#lib/domain/policy.ts';
import {
	JUDGED_ON,
	placeOf,
	policyWith,
	tryOn,
	TRIABLE,
	type Trial,
	type TriedReport,
	type TriedVerdict,
	type TrialSubject
} from '#lib/domain/trend/policy-trial.ts';
import { limitOf } from '#lib/domain/trend/trend-metric.ts';
import type { ActorDb, Db } from '#lib/server/db/door.ts';
import { loadPolicies, policyIn } from '#lib/server/store/report/policy.ts';
import { endOfScope, isMember, type TrendScope } from './trend-scope.ts';

/** Reports of a year that stand on the same sides of both thresholds: one of them is judged, and speaks for all. */
export interface TriedGroup extends TriedVerdict {
	readonly key: string;
	readonly year: number;
	readonly n: number;
}

/** A report whose verdict would be another, as the rule reads it. */
export interface MovedReport {
	readonly reportId: string;
	readonly enterpriseId: string;
	readonly name: string;
	readonly channelId: string;
	readonly report: TriedReport;
}

/** Everything a trial asks the record with. */
export interface AskedTrial {
	readonly scope: TrendScope;
	readonly trial: Trial;
	/** Report years. */
	readonly from: number;
	readonly to: number;
	readonly policies: ReadonlyMap<string, Policy>;
}

/** Every policy a report may have been judged by. */
export async function loadAllPolicies(db: Pick<Db, 'sql'>): Promise<ReadonlyMap<string, Policy>> {
	const rows = await db.sql<{ version: string }[]>`select version from policy`;
	return loadPolicies(
		db,
		rows.map(({ version }) => version)
	);
}

/** The thresholds of every version as the database compares with them, in force and tried; both parts of M6, whichever is tried. */
function thresholdsOf({ trial, policies }: Pick<AskedTrial, 'trial' | 'policies'>) {
	const { criterion, category } = placeOf(trial.subject);
	const subjects: readonly TrialSubject[] = TRIABLE.filter((one) => one.criterion === criterion).map(({ subject }) => subject);
	const versions = [...policies.keys()];
	const under = (subject: TrialSubject | undefined, of: (policy: Policy) => Policy): (string | null)[] =>
		versions.map((version) => (subject === undefined ? null : (limitOf({ id: subject }, category, of(policyIn(policies, version)))?.threshold ?? null)));
	const tried = (policy: Policy): Policy => policyWith(policy, trial);
	const [first, second] = subjects;
	return {
		criterion,
		category,
		versions,
		firstInForce: under(first, (policy) => policy),
		firstTried: under(first, tried),
		secondInForce: under(second, (policy) => policy),
		secondTried: under(second, tried)
	};
}

/** The reports of the years in groups that are judged alike, each group judged by `domain/check`: one question, however many reports. */
export async function loadTrialGroups(db: ActorDb, { scope, trial, from, to, policies }: AskedTrial): Promise<readonly TriedGroup[]> {
	const { sql, within } = db;
	const asked = thresholdsOf({ trial, policies });
	const rows = await sql<
		{
			year: number;
			policy_version: string;
			filed: boolean;
			sides: string;
			n: number;
			figure_years: number[] | null;
			firsts: string[] | null;
			seconds: string[] | null;
		}[]
	>`
		with judged as materialized (
			select r.* from trial_reports(${endOfScope(scope)}::timestamptz, ${asked.category}, ${asked.criterion}, ${from}::int, ${to}::int,
				${asked.versions}::text[], ${asked.firstInForce}::numeric[], ${asked.firstTried}::numeric[], ${asked.secondInForce}::numeric[],
				${asked.secondTried}::numeric[]) r
			where ${within.report} and ${isMember(db, scope)}
		), alike as (
			select j.year, j.policy_version, j.filed, j.sides, count(*)::int as n, min(j.report_id) as example
			from judged j group by j.year, j.policy_version, j.filed, j.sides
		)
		select coalesce(a.year, 0) as year, coalesce(a.policy_version, '') as policy_version, coalesce(a.filed, false) as filed, coalesce(a.sides, '') as sides,
			coalesce(a.n, 0) as n, j.figure_years, j.firsts, j.seconds
		from alike a join judged j on j.report_id = a.example`;
	return rows.map((row) => {
		const report = row.filed ? reportOf(row, row.sides, { trial, policies }) : null;
		return { key: keyOf(row), year: row.year, n: row.n, ...tryOn(report, trial) };
	});
}

/** A page of the reports of some groups, newest year first, then by designation. */
export async function loadMoved(
	db: ActorDb,
	{ scope, trial, from, to, policies }: AskedTrial,
	keys: readonly string[],
	seek: { readonly year: number; readonly designationId: string; readonly back: boolean } | null,
	most: number
): Promise<readonly MovedReport[]> {
	if (keys.length === 0) return [];
	const { sql, within } = db;
	const asked = thresholdsOf({ trial, policies });
	const back = seek?.back ?? false;
	const rows = await sql<
		{
			report_id: string;
			designation_id: string;
			enterprise_id: string;
			name: string;
			channel_id: string;
			year: number;
			policy_version: string;
			figure_years: number[] | null;
			firsts: string[] | null;
			seconds: string[] | null;
		}[]
	>`
		select coalesce(r.report_id, 0) as report_id, coalesce(r.designation_id, 0) as designation_id, e.id as enterprise_id, e.name,
			coalesce(r.channel_id, '') as channel_id, coalesce(r.year, 0) as year, coalesce(r.policy_version, '') as policy_version,
			r.figure_years, r.firsts, r.seconds
		from trial_reports(${endOfScope(scope)}::timestamptz, ${asked.category}, ${asked.criterion}, ${from}::int, ${to}::int,
			${asked.versions}::text[], ${asked.firstInForce}::numeric[], ${asked.firstTried}::numeric[], ${asked.secondInForce}::numeric[],
			${asked.secondTried}::numeric[]) r
		join enterprise e on e.id = r.enterprise_id
		where ${within.report} and ${isMember(db, scope)}
			and concat_ws('|', r.year, r.policy_version, r.filed, r.sides) = any(${keys as string[]}::text[])
			and (${seek === null}::boolean or case when ${back}::boolean
				then (-r.year, r.designation_id) < (-${seek?.year ?? 0}::int, ${seek?.designationId ?? '0'}::bigint)
				else (-r.year, r.designation_id) > (-${seek?.year ?? 0}::int, ${seek?.designationId ?? '0'}::bigint) end)
		order by case when ${back}::boolean then r.year else -r.year end, case when ${back}::boolean then -r.designation_id else r.designation_id end
		limit ${most}`;
	return rows.map((row) => ({
		reportId: row.report_id,
		enterpriseId: row.enterprise_id,
		name: row.name,
		channelId: row.channel_id,
		report: reportOf(row, row.designation_id, { trial, policies })
	}));
}

function keyOf({ year, policy_version: version, filed, sides }: { year: number; policy_version: string; filed: boolean; sides: string }): string {
	return [year, version, filed ? 't' : 'f', sides].join('|');
}

/** The statements of a row as the rule reads them: the figures the criterion is judged on, and no other. */
function reportOf(
	row: {
		readonly year: number;
		readonly policy_version: string;
		readonly figure_years: number[] | null;
		readonly firsts: string[] | null;
		readonly seconds: string[] | null;
	},
	designationId: string,
	{ trial, policies }: Pick<AskedTrial, 'trial' | 'policies'>
): TriedReport {
	const { criterion, category } = placeOf(trial.subject);
	const [first, second] = JUDGED_ON[criterion];
	const known: HistoryFigures = (row.figure_years ?? []).map((year, index) => {
		const stated: Partial<Record<Metric, string | null>> = { [first]: row.firsts?.[index] || null };
		if (second) stated[second] = row.seconds?.[index] || null;
		const figures: FigureRow = { ...EMPTY_FIGURE_ROW, ...stated };
		return { forYear: year, basis: 'final' as const, reportYear: row.year, row: figures };
	});
	return { designationId, policy: policyIn(policies, row.policy_version), category, runningYear: row.year, known, answers: {} };
}
