import type { Court } from '#lib/domain/report-state.ts';
import type { Transition } from '#lib/domain/report/lateness.ts';
import type { Db } from '#lib/server/db/door.ts';

/** The changes of hands of these reports, oldest first: whose the late days were (domain.md 2). One query by the index on the report. */
export async function transitionsOf({ sql }: Pick<Db, 'sql' | 'within'>, reportIds: readonly string[]): Promise<ReadonlyMap<string, readonly Transition[]>> {
	const wanted = reportIds as string[];
	return byReport(await sql<EventRow[]>`select report_id, at, court from report_event where report_id = any(${wanted}::bigint[]) order by report_id, id`);
}

/** The same of every report of one enterprise. */
export async function transitionsOfEnterprise(
	{ sql, within }: Pick<Db, 'sql' | 'within'>,
	enterpriseId: string
): Promise<ReadonlyMap<string, readonly Transition[]>> {
	return byReport(
		await sql<EventRow[]>`
			select v.report_id, v.at, v.court from annual_report r join report_event v on v.report_id = r.id
			where r.enterprise_id = ${enterpriseId}::bigint and ${within.report} order by v.report_id, v.id`
	);
}

type EventRow = { report_id: string; at: Date; court: string };

function byReport(rows: readonly EventRow[]): ReadonlyMap<string, readonly Transition[]> {
	return Map.groupBy(
		rows.map((row) => ({ reportId: row.report_id, at: row.at, court: row.court as Court })),
		({ reportId }) => reportId
	);
}
