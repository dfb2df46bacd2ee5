import type { Ministry } from '#lib/domain/parties.ts';
import type { ExcuseVerdict } from '#lib/domain/report/report-exceptions.ts';
import type { Db } from '#lib/server/db/door.ts';

/** Takes back the declaration that stands, asked for or confirmed. */
export async function endExcuse({ sql }: Db, reportId: string, personName: string, at: Date): Promise<void> {
	await sql`
		update report_excuse set lifted_at = ${at}, lifted_by_name = ${personName}
		where report_id = ${reportId}::bigint and lifted_at is null and verdict is distinct from 'refused'`;
}

/** What a ministry says to the declaration that waits; nothing where none does. */
export async function decideStandingExcuse(
	{ sql }: Db,
	reportId: string,
	by: { readonly ministry: Ministry; readonly personId: string; readonly personName: string; readonly at: Date },
	given: { readonly verdict: ExcuseVerdict; readonly reason: string | null }
): Promise<void> {
	await sql`
		update report_excuse set verdict = ${given.verdict}, decision_reason = ${given.reason}, decided_at = ${by.at}, decided_ministry = ${by.ministry},
			decided_by_id = ${by.personId}, decided_by_name = ${by.personName}
		where report_id = ${reportId}::bigint and lifted_at is null and verdict is null`;
}
