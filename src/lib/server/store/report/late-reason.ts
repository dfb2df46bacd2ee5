import type { Day } from '#lib/domain/day.ts';
import type { OfficeLateReason } from '#lib/domain/policy.ts';
import { lateDayFactsOf, spanToExplain, type LateReasonOffice, type LateSpan } from '#lib/domain/report/late-reason.ts';
import type { ActorDb, Db } from '#lib/server/db/door.ts';
import type { LockedReport } from './annual-report.ts';
import { transitionsOf } from './report-transitions.ts';

/** Which of these reports have late days of this office that it gave no reason for, and which days. Nothing is asked where none is late. */
export async function spansToExplain(db: Db, reports: readonly LockedReport[], owner: LateReasonOffice, now: Date): Promise<ReadonlyMap<string, LateSpan>> {
	// Whoever held it, a late day must have begun: most reports are in time, and cost nothing here.
	const late = reports.filter((report) => spanToExplain({ ...lateDayFactsOf(report.case, []), openedCourt: owner }, owner, null, now) !== null);
	if (late.length === 0) return new Map();
	const ids = late.map(({ id }) => id);
	const [transitions, given] = await Promise.all([
		transitionsOf(db, ids),
		db.sql<{ report_id: string; until_on: string | null }[]>`
			select report_id, max(until_on) as until_on from late_reason where report_id = any(${ids}::bigint[]) and owner = ${owner} group by report_id`
	]);
	const explained = new Map(given.map((row) => [row.report_id, row.until_on as Day | null]));
	return new Map(
		late.flatMap((report) => {
			const facts = lateDayFactsOf(report.case, transitions.get(report.id) ?? []);
			const span = spanToExplain(facts, owner, explained.get(report.id) ?? null, now);
			return span ? [[report.id, span] as const] : [];
		})
	);
}

/** Keeps what an office says of its late days: once, for good. */
export async function addLateReason(
	{ sql, actor }: ActorDb,
	report: LockedReport,
	owner: LateReasonOffice,
	span: LateSpan,
	given: { readonly code: OfficeLateReason; readonly text: string },
	now: Date
): Promise<void> {
	await sql`
		insert into late_reason (report_id, owner, version_no, from_on, until_on, reason_code, reason, org_kind, person_id, person_name, given_at)
		values (${report.id}::bigint, ${owner}, ${report.case.currentVersion}, ${span.fromOn}::date, ${span.untilOn}::date, ${given.code}, ${given.text},
			${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now})`;
}
