import { createHash } from 'node:crypto';
import { day, type Day } from '#lib/domain/day.ts';
import type { Category, DesignationStatus } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { dutyEffect, dutyNote, type DutyEffect, type DutyNote } from '#lib/domain/report/duty.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Db } from '#lib/server/db/door.ts';
import { isOwedFromYear } from './clauses.ts';

/** A designation whose year does not stand as its announcement says. `effect` in an open year, `note` in a closed one. */
export interface DutyDifference {
	readonly designationId: string;
	readonly enterpriseId: string;
	readonly enterpriseName: string;
	readonly category: Category;
	readonly cohortYear: number;
	readonly announcedOn: Day;
	readonly reportId: string | null;
	readonly state: ReportState | null;
	readonly effect: DutyEffect | null;
	readonly note: DutyNote | null;
}

/** What a year lacks against the announcement dates of the register, in the order of designations. SQL narrows, the domain decides. */
export async function loadDutyDifferences(db: Db, year: ReportingYear, policy: Policy): Promise<readonly DutyDifference[]> {
	const owed = isOwedFromYear(db, policy);
	const rows = await db.sql<
		{
			id: string;
			enterprise_id: string;
			name: string;
			category: string;
			cohort_year: number;
			announced_on: string;
			status: string;
			ended_on: string | null;
			report_id: string | null;
			state: string | null;
			voluntary: boolean | null;
		}[]
	>`
		select d.id, d.enterprise_id, coalesce(r.enterprise_name, e.name) as name, d.category, d.cohort_year, d.announced_on, d.status, d.ended_on,
			(select r.id) as report_id, (select r.state) as state, (select r.voluntary) as voluntary
		from reporting_year y
		cross join designation d
		join enterprise e on e.id = d.enterprise_id
		left join annual_report r on r.designation_id = d.id and r.year = y.year
		where y.year = ${year.year} and (${owed} and (r.id is null or r.voluntary or r.state = 'not_owed') or not (${owed}) and r.id is not null)
		order by d.id`;
	return rows.flatMap((row): DutyDifference[] => {
		const term = { announcedOn: day(row.announced_on), status: row.status as DesignationStatus, endedOn: row.ended_on === null ? null : day(row.ended_on) };
		const report = row.state === null ? null : { state: row.state as ReportState, voluntary: row.voluntary === true };
		const effect = year.closedAt === null ? dutyEffect(term, year, report, policy) : null;
		const note = year.closedAt === null ? null : dutyNote(term, year, report !== null, policy);
		if (effect === null && note === null) return [];
		return [
			{
				designationId: row.id,
				enterpriseId: row.enterprise_id,
				enterpriseName: row.name,
				category: row.category as Category,
				cohortYear: row.cohort_year,
				announcedOn: term.announcedOn,
				reportId: row.report_id,
				state: report?.state ?? null,
				effect,
				note
			}
		];
	});
}

/** A mark of what was previewed: whoever agrees with the same mark agrees to the same. */
export function effectsMark(differences: readonly DutyDifference[]): string {
	return createHash('sha256')
		.update(JSON.stringify(differences.map(({ designationId, effect }) => [designationId, effect])))
		.digest('hex');
}

/** What one ministry has agreed to and the other has not. */
export interface OpenSettlement {
	readonly id: string;
	readonly mark: string;
	readonly ministry: 'mofcom' | 'miit';
	readonly personId: string;
	readonly personName: string;
	readonly agreedAt: Date;
}

/** The settlement of a year that waits for the other ministry; the year is locked first, by whoever changes it. */
export async function loadOpenSettlement({ sql }: Pick<Db, 'sql'>, year: number): Promise<OpenSettlement | null> {
	const [row] = await sql<{ id: string; effects_mark: string; ministry: string; person_id: string; person_name: string; agreed_at: Date }[]>`
		select id, effects_mark, ministry, person_id, person_name, agreed_at from duty_settlement
		where year = ${year} and applied_at is null and withdrawn_at is null`;
	return row
		? {
				id: row.id,
				mark: row.effects_mark,
				ministry: row.ministry as OpenSettlement['ministry'],
				personId: row.person_id,
				personName: row.person_name,
				agreedAt: row.agreed_at
			}
		: null;
}
