import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { askExtension as decide, withdrawExtension, type ExtensionWish } from '#lib/domain/report/report-exceptions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { recordStep } from '#lib/server/store/report/annual-report.ts';
import { loadOpenRequest } from '#lib/server/store/report/extension-request.ts';
import { onReport } from '#lib/server/store/report/on-report.ts';

/** An enterprise asks the ministries for a later date, before theirs (domain.md 2: 非方案规定). Nothing moves until both have granted it. */
export function askExtension(actor: Actor, reportId: string, wish: ExtensionWish): Promise<Decision<{ requestId: string }>> {
	return onReport(actor, 'askExtension', reportId, async (db, report, now) => {
		const standing = await loadOpenRequest(db, report.id);
		const decided = decide(report.case, standing, wish, now);
		if (!decided.ok) return decided;
		const [row] = await db.sql<{ id: string }[]>`
			insert into extension_request (report_id, until_on, reason_code, reason, asked_at, person_id, person_name)
			values (${report.id}::bigint, ${decided.untilOn}::date, ${decided.reasonCode}, ${wish.reason}, ${now}, ${actor.personId}, ${actor.personName})
				returning id`;
		if (!row) throw new Error('the request was not stored');
		await recordStep(db, report, report.case, { act: 'ask-extension', at: now, detail: { untilOn: decided.untilOn, reasonCode: decided.reasonCode } });
		await writeJournal(db, {
			act: 'ask-extension',
			objectKind: 'extension_request',
			objectId: row.id,
			article: 'system',
			after: { reportId: report.id, untilOn: decided.untilOn, reasonCode: decided.reasonCode, reason: wish.reason }
		});
		return { ok: true, requestId: row.id };
	});
}

/** The enterprise takes its request back while it is undecided, whatever one ministry has said already. */
export function withdrawExtensionRequest(actor: Actor, reportId: string): Promise<Decision<object>> {
	return onReport(actor, 'withdrawExtension', reportId, async (db, report, now) => {
		const request = await loadOpenRequest(db, report.id);
		if (!request) return refuse({ code: 'nothing_to_undo' });
		const decided = withdrawExtension(report.case, request);
		if (!decided.ok) return decided;
		await db.sql`update extension_request set withdrawn_at = ${now} where id = ${request.id}::bigint`;
		await recordStep(db, report, report.case, { act: 'withdraw-extension-request', at: now, detail: { untilOn: request.untilOn } });
		await writeJournal(db, {
			act: 'withdraw-extension-request',
			objectKind: 'extension_request',
			objectId: request.id,
			article: 'system',
			before: { reportId: report.id, untilOn: request.untilOn },
			after: { withdrawn: true }
		});
		return { ok: true };
	});
}
