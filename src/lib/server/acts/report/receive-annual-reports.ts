import { receive } from '#lib/domain/report/annual-report.ts';
import { ministryOf } from '#lib/domain/parties.ts';
import { refuse, type Decision, type Refusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { LockedReport } from '#lib/server/store/report/annual-report.ts';
import { onReports, saveMove } from '#lib/server/store/report/on-report.ts';
import { queueReportNotices } from '#lib/server/letters/report-notice.ts';

export interface Reception {
	readonly received: readonly string[];
	/** What could not be received, each with its reason: one stale row must not hold up a hundred others. */
	readonly refused: readonly { readonly reportId: string; readonly refusal: Refusal }[];
}

/** A ministry records that it has received reports; a report counts as received once both ministries have (方案第十一条: 报送商务部、工业和信息化部). */
export function receiveAnnualReports(actor: Actor, reports: readonly { readonly id: string; readonly version: number }[]): Promise<Decision<Reception>> {
	const versionOf = new Map(reports.map(({ id, version }) => [id, version]));
	return onReports(actor, 'receive', [...versionOf.keys()], async (db, found, now) => {
		const ministry = ministryOf(actor.orgKind);
		const locked = new Map(found.map((report) => [report.id, report]));
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
			await saveMove(db, report, decided.next, {
				act: 'receive-annual-reports',
				at: now,
				article: '11',
				versionNo: version,
				detail: { ministry },
				after: { version, ministry, receivedByBoth: decided.receivedByBoth }
			});
			received.push(reportId);
			if (decided.receivedByBoth) byBoth.push(report);
		}
		await queueReportNotices(db, byBoth, () => ({ kind: 'received' }));
		return { ok: true, received, refused };
	});
}
