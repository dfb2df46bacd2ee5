import type { ContactMeans, ContactOutcome } from '#lib/domain/chase/contact-log.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Department } from '#lib/domain/parties.ts';
import type { ActorDb } from '#lib/server/db/door.ts';

/** One line of what was said and sent about a report. */
export type ChaseLine = { readonly id: string; readonly at: Date } & (
	| {
			readonly kind: 'call';
			readonly by: Department;
			readonly personName: string;
			readonly mine: boolean;
			readonly means: ContactMeans;
			readonly outcome: ContactOutcome;
			readonly spokeTo: string | null;
			readonly promisedOn: Day | null;
			readonly remark: string | null;
			readonly struckAt: Date | null;
	  }
	| { readonly kind: 'reminder'; readonly step: string; readonly to: string; readonly delivery: string; readonly problem: string | null }
);

/** More lines than this are no longer read beside a telephone. */
export const LOG_LINES = 60;

/** The calls and reminders of one report, newest first: one question. Both departments see what either has written. */
export async function chaseLog({ sql, within, actor }: ActorDb, reportId: string): Promise<readonly ChaseLine[]> {
	const rows = await sql<LineRow[]>`
		select line.kind, line.id, line.at, line.person_name, line.org_kind, line.person_id, line.means, line.outcome, line.spoke_to, line.promised_on,
			line.remark, line.struck_at, line.step, line.delivery, line.problem
		from (
			select 'call'::text as kind, l.id, l.at, l.person_name, l.org_kind, l.person_id, l.means, l.outcome, l.spoke_to, l.promised_on, l.remark, l.struck_at,
				''::text as step, ''::text as delivery, null::text as problem
			from contact_log l join annual_report r on r.id = l.report_id
			where l.report_id = ${reportId}::bigint and ${within.report}
			union all
			select 'reminder'::text, s.id, s.planned_at, s.recipient_name, s.audience, '', '', '', null, null, null, null, s.step, s.delivery, s.problem
			from reminder s join annual_report r on r.id = s.report_id
			where s.report_id = ${reportId}::bigint and ${within.report}
		) line
		order by line.at desc, line.kind, line.id desc limit ${LOG_LINES}`;
	return rows.flatMap((row) => (row.id === null || row.at === null ? [] : [lineOf(row, row.id, row.at, actor.personId)]));
}

interface LineRow {
	kind: string;
	id: string | null;
	at: Date | null;
	person_name: string | null;
	org_kind: string | null;
	person_id: string | null;
	means: string | null;
	outcome: string | null;
	spoke_to: string | null;
	promised_on: string | null;
	remark: string | null;
	struck_at: Date | null;
	step: string;
	delivery: string;
	problem: string | null;
}

function lineOf(row: LineRow, id: string, at: Date, personId: string): ChaseLine {
	if (row.kind === 'reminder') return { kind: 'reminder', id, at, step: row.step, to: row.person_name ?? '', delivery: row.delivery, problem: row.problem };
	return {
		kind: 'call',
		id,
		at,
		by: row.org_kind as Department,
		personName: row.person_name ?? '',
		mine: row.person_id === personId,
		means: row.means as ContactMeans,
		outcome: row.outcome as ContactOutcome,
		spokeTo: row.spoke_to,
		promisedOn: row.promised_on as Day | null,
		remark: row.remark,
		struckAt: row.struck_at
	};
}
