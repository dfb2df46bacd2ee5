import type { ChaseStage } from '#lib/domain/chase/chase-risk.ts';
import { isExpected } from '#lib/domain/report/duty.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { addDays, daysBetween, type Day } from '#lib/domain/day.ts';
import { departmentsOf, type ChannelKind } from '#lib/domain/parties.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import type { ChannelYear } from './channel-year.ts';

/** How many had come by the same distance from the ministries' date, with how many owed. */
export interface PaceOfYear {
	readonly year: number;
	readonly owed: number;
	readonly submitted: number;
	readonly forwarded: number;
}

export interface ChasePace {
	readonly funnel: Readonly<Partial<Record<ChaseStage, number>>>;
	/** This year and up to two before it, newest first; years nobody owed a report for are left out. */
	readonly years: readonly PaceOfYear[];
}

/**
 * The funnel and the comparison with earlier years, from the kept counts alone: no report is visited, so the line above the board costs the same whether the
 * channel has ten enterprises or ten thousand.
 */
export async function chasePace(
	{ sql, actor }: ActorDb,
	years: readonly ChannelYear[],
	year: ChannelYear,
	filters: { readonly category: string | null; readonly cohort: number | null },
	today: Day
): Promise<ChasePace> {
	const left = daysBetween(today, year.ministryDueOn);
	const compared = years.filter((one) => one.year <= year.year && one.year >= year.year - 2);
	const until = compared.map((one) => (one.year === year.year ? today : addDays(one.ministryDueOn, -left)));
	const rows = await sql<{ kind: string; year: number | null; state: string; voluntary: boolean; court: string; n: number }[]>`
		select 'tally'::text as kind, t.year, t.state, t.voluntary, t.court, coalesce(sum(t.n), 0)::int as n
		from report_tally t
		where t.year = any(${compared.map((one) => one.year)}::int[]) and t.channel_id = ${actor.channelId}
			and (${filters.category}::text is null or t.category = ${filters.category}) and (${filters.cohort}::int is null or t.cohort_year = ${filters.cohort})
		group by t.year, t.state, t.voluntary, t.court
		union all
		select f.kind, f.year, ''::text, false, ''::text, coalesce(sum(f.n), 0)::int
		from report_flow f
		join unnest(${compared.map((one) => one.year)}::int[], ${until as string[]}::date[]) as by_then (year, on_day) on by_then.year = f.year
			and f.on_day <= by_then.on_day
		where f.channel_id = ${actor.channelId}
			and (${filters.category}::text is null or f.category = ${filters.category}) and (${filters.cohort}::int is null or f.cohort_year = ${filters.cohort})
		group by f.kind, f.year`;
	const counted = (kind: string, of: number, matches: Matches = () => true) =>
		rows.filter((row) => row.kind === kind && row.year === of && matches(row)).reduce((sum, row) => sum + row.n, 0);
	const owed = (of: number) => counted('tally', of, isOwed);
	return {
		funnel: funnelOf(actor.orgKind === 'group' ? 'central_group' : 'province', (matches) => counted('tally', year.year, (row) => isOwed(row) && matches(row))),
		years: compared
			.map((one) => ({ year: one.year, owed: owed(one.year), submitted: counted('submitted', one.year), forwarded: counted('forwarded', one.year) }))
			.filter((one) => one.owed > 0)
	};
}

/** The funnel alone, of one year: one question of the kept counts. */
export async function channelFunnel({ sql, actor }: ActorDb, year: number): Promise<ChasePace['funnel']> {
	const rows = await sql<{ state: string; voluntary: boolean; court: string; n: number }[]>`
		select t.state, t.voluntary, t.court, coalesce(sum(t.n), 0)::int as n
		from report_tally t where t.year = ${year} and t.channel_id = ${actor.channelId}
		group by t.state, t.voluntary, t.court`;
	return funnelOf(actor.orgKind === 'group' ? 'central_group' : 'province', (matches) =>
		rows.filter((row) => isOwed(row) && matches(row)).reduce((sum, row) => sum + row.n, 0)
	);
}

type Matches = (row: { readonly state: string; readonly voluntary: boolean; readonly court: string }) => boolean;

const isOwed: Matches = ({ state, voluntary }) => isExpected({ state: state as ReportState, voluntary });

/** The stages by state and court: a report one department has signed lies in the court of the other. */
function funnelOf(channelKind: ChannelKind, count: (matches: Matches) => number): ChasePace['funnel'] {
	const isForwarded: Matches = ({ state }) => state === 'forwarded' || state === 'received';
	const signedBy =
		(other: string): Matches =>
		(row) =>
			isForwarded(row) || (row.state === 'submitted' && (row.court === 'channel' || row.court === other));
	const stages: Partial<Record<ChaseStage, number>> = {
		owed: count(() => true),
		started: count(({ state }) => state !== 'not_started' && state !== 'not_filed'),
		submitted: count((row) => isForwarded(row) || row.state === 'submitted' || row.state === 'returned'),
		forwarded: count(isForwarded),
		received: count(({ state }) => state === 'received')
	};
	for (const department of departmentsOf(channelKind)) {
		stages[department] = count(signedBy(department === 'commerce' ? 'industry' : department === 'industry' ? 'commerce' : 'channel'));
	}
	return stages;
}
