import type { Day } from '#lib/domain/day.ts';
import type { FollowUpComparison, FollowUpEntry, FollowUpState } from '#lib/domain/follow-up-state.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { FollowUp } from '#lib/domain/trend/follow-up.ts';
import type { ActorDb, Db } from '#lib/server/db/door.ts';
import type { FoundOutlier } from './outliers.ts';

/** A case as it is stored, with what letters and the journal call it by. */
export interface KnownFollowUp extends FollowUp {
	readonly id: string;
	readonly reportId: string;
	readonly enterpriseId: string;
	readonly enterpriseName: string;
	readonly metric: string;
	readonly year: number;
	readonly basis: FigureBasis;
	readonly value: string;
	readonly rowVersion: number;
}

/** Locks one case within what the actor may reach; undefined if there is none there. */
export async function lockFollowUp({ sql, within }: ActorDb, id: string): Promise<KnownFollowUp | undefined> {
	const [row] = await sql<
		{
			id: string;
			report_id: string;
			enterprise_id: string;
			enterprise_name: string;
			metric: string;
			year: number;
			basis: string;
			value: string;
			state: string;
			round: number;
			due_on: string;
			row_version: number;
		}[]
	>`
		select r.id, r.report_id, r.enterprise_id, a.enterprise_name, r.metric, r.year, r.basis, r.value, r.state, r.round, r.due_on, r.row_version
		from follow_up r join annual_report a on a.id = r.report_id where r.id = ${id}::bigint and ${within.report} for update of r`;
	return row === undefined
		? undefined
		: {
				id: row.id,
				reportId: row.report_id,
				enterpriseId: row.enterprise_id,
				enterpriseName: row.enterprise_name,
				metric: row.metric,
				year: row.year,
				basis: row.basis as FigureBasis,
				value: row.value,
				state: row.state as FollowUpState,
				round: row.round,
				dueOn: row.due_on as Day,
				rowVersion: row.row_version
			};
}

/** Writes back what became of a case; it is locked, so nobody was in between. */
export async function saveFollowUp({ sql }: Db, followUp: KnownFollowUp, next: FollowUp, at: Date): Promise<void> {
	const saved = await sql`
		update follow_up set state = ${next.state}, round = ${next.round}, due_on = ${next.dueOn}::date, since_at = ${at},
			answered_at = case ${next.state}::text when 'answered' then ${at}::timestamptz when 'accepted' then answered_at end, row_version = row_version + 1
		where id = ${followUp.id}::bigint and row_version = ${followUp.rowVersion}`;
	if (saved.count !== 1) throw new Error(`follow-up ${followUp.id} was changed by somebody else`);
}

/** What is said in a case: it stands for ever. Of a question, the figure it asks about and by when. */
export interface SaidEntry {
	readonly kind: FollowUpEntry;
	readonly round: number;
	readonly text: string;
	readonly question?: { readonly value: string; readonly dueOn: Day };
}

export async function addEntry({ sql, actor }: ActorDb, followUpId: string, { kind, round, text, question }: SaidEntry, at: Date): Promise<void> {
	await sql`
		insert into follow_up_entry (follow_up_id, round, kind, text, value, due_on, by_kind, person_id, person_name, at)
		values (${followUpId}::bigint, ${round}, ${kind}, ${text}, ${question?.value ?? null}::numeric, ${question?.dueOn ?? null}::date, ${actor.orgKind},
			${actor.personId}, ${actor.personName}, ${at})`;
}

/** What a case is begun with. */
export interface NewFollowUp {
	readonly outlier: FoundOutlier;
	readonly year: number;
	readonly basis: FigureBasis;
	readonly rule: string;
	readonly comparison: FollowUpComparison;
	readonly n: number;
}

/** Begins cases, one for each figure; a figure that has one already is left out. Two statements, however many figures. */
export async function openFollowUps(
	{ sql }: Db,
	cases: readonly NewFollowUp[],
	next: FollowUp,
	at: Date
): Promise<readonly { readonly id: string; readonly reportId: string; readonly metric: string; readonly value: string }[]> {
	const given = cases.map(({ outlier, year, basis, rule, comparison, n }) => ({
		report_id: outlier.reportId,
		version_no: outlier.versionNo,
		metric: outlier.metric.id,
		value: outlier.value,
		year,
		basis,
		rule,
		comparison,
		n
	}));
	const rows = await sql<{ id: string; report_id: string; metric: string; value: string }[]>`
		insert into follow_up (designation_id, metric, year, basis, report_id, report_year, version_no, category, channel_id, enterprise_id, value, rule,
			comparison, n, state, round, due_on, asked_at, since_at)
		select r.designation_id, g.metric, g.year, g.basis, r.id, r.year, g.version_no, r.category, r.channel_id, r.enterprise_id, g.value, g.rule,
			g.comparison, g.n, ${next.state}, ${next.round}, ${next.dueOn}::date, ${at}::timestamptz, ${at}::timestamptz
		from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb)
			as g (report_id bigint, version_no integer, metric text, value numeric, year integer, basis text, rule text, comparison text, n integer)
		join annual_report r on r.id = g.report_id
		on conflict (designation_id, metric, year, basis) do nothing
		returning id, report_id, metric, value`;
	return rows.map(({ report_id, ...row }) => ({ ...row, reportId: report_id }));
}
