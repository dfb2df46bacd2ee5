import { giveOpinion as decideOpinion, withdrawOpinion as decideWithdrawal } from '#lib/domain/report/annual-report.ts';
import { departmentOf, opinionArticle } from '#lib/domain/parties.ts';
import { reasonOfOffice, type TypedReason } from '#lib/domain/report/late-reason.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { addLateReason, spansToExplain } from '#lib/server/store/report/late-reason.ts';
import { onReport, saveMove } from '#lib/server/store/report/on-report.ts';

/**
 * A department signs its opinion on the version it has read. The departments of a province work in parallel, each for itself; an opinion
 * on an older version does not count for a newer one (domain.md 2; annex 2 asks both for an opinion and a seal). Where late days were theirs, what they
 * say of them is kept beside it.
 */
export function giveOpinion(
	actor: Actor,
	reportId: string,
	opinion: { readonly version: number; readonly remark: string; readonly late?: TypedReason }
): Promise<Decision<{ approvedByAll: boolean }>> {
	return onReport(actor, 'giveOpinion', reportId, async (db, report, now) => {
		const department = departmentOf(actor.orgKind);
		const decided = decideOpinion(report.case, department, opinion.version, now);
		if (!decided.ok) return decided;
		const span = (await spansToExplain(db, [report], department, now)).get(report.id);
		const late = reasonOfOffice(span && opinion.late ? opinion.late : { code: '', text: '' });
		if (!late.ok) return late;
		if (span && late.given) await addLateReason(db, report, department, span, late.given, now);
		await db.sql`
			insert into opinion (report_id, version_no, department, remark, person_id, person_name, signed_at)
			values (${report.id}::bigint, ${opinion.version}, ${department}, ${opinion.remark}, ${actor.personId}, ${actor.personName}, ${now})`;
		await saveMove(db, report, decided.next, {
			act: 'give-opinion',
			at: now,
			article: opinionArticle(department),
			versionNo: opinion.version,
			detail: { department },
			after: {
				version: opinion.version,
				department,
				remark: opinion.remark,
				...(span && late.given && { late: { ...span, reasonCode: late.given.code, reason: late.given.text } })
			}
		});
		return { ok: true, approvedByAll: decided.approvedByAll };
	});
}

/** A department takes its own opinion back while the report has not been forwarded. The withdrawn one stays on record. */
export function withdrawOpinion(actor: Actor, reportId: string, version: number): Promise<Decision<object>> {
	return onReport(actor, 'withdrawOpinion', reportId, async (db, report, now) => {
		const department = departmentOf(actor.orgKind);
		if (report.case.currentVersion !== version) return refuse({ code: 'stale_version', expected: version, actual: report.case.currentVersion });
		const decided = decideWithdrawal(report.case, department);
		if (!decided.ok) return decided;
		await db.sql`
			update opinion set withdrawn_at = ${now}
			where report_id = ${report.id}::bigint and version_no = ${version} and department = ${department} and withdrawn_at is null`;
		await saveMove(db, report, decided.next, {
			act: 'withdraw-opinion',
			at: now,
			article: 'system',
			versionNo: version,
			detail: { department },
			before: { version, department }
		});
		return { ok: true };
	});
}
