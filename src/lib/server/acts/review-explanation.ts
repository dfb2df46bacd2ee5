import { isDepartment } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '../actor.ts';
import { asActor } from '../db.ts';
import { writeJournal } from '../journal.ts';
import { lockReport } from '../store/annual-report.ts';
import { loadContent } from '../store/draft.ts';

export type ExplanationVerdict = 'accepted' | 'queried';

/**
 * A department accepts or queries one explanation of the version it reads (domain.md 2); a query says what is asked. It decides nothing
 * by itself: queried explanations are offered as comments when the report is returned. `verdict` null takes the mark back.
 */
export function reviewExplanation(
	actor: Actor,
	reportId: string,
	review: { readonly version: number; readonly checkKey: string; readonly verdict: ExplanationVerdict | null; readonly remark: string }
): Promise<Decision<object>> {
	return asActor(actor, async (db) => {
		const department = actor.orgKind;
		if (!isDepartment(department)) return refuse({ code: 'not_found' });
		if (actor.duty === 'reader') return refuse({ code: 'not_your_duty', needed: ['handler', 'approver'] });
		const report = await lockReport(db, reportId);
		if (!report) return refuse({ code: 'not_found' });
		if (report.case.state !== 'submitted') return refuse({ code: 'wrong_state', state: report.case.state, allowed: ['submitted'] });
		if (report.case.currentVersion !== review.version) return refuse({ code: 'stale_version', expected: review.version, actual: report.case.currentVersion });
		const content = await loadContent(db, report.id, review.version);
		if (!content?.explained.some(({ checkKey }) => checkKey === review.checkKey)) return refuse({ code: 'not_found' });
		const remark = review.remark.trim();
		if (review.verdict === 'queried' && remark === '') return refuse({ code: 'invalid_input', fields: { remark: 'missing' } });
		if (review.verdict === null) {
			await db.sql`
				delete from explanation_review
				where report_id = ${report.id}::bigint and version_no = ${review.version} and check_key = ${review.checkKey} and reviewer = ${department}`;
		} else {
			await db.sql`
				insert into explanation_review (report_id, version_no, check_key, reviewer, verdict, remark, person_id, person_name)
				values (${report.id}::bigint, ${review.version}, ${review.checkKey}, ${department}, ${review.verdict}, ${remark === '' ? null : remark}, ${actor.personId}, ${actor.personName})
				on conflict (report_id, version_no, check_key, reviewer) do update set
					verdict = excluded.verdict, remark = excluded.remark, person_id = excluded.person_id, person_name = excluded.person_name,
					reviewed_at = app_now(), row_version = explanation_review.row_version + 1`;
		}
		await writeJournal(db, {
			act: 'review-explanation',
			objectKind: 'annual_report',
			objectId: report.id,
			article: null,
			after: { version: review.version, checkKey: review.checkKey, verdict: review.verdict }
		});
		return { ok: true };
	});
}
