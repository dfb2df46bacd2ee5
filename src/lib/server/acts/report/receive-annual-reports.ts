import { receive } from '#lib/domain/report/annual-report.ts';
import { isMinistry } from '#lib/domain/parties.ts';
import { refuse, type Decision, type Refusal } from '#lib/domain/refusal.ts';
import { dutyRefusal } from '#lib/domain/report/report-actions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { instantOf, lockReports, recordStep, saveReport, type LockedReport } from '#lib/server/store/report/annual-report.ts';
import { queueReportNotices } from '#lib/server/letters/report-notice.ts';

export interface Reception {
	readonly received: readonly string[];
	/** What could not be received, each with its reason: one stale row must not hold up a hundred others. */
	readonly refused: readonly { readonly reportId: string; readonly refusal: Refusal }[];
}

/** A ministry records that it has received reports; a report counts as received once both ministries have (方案第十一条: 报送商务部、工业和信息化部). */
export function receiveAnnualReports(actor: Actor, reports: readonly { readonly id: string; readonly version: number }[]): Promise<Decision<Reception>> {
	return asActor(actor, async (db) => {
		const ministry = actor.orgKind;
		if (!isMinistry(ministry)) return refuse({ code: 'not_found' });
		const refusal = dutyRefusal({ kind: ministry, duty: actor.duty }, 'receive');
		if (refusal) return refuse(refusal);
		const now = await instantOf(db);
		const versionOf = new Map(reports.map(({ id, version }) => [id, version]));
		const locked = new Map((await lockReports(db, [...versionOf.keys()])).map((report) => [report.id, report]));
		const received: string[] = [];
		const byBoth: LockedReport[] = [];
		const refused: { reportId: string; refusal: Refusal }[] = [];
		for (const [reportId, version] of versionOf) {
			const report = locked.get(reportId);
			const decided = report ? receive(report.case, ministry, version, now) : refuse({ code: 'not_found' });
			if (!report || !decided.ok) {
				refused.push({ reportId, refusal: decided.ok ? { code: 'not_found' } : decided.refusal });
				continue;
			}
			await db.sql`
				insert into reception (report_id, version_no, ministry, received_at, person_id, person_name)
				values (${reportId}::bigint, ${version}, ${ministry}, ${now}, ${actor.personId}, ${actor.personName})`;
			await saveReport(db, report, decided.next);
			await recordStep(db, report, decided.next, { act: 'receive-annual-reports', at: now, versionNo: version, detail: { ministry } });
			await writeJournal(db, {
				act: 'receive-annual-reports',
				objectKind: 'annual_report',
				objectId: reportId,
				article: '11',
				after: { version, ministry, receivedByBoth: decided.receivedByBoth }
			});
			received.push(reportId);
			if (decided.receivedByBoth) byBoth.push(report);
		}
		await queueReportNotices(db, byBoth, () => ({ kind: 'received' }));
		return { ok: true, received, refused };
	});
}
