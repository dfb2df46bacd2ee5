import { departmentOf } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { loadContent } from '#lib/server/store/report/draft.ts';
import { onReport } from '#lib/server/store/report/on-report.ts';

export type ExplanationVerdict = 'accepted' | 'queried';

/**
 * A department accepts or queries one explanation of the version it reads (domain.md 2); a query says what is asked. It decides nothing
 * by itself: queried explanations are offered as comments when the report is returned. `verdict` null takes the mark back.
 */
export function judgeExplanation(
	actor: Actor,
	reportId: string,
	judgement: { readonly version: number; readonly checkKey: string; readonly verdict: ExplanationVerdict | null; readonly remark: string }
): Promise<Decision<object>> {
	return onReport(actor, 'judgeExplanation', reportId, async (db, report) => {
		const department = departmentOf(actor.orgKind);
		if (report.case.state !== 'submitted') return refuse({ code: 'wrong_state', state: report.case.state, allowed: ['submitted'] });
		if (report.case.currentVersion !== judgement.version)
			return refuse({ code: 'stale_version', expected: judgement.version, actual: report.case.currentVersion });
		const content = await loadContent(db, report.id, judgement.version);
		if (!content?.explained.some(({ checkKey }) => checkKey === judgement.checkKey)) return refuse({ code: 'not_found' });
		const remark = judgement.remark.trim();
		if (judgement.verdict === 'queried' && remark === '') return refuse({ code: 'invalid_input', fields: { remark: 'missing' } });
		if (judgement.verdict === null) {
			await db.sql`
				delete from explanation_mark
				where report_id = ${report.id}::bigint and version_no = ${judgement.version} and check_key = ${judgement.checkKey} and department = ${department}`;
		} else {
			await db.sql`
				insert into explanation_mark (report_id, version_no, check_key, department, verdict, remark, person_id, person_name)
				values (${report.id}::bigint, ${judgement.version}, ${judgement.checkKey}, ${department}, ${judgement.verdict}, ${remark === '' ? null : remark},
					${actor.personId}, ${actor.personName})
				on conflict (report_id, version_no, check_key, department) do update set
					verdict = excluded.verdict, remark = excluded.remark, person_id = excluded.person_id, person_name = excluded.person_name,
					marked_at = app_now(), row_version = explanation_mark.row_version + 1`;
		}
		await writeJournal(db, {
			act: 'judge-explanation',
			objectKind: 'annual_report',
			objectId: report.id,
			article: null,
			after: { version: judgement.version, checkKey: judgement.checkKey, verdict: judgement.verdict }
		});
		return { ok: true };
	});
}
