import { day, type Day } from '#lib/domain/day.ts';
import type { Ministry } from '#lib/domain/parties.ts';
import type { ExtensionRequest, ExtensionVerdict, MinistryVerdict } from '#lib/domain/report/report-exceptions.ts';
import type { Db } from '#lib/server/db/door.ts';

/** A request with the report it is about. */
export interface KnownRequest extends ExtensionRequest {
	readonly id: string;
	readonly reportId: string;
}

interface RequestRow {
	id: string;
	report_id: string;
	until_on: string;
	withdrawn_at: Date | null;
	outcome: string | null;
	verdicts: { ministry: string; verdict: string; personId: string }[] | null;
}

/** Of which reports these requests are; those the actor may not reach are left out. Locks nothing: the reports are locked first, then the requests are read. */
export async function reportsOfRequests({ sql, within }: Db, requestIds: readonly string[]): Promise<readonly string[]> {
	const rows = await sql<{ id: string }[]>`
		select distinct r.id from extension_request x join annual_report r on r.id = x.report_id where x.id = any(${requestIds as string[]}::bigint[])
			and ${within.report}`;
	return rows.map(({ id }) => id);
}

/** The requests as they stand now that their reports are locked: whoever was before has committed. */
export async function loadRequests({ sql, within }: Db, requestIds: readonly string[]): Promise<ReadonlyMap<string, KnownRequest>> {
	const rows = await sql<RequestRow[]>`
		select x.id, x.report_id, x.until_on, x.withdrawn_at, x.outcome,
			(select jsonb_agg(jsonb_build_object('ministry', d.ministry, 'verdict', d.verdict, 'personId', d.person_id)) from extension_decision d
				where d.request_id = x.id) as verdicts
		from extension_request x join annual_report r on r.id = x.report_id where x.id = any(${requestIds as string[]}::bigint[]) and ${within.report}`;
	return new Map(rows.map((row) => [row.id, requestOf(row)]));
}

/** The undecided request of a report, if there is one. */
export async function loadOpenRequest({ sql }: Db, reportId: string): Promise<KnownRequest | null> {
	const [row] = await sql<RequestRow[]>`
		select x.id, x.report_id, x.until_on, x.withdrawn_at, x.outcome,
			(select jsonb_agg(jsonb_build_object('ministry', d.ministry, 'verdict', d.verdict, 'personId', d.person_id)) from extension_decision d
				where d.request_id = x.id) as verdicts
		from extension_request x where x.report_id = ${reportId}::bigint and x.withdrawn_at is null and x.decided_at is null`;
	return row ? requestOf(row) : null;
}

/** The channel's own date for the year of a report; null where it set none. */
export async function channelOwnOn({ sql }: Db, channelId: string, year: number): Promise<Day | null> {
	const [row] = await sql<{ due_on: string }[]>`select due_on from channel_year where channel_id = ${channelId} and year = ${year}`;
	return row ? day(row.due_on) : null;
}

function requestOf(row: RequestRow): KnownRequest {
	const verdicts: Partial<Record<Ministry, MinistryVerdict>> = {};
	for (const { ministry, verdict, personId } of row.verdicts ?? []) verdicts[ministry as Ministry] = { verdict: verdict as ExtensionVerdict, personId };
	return {
		id: row.id,
		reportId: row.report_id,
		untilOn: day(row.until_on),
		withdrawnAt: row.withdrawn_at,
		outcome: row.outcome as ExtensionVerdict | null,
		verdicts
	};
}
