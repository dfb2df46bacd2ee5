import { isMinistry } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { dutyRefusal } from '#lib/domain/report/report-actions.ts';
import { reopenForOne } from '#lib/domain/report/report-exceptions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { instantOf, lockReport, recordStep, saveReport } from '#lib/server/store/report/annual-report.ts';
import { mailOfReopening } from '#lib/server/letters/exception-mail.ts';

/** A ministry takes one report up again in a closed year, with a reason: it goes on where it stood, and late stays late (domain.md 2: 非方案规定). */
export function reopenAnnualReport(actor: Actor, reportId: string, reason: string): Promise<Decision<object>> {
	return asActor(actor, async (db) => {
		const ministry = actor.orgKind;
		if (!isMinistry(ministry)) return refuse({ code: 'not_found' });
		const refusal = dutyRefusal({ kind: ministry, duty: actor.duty }, 'reopenForOne');
		if (refusal) return refuse(refusal);
		const now = await instantOf(db);
		const report = await lockReport(db, reportId);
		if (!report) return refuse({ code: 'not_found' });
		const decided = reopenForOne(report.case, reason, now);
		if (!decided.ok) return decided;
		await db.sql`
			insert into report_reopening (report_id, reason, ministry, person_id, person_name, reopened_at)
			values (${report.id}::bigint, ${reason}, ${ministry}, ${actor.personId}, ${actor.personName}, ${now})`;
		await saveReport(db, report, decided.next);
		await recordStep(db, report, decided.next, { act: 'reopen-annual-report', at: now, detail: { ministry } });
		await writeJournal(db, {
			act: 'reopen-annual-report',
			objectKind: 'annual_report',
			objectId: report.id,
			article: 'system',
			before: { state: report.case.state, closed: true },
			after: { state: decided.next.state, reason }
		});
		await mailOfReopening(db, report, reason);
		return { ok: true };
	});
}
