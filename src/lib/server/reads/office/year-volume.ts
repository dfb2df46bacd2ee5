import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { NeedKind, NeedState } from '#lib/domain/need-state.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { yearOutcome, type YearOutcome } from '#lib/domain/report/year-outcome.ts';
import { verdictsKept } from '#lib/domain/trend/criterion-counts.ts';
import { yearVolume, type VolumeReport, type YearVolume } from '#lib/domain/trend/year-volume.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { loadFigures } from '#lib/server/store/report/annual-figure.ts';
import { loadPolicies } from '#lib/server/store/report/policy.ts';
import { loadReportingYears } from '#lib/server/store/report/reporting-year.ts';
import { policyByYear } from '#lib/server/store/trend/policy-by-year.ts';
import { channelChoices, type ChannelChoice } from './channel-choices.ts';

/** One enterprise's report as the list of a volume shows it. */
export interface VolumeRow extends VolumeReport {
	readonly reportId: string;
	readonly name: string;
	readonly creditCode: string;
	readonly cohortYear: number;
	readonly court: Court;
	readonly outcome: YearOutcome;
	readonly firstSubmittedAt: Date | null;
	readonly firstForwardedAt: Date | null;
	readonly unmet: readonly CriterionId[];
	readonly unknown: readonly CriterionId[];
}

export interface NeedCount {
	readonly kind: NeedKind;
	readonly state: NeedState;
	readonly n: number;
}

export interface BoundYear {
	readonly year: ReportingYear;
	/** Whose it is: of one channel, or the nation. */
	readonly channel: ChannelChoice | null;
	readonly channels: readonly ChannelChoice[];
	readonly years: readonly number[];
	readonly asOf: Day;
	readonly volume: YearVolume;
	/** By category, channel and name. */
	readonly rows: readonly VolumeRow[];
	readonly needs: readonly NeedCount[];
}

/** A channel that is not there leaves the nation's, and is named. */
export interface VolumeAnswer {
	readonly bound: BoundYear | null;
	readonly ignored: readonly string[];
}

/** Programs people have open no more rows than this. */
export const VOLUME_MOST = 50_000;

/**
 * Powers /ministry/volumes/[year], /channel/volumes/[year] and their workbooks: the nation's or a channel's for the ministries, its own for a channel,
 * which the scope clause and the second lock hold it to. Six queries. Null where no such year was opened.
 */
export function boundYear(actor: Actor, of: number, channelId: string | null, now: Date): Promise<VolumeAnswer> {
	return asActor(
		actor,
		async (db) => {
			const [years, channels] = await Promise.all([loadReportingYears(db), channelChoices(db)]);
			const year = years.find((one) => one.year === of);
			const channel = channels.find(({ id }) => id === (actor.channelId ?? channelId)) ?? null;
			const ignored = channelId !== null && channel?.id !== channelId ? ['channel'] : [];
			if (!year) return { bound: null, ignored };
			const { sql: clause, within } = db;
			const which: Clause =
				channel === null ? clause`r.year = ${of} and ${within.report}` : clause`r.year = ${of} and r.channel_id = ${channel.id} and ${within.report}`;
			const [reports, figures, needs] = await Promise.all([reportsOf(db, which, year, now), loadFigures(db, which, 'forwarded'), needsOf(db, which)]);
			const rows = reports.map((row): VolumeRow => ({ ...row, history: figures.get(row.designationId)?.filter(({ forYear }) => forYear >= of - 1) ?? [] }));
			const policies = await loadPolicies(db, [...years.map(({ policyVersion }) => policyVersion), ...rows.map(({ policyVersion }) => policyVersion)]);
			const asOf = dayInBeijing(now);
			const volume = yearVolume(rows, year, asOf, policyByYear(years, policies), policies);
			return { bound: { year, channel, channels, years: years.map((one) => one.year), asOf, volume, rows, needs }, ignored };
		},
		{ readOnly: true, isolation: 'repeatable read', deadlineMs: 60_000 }
	);
}

async function reportsOf({ sql }: ActorDb, which: Clause, year: ReportingYear, now: Date): Promise<readonly Omit<VolumeRow, 'history'>[]> {
	const rows = await sql<
		{
			id: string;
			designation_id: string;
			enterprise_id: string;
			enterprise_name: string;
			credit_code: string;
			category: string;
			cohort_year: number;
			channel_id: string;
			state: string;
			court: string;
			voluntary: boolean;
			extension_on: string | null;
			owed_on: string | null;
			excuse_pending: boolean;
			first_submitted_at: Date | null;
			first_forwarded_at: Date | null;
			forwarded: number;
			policy_version: string;
			unmet: string[] | null;
			unknown: string[] | null;
		}[]
	>`
		select r.id, r.designation_id, r.enterprise_id, r.enterprise_name, r.credit_code, r.category, r.cohort_year, r.channel_id, r.state, r.court, r.voluntary,
			r.extension_on, r.owed_on, r.excuse_pending, r.first_submitted_at, r.first_forwarded_at, coalesce(v.n::int, 0) as forwarded,
			coalesce(j.policy_version, ${year.policyVersion}::text) as policy_version, j.unmet, j.unknown
		from annual_report r
		left join lateral (
			select count(*) as n, max(x.no) as no from annual_report_version x where x.report_id = r.id and x.forwarded_at is not null) v on true
		left join version_verdict j on j.report_id = r.id and j.version_no = v.no
		where ${which} order by r.category desc, r.channel_id, r.enterprise_name, r.id limit ${VOLUME_MOST}`;
	return rows.map((row) => {
		const category = row.category as Category;
		const kept = row.unmet === null || row.unknown === null ? null : { unmet: row.unmet as CriterionId[], unknown: row.unknown as CriterionId[] };
		const closed = (row.court as Court) === 'nobody';
		const facts = {
			state: row.state as ReportState,
			voluntary: row.voluntary,
			extensionOn: row.extension_on as Day | null,
			owedOn: row.owed_on as Day | null,
			excusePending: row.excuse_pending,
			firstForwardedAt: row.first_forwarded_at
		};
		return {
			...facts,
			reportId: row.id,
			designationId: row.designation_id,
			enterpriseId: row.enterprise_id,
			name: row.enterprise_name,
			creditCode: row.credit_code,
			category,
			cohortYear: row.cohort_year,
			channelId: row.channel_id,
			court: row.court as Court,
			closed,
			outcome: yearOutcome({ ...facts, closedAt: closed ? year.closedAt : null, year }, now),
			firstSubmittedAt: row.first_submitted_at,
			submittedOn: row.first_submitted_at === null ? null : dayInBeijing(row.first_submitted_at),
			forwardedOn: row.first_forwarded_at === null ? null : dayInBeijing(row.first_forwarded_at),
			corrected: row.forwarded > 1,
			policyVersion: row.policy_version,
			verdicts: kept === null ? null : verdictsKept(category, kept),
			unmet: kept?.unmet ?? [],
			unknown: kept?.unknown ?? []
		};
	});
}

async function needsOf({ sql }: ActorDb, which: Clause): Promise<readonly NeedCount[]> {
	const rows = await sql<{ kind: string; state: string; n: number }[]>`
		select n.kind, n.state, count(*)::int as n from report_need n join annual_report r on r.id = n.report_id where ${which} group by n.kind, n.state`;
	return rows.map((row) => ({ kind: row.kind as NeedKind, state: row.state as NeedState, n: row.n }));
}
