import { giveOpinion as decideOpinion, withdrawOpinion as decideWithdrawal } from '#lib/domain/report/annual-report.ts';
import { isDepartment } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { dutyRefusal } from '#lib/domain/report/report-actions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { instantOf, lockReport, recordStep, saveReport } from '#lib/server/store/report/annual-report.ts';

/**
 * A department signs its opinion on the version it has read. The departments of a province work in parallel, each for itself; an opinion
 * on an older version does not count for a newer one (domain.md 2; annex 2 asks both for an opinion and a seal).
 */
export function giveOpinion(
	actor: Actor,
	reportId: string,
	opinion: { readonly version: number; readonly remark: string }
): Promise<Decision<{ approvedByAll: boolean }>> {
	return asActor(actor, async (db) => {
		const department = actor.orgKind;
		if (!isDepartment(department)) return refuse({ code: 'not_found' });
		const refusal = dutyRefusal({ kind: department, duty: actor.duty }, 'giveOpinion');
		if (refusal) return refuse(refusal);
		const report = await lockReport(db, reportId);
		if (!report) return refuse({ code: 'not_found' });
		const now = await instantOf(db);
		const decided = decideOpinion(report.case, department, opinion.version, now);
		if (!decided.ok) return decided;
		await db.sql`
			insert into opinion (report_id, version_no, department, remark, person_id, person_name, signed_at)
			values (${report.id}::bigint, ${opinion.version}, ${department}, ${opinion.remark}, ${actor.personId}, ${actor.personName}, ${now})`;
		await saveReport(db, report, decided.next);
		await recordStep(db, report, decided.next, { act: 'give-opinion', at: now, versionNo: opinion.version, detail: { department } });
		await writeJournal(db, {
			act: 'give-opinion',
			objectKind: 'annual_report',
			objectId: report.id,
			article: '11',
			after: { version: opinion.version, department, remark: opinion.remark }
		});
		return { ok: true, approvedByAll: decided.approvedByAll };
	});
}

/** A department takes its own opinion back while the report has not been forwarded. The withdrawn one stays on record. */
export function withdrawOpinion(actor: Actor, reportId: string, version: number): Promise<Decision<object>> {
	return asActor(actor, async (db) => {
		const department = actor.orgKind;
		if (!isDepartment(department)) return refuse({ code: 'not_found' });
		const refusal = dutyRefusal({ kind: department, duty: actor.duty }, 'withdrawOpinion');
		if (refusal) return refuse(refusal);
		const report = await lockReport(db, reportId);
		if (!report) return refuse({ code: 'not_found' });
		if (report.case.currentVersion !== version) return refuse({ code: 'stale_version', expected: version, actual: report.case.currentVersion });
		const now = await instantOf(db);
		const decided = decideWithdrawal(report.case, department);
		if (!decided.ok) return decided;
		await db.sql`
			update opinion set withdrawn_at = ${now}
			where report_id = ${report.id}::bigint and version_no = ${version} and department = ${department} and withdrawn_at is null`;
		await saveReport(db, report, decided.next);
		await recordStep(db, report, decided.next, { act: 'withdraw-opinion', at: now, versionNo: version, detail: { department } });
		await writeJournal(db, { act: 'withdraw-opinion', objectKind: 'annual_report', objectId: report.id, article: '11', before: { version, department } });
		return { ok: true };
	});
}
