import { day } from '#lib/domain/day.ts';
import type { DesignationStatus } from '#lib/domain/parties.ts';
import { dutyNote, type DutyNote } from '#lib/domain/report/duty.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { loadPolicies, policyIn } from './policy.ts';

/** What a closed year is said to be beside the announcement date: it stays as it was closed. */
export interface NotedYear {
	readonly designationId: string;
	readonly year: number;
	readonly note: DutyNote;
}

/** The notes of every closed year of the actor's own enterprise (方案第十一条, 自确定次年起), newest first. Two queries. */
export async function loadOwnDutyNotes(db: ActorDb): Promise<readonly NotedYear[]> {
	const { sql, within } = db;
	const rows = await sql<
		{
			id: string;
			announced_on: string;
			status: string;
			ended_on: string | null;
			year: number;
			ministry_due_on: string;
			policy_version: string;
			reported: boolean;
		}[]
	>`
		select d.id, d.announced_on, d.status, d.ended_on, y.year, y.ministry_due_on, y.policy_version,
			exists (select from annual_report r where r.designation_id = d.id and r.year = y.year and ${within.report}) as reported
		from designation d join enterprise e on e.id = d.enterprise_id cross join reporting_year y
		where ${within.enterprise} and y.closed_at is not null order by y.year desc, d.id`;
	const policies = await loadPolicies(
		db,
		rows.map((row) => row.policy_version)
	);
	return rows.flatMap((row): NotedYear[] => {
		const term = { announcedOn: day(row.announced_on), status: row.status as DesignationStatus, endedOn: row.ended_on === null ? null : day(row.ended_on) };
		const year = { year: row.year, ministryDueOn: day(row.ministry_due_on) };
		const note = dutyNote(term, year, row.reported, policyIn(policies, row.policy_version));
		return note === null ? [] : [{ designationId: row.id, year: row.year, note }];
	});
}
