import { ministryOf } from '#lib/domain/parties.ts';
import type { Decision, Refusal } from '#lib/domain/refusal.ts';
import { decideExtension, type ExtensionVerdict } from '#lib/domain/report/report-exceptions.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { Db } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { recordStep, saveReport } from '#lib/server/store/report/annual-report.ts';
import { mailOfDecision } from '#lib/server/letters/exception-mail.ts';
import { loadRequests, reportsOfRequests } from '#lib/server/store/report/extension-request.ts';
import { onReports } from '#lib/server/store/report/on-report.ts';

export interface ExtensionDecisions {
	/** Requests this ministry has now spoken on. */
	readonly decided: readonly string[];
	/** Those of them that are over with it: both granted, or one refused. */
	readonly settled: readonly string[];
	/** What could not be decided, each with its reason: one lapsed request must not hold up the others. */
	readonly refused: readonly { readonly requestId: string; readonly refusal: Refusal }[];
}

/**
 * A ministry grants or refuses requests for more time, each ministry for itself and by a person of its own (quality.md 6: two people). With the
 * second grant the report has its new date at once, everywhere; the enterprise and its channel are told by mail.
 */
export function decideExtensions(
	actor: Actor,
	requestIds: readonly string[],
	given: { readonly verdict: ExtensionVerdict; readonly reason: string }
): Promise<Decision<ExtensionDecisions>> {
	const wanted = [...new Set(requestIds)];
	const reportsOfThem = (db: Db) => reportsOfRequests(db, wanted);
	return onReports(actor, 'decideExtension', reportsOfThem, async (db, reports, now) => {
		const ministry = ministryOf(actor.orgKind);
		const locked = new Map(reports.map((report) => [report.id, report]));
		const requests = await loadRequests(db, wanted);
		const decided: string[] = [];
		const settled: string[] = [];
		const refused: { requestId: string; refusal: Refusal }[] = [];
		for (const requestId of wanted) {
			const request = requests.get(requestId);
			const report = request && locked.get(request.reportId);
			if (!request || !report) {
				refused.push({ requestId, refusal: { code: 'not_found' } });
				continue;
			}
			const answer = decideExtension(report.case, request, { ministry, personId: actor.personId }, given, now);
			if (!answer.ok) {
				refused.push({ requestId, refusal: answer.refusal });
				continue;
			}
			const { outcome, next } = answer;
			await db.sql`
				insert into extension_decision (request_id, ministry, verdict, reason, person_id, person_name, decided_at)
				values (${requestId}::bigint, ${ministry}, ${given.verdict}, ${given.reason === '' ? null : given.reason}, ${actor.personId}, ${actor.personName},
					${now})`;
			if (outcome !== null) await db.sql`update extension_request set decided_at = ${now}, outcome = ${outcome} where id = ${requestId}::bigint`;
			if (outcome === 'granted') await saveReport(db, report, next);
			await recordStep(db, report, next, {
				act: given.verdict === 'granted' ? 'grant-extension' : 'refuse-extension',
				at: now,
				detail: { ministry, untilOn: request.untilOn, outcome }
			});
			await writeJournal(db, {
				act: 'decide-extensions',
				objectKind: 'extension_request',
				objectId: requestId,
				article: 'system',
				before: { reportId: report.id, extensionOn: report.case.extensionOn },
				after: { ministry, verdict: given.verdict, reason: given.reason, outcome, extensionOn: next.extensionOn }
			});
			if (outcome !== null) {
				await mailOfDecision(db, report, { outcome, untilOn: request.untilOn, reason: given.reason });
				settled.push(requestId);
			}
			decided.push(requestId);
		}
		return { ok: true, decided, settled, refused };
	});
}
