import type { Court } from '#lib/domain/court.ts';
import type { Transition } from '#lib/domain/lateness.ts';
import type { Db } from '../db.ts';

/** The changes of hands of these reports, oldest first: whose the late days were (domain.md 2). One query by the index on the report. */
export async function transitionsOf({ sql }: Pick<Db, 'sql' | 'within'>, reportIds: readonly string[]): Promise<ReadonlyMap<string, readonly Transition[]>> {
	const wanted = reportIds as string[];
	const rows = await sql<{ report_id: string; at: Date; court: string }[]>`
		select report_id, at, court from report_event where report_id = any(${wanted}::bigint[]) order by report_id, id`;
	return Map.groupBy(
		rows.map((row) => ({ reportId: row.report_id, at: row.at, court: row.court as Court })),
		({ reportId }) => reportId
	);
}
