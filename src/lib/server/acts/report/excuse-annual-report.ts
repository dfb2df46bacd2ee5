import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { dutyRefusal } from '#lib/domain/report/report-actions.ts';
import { excuse, liftExcuse as decideLifting } from '#lib/domain/report/report-exceptions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { instantOf, lockReport, recordStep, saveReport } from '#lib/server/store/report/annual-report.ts';
import { mailOfExcuse } from '#lib/server/letters/exception-mail.ts';

/** "Unable to file": the enterprise or its channel declares, with a reason, that no report can come (domain.md 2). Counted apart from late. */
export function excuseAnnualReport(actor: Actor, reportId: string, given: { readonly reasonCode: string; readonly remark: string }): Promise<Decision<object>> {
	return asActor(actor, async (db) => {
		const refusal = dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'excuse');
		if (refusal) return refuse(refusal);
		const now = await instantOf(db);
		const report = await lockReport(db, reportId);
		if (!report) return refuse({ code: 'not_found' });
		const decided = excuse(report.case, given.reasonCode);
		if (!decided.ok) return decided;
		if (given.remark.trim() === '') return refuse({ code: 'invalid_input', fields: { remark: 'missing' } });
		await db.sql`
			insert into report_excuse (report_id, reason_code, remark, declared_by, person_id, person_name, declared_at)
			values (${report.id}::bigint, ${decided.reasonCode}, ${given.remark}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now})`;
		await saveReport(db, report, decided.next);
		await recordStep(db, report, decided.next, { act: 'excuse-annual-report', at: now, detail: { reasonCode: decided.reasonCode } });
		await writeJournal(db, {
			act: 'excuse-annual-report',
			objectKind: 'annual_report',
			objectId: report.id,
			article: 'system',
			before: { state: report.case.state },
			after: { state: 'excused', reasonCode: decided.reasonCode, remark: given.remark }
		});
		// Somebody else has said it of the enterprise: its people must hear of it, and can take it back.
		if (actor.orgKind !== 'enterprise') await mailOfExcuse(db, report, 'excused');
		return { ok: true };
	});
}

/** Takes the declaration back: the report is owed again and goes on where it stood. */
export function liftExcuse(actor: Actor, reportId: string): Promise<Decision<object>> {
	return asActor(actor, async (db) => {
		const refusal = dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'liftExcuse');
		if (refusal) return refuse(refusal);
		const now = await instantOf(db);
		const report = await lockReport(db, reportId);
		if (!report) return refuse({ code: 'not_found' });
		const decided = decideLifting(report.case);
		if (!decided.ok) return decided;
		await db.sql`update report_excuse set lifted_at = ${now}, lifted_by_name = ${actor.personName} where report_id = ${report.id}::bigint and lifted_at is null`;
		await saveReport(db, report, decided.next);
		await recordStep(db, report, decided.next, { act: 'lift-excuse', at: now });
		await writeJournal(db, {
			act: 'lift-excuse',
			objectKind: 'annual_report',
			objectId: report.id,
			article: 'system',
			before: { state: 'excused' },
			after: { state: decided.next.state }
		});
		if (actor.orgKind !== 'enterprise') await mailOfExcuse(db, report, 'lifted');
		return { ok: true };
	});
}
