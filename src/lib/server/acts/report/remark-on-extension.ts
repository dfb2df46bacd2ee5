import { departmentOf } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { remarkOnExtension as decide } from '#lib/domain/report/report-exceptions.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { Db } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { loadRequests, reportsOfRequests } from '#lib/server/store/report/extension-request.ts';
import { onReports } from '#lib/server/store/report/on-report.ts';

/** A department says what it knows of a request, for the ministries to read. It decides nothing; each department has a box of its own. */
export function remarkOnExtension(actor: Actor, requestId: string, remark: string): Promise<Decision<object>> {
	const reportOfIt = (db: Db) => reportsOfRequests(db, [requestId]);
	return onReports(actor, 'remarkOnExtension', reportOfIt, async (db, [report], now) => {
		const department = departmentOf(actor.orgKind);
		const request = (await loadRequests(db, [requestId])).get(requestId);
		if (!report || !request) return refuse({ code: 'not_found' });
		const decided = decide(report.case, request, remark);
		if (!decided.ok) return decided;
		const [before] = await db.sql<
			{ remark: string }[]
		>`select remark from extension_remark where request_id = ${requestId}::bigint and department = ${department}`;
		await db.sql`
			insert into extension_remark (request_id, department, remark, person_id, person_name, remarked_at)
			values (${requestId}::bigint, ${department}, ${remark}, ${actor.personId}, ${actor.personName}, ${now})
			on conflict (request_id, department) do update set remark = excluded.remark, person_id = excluded.person_id, person_name = excluded.person_name,
				remarked_at = excluded.remarked_at`;
		await writeJournal(db, {
			act: 'remark-on-extension',
			objectKind: 'extension_request',
			objectId: requestId,
			article: 'system',
			before: before ? { department, remark: before.remark } : null,
			after: { department, remark }
		});
		return { ok: true };
	});
}
