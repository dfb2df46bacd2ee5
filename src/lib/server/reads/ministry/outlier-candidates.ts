import type { FollowUpState } from '#lib/domain/follow-up-state.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { askedComparison } from '#lib/domain/trend/follow-up.ts';
import type { OutlierAnswer } from '#lib/domain/trend/outlier.ts';
import { metricsOf, type TrendMetric, type TrendMetricId } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { channelChoices, type ChannelChoice } from '#lib/server/reads/office/channel-choices.ts';
import { loadReportingYears } from '#lib/server/store/report/reporting-year.ts';
import { findOutliers, type FoundOutlier } from '#lib/server/store/trend/outliers.ts';

export interface CandidatesQuery {
	/** The year the figures are of; null: the latest of its basis. */
	readonly year: number | null;
	readonly basis: FigureBasis;
	readonly category: Category;
	/** Null: all of the category, as long as it is not too large. */
	readonly metric: TrendMetricId | null;
	readonly channelId: string | null;
}

/** A figure that is far outside, as the ministries' list shows it. */
export interface Candidate {
	readonly designationId: string;
	readonly metric: TrendMetricId;
	readonly reportId: string;
	readonly reportYear: number;
	readonly enterpriseName: string;
	readonly channelId: string;
	readonly channelName: string;
	readonly value: string;
	readonly before: string | null;
	readonly inCategory: OutlierAnswer;
	readonly asStep: OutlierAnswer | null;
	/** The case there is of it already. */
	readonly followUp: { readonly id: string; readonly state: FollowUpState } | null;
}

export interface Candidates {
	/** The furthest out, so many at most. */
	readonly rows: readonly Candidate[];
	readonly total: number;
	readonly years: readonly number[];
	readonly channels: readonly ChannelChoice[];
	readonly year: number;
	readonly metric: TrendMetricId | null;
	/** The category is too large for all metrics at once: one was chosen for the reader. */
	readonly byMetric: boolean;
}

/** So many rows are listed. */
export const CANDIDATES_MOST = 100;
/** Up to so many designations all metrics are judged in one question; above, one at a time keeps it within a second or two. */
export const ALL_METRICS_UP_TO = 2_000;

/** Powers /ministry/follow-ups/candidates. Five queries, whatever the number of enterprises; only what is far outside leaves the database. */
export function outlierCandidates(actor: Actor, asked: CandidatesQuery): Promise<Candidates> {
	return asActor(
		actor,
		async (db) => {
			const { sql } = db;
			const [reporting, channels] = await Promise.all([loadReportingYears(db), channelChoices(db)]);
			// Audited figures of a year stand in the report of the next.
			const years = [...new Set(reporting.map(({ year }) => (asked.basis === 'final' ? year - 1 : year)))].toSorted((a, b) => b - a);
			const year = asked.year !== null && years.includes(asked.year) ? asked.year : (years[0] ?? 0);
			const [size] = await sql<{ designations: number }[]>`
				select count(*)::int as designations from designation d where d.category = ${asked.category}`;
			const all = metricsOf(asked.category);
			const byMetric = asked.metric === null && (size?.designations ?? 0) > ALL_METRICS_UP_TO;
			const metrics = all.filter(({ id }, place) => (asked.metric === null ? !byMetric || place === 0 : id === asked.metric));
			const found = await findOutliers(db, { category: asked.category, year, basis: asked.basis, metrics });
			const channelId = channels.some(({ id }) => id === asked.channelId) ? asked.channelId : null;
			const rows = (await named(db, found, year, asked.basis)).filter((row) => channelId === null || row.channelId === channelId).toSorted(furthestFirst);
			return {
				rows: rows.slice(0, CANDIDATES_MOST),
				total: rows.length,
				years,
				channels,
				year,
				metric: asked.metric ?? (byMetric ? (metrics[0]?.id ?? null) : null),
				byMetric
			};
		},
		{ readOnly: true, isolation: 'repeatable read' }
	);
}

/** What /ministry/follow-ups/ask shows of the figures that were ticked: those that are still far outside and asked about by nobody. */
export function chosenCandidates(
	actor: Actor,
	asked: Pick<CandidatesQuery, 'basis' | 'category'> & { readonly year: number },
	chosen: readonly { readonly designationId: string; readonly metric: TrendMetric }[]
): Promise<readonly Candidate[]> {
	return asActor(
		actor,
		async (db) => {
			const metrics = [...new Set(chosen.map(({ metric }) => metric))].filter((metric) => metric.categories.includes(asked.category));
			const found = await findOutliers(db, { ...asked, metrics });
			const ticked = found.filter((one) => chosen.some(({ designationId, metric }) => metric.id === one.metric.id && designationId === one.designationId));
			return (await named(db, ticked, asked.year, asked.basis)).filter(mayBeAsked).toSorted(furthestFirst);
		},
		{ readOnly: true, isolation: 'repeatable read' }
	);
}

/** Whether a question may begin with it: it is far outside by the rule that a case keeps, and nobody asked before. */
export function mayBeAsked({ followUp, inCategory, asStep }: Pick<Candidate, 'followUp' | 'inCategory' | 'asStep'>): boolean {
	return followUp === null && askedComparison(inCategory, asStep) !== null;
}

/** The figures with whose they are, and the case there is of each. */
async function named({ sql, within }: ActorDb, found: readonly FoundOutlier[], year: number, basis: FigureBasis): Promise<Candidate[]> {
	if (found.length === 0) return [];
	const reports = [...new Set(found.map(({ reportId }) => reportId))];
	const rows = await sql<
		{
			id: string;
			enterprise_name: string;
			channel_id: string;
			channel_name: string;
			cases: { id: string; metric: string; state: string }[] | null;
		}[]
	>`
		select r.id, r.enterprise_name, r.channel_id, c.short_zh as channel_name,
			(select jsonb_agg(jsonb_build_object('id', u.id::text, 'metric', u.metric, 'state', u.state)) from follow_up u
				where u.designation_id = r.designation_id and u.year = ${year}::int and u.basis = ${basis}) as cases
		from annual_report r join channel c on c.id = r.channel_id where r.id = any(${reports}::bigint[]) and ${within.report}`;
	const byId = new Map(rows.map((row) => [row.id, row]));
	return found.flatMap(({ metric, ...one }): readonly Candidate[] => {
		const row = byId.get(one.reportId);
		if (!row) return [];
		const known = row.cases?.find((each) => each.metric === metric.id);
		return [
			{
				designationId: one.designationId,
				metric: metric.id,
				reportId: one.reportId,
				reportYear: one.reportYear,
				enterpriseName: row.enterprise_name,
				channelId: row.channel_id,
				channelName: row.channel_name,
				value: one.value,
				before: one.before,
				inCategory: one.inCategory,
				asStep: one.asStep,
				followUp: known ? { id: known.id, state: known.state as FollowUpState } : null
			}
		];
	});
}

/** Only for the order; what is far was judged exactly. */
function furthestFirst(a: Candidate, b: Candidate): number {
	const distance = ({ inCategory, asStep }: Candidate) =>
		Math.max(...[inCategory, asStep].map((answer) => (answer?.scored ? Math.abs(Number(answer.score)) : 0)));
	return distance(b) - distance(a) || Number(a.designationId) - Number(b.designationId) || (a.metric < b.metric ? -1 : 1);
}
