import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { viewReport } from '#lib/server/store/report/annual-report.ts';
import { recipientsIn } from '#lib/server/letters/recipients.ts';
import { pathOf, queueReceipt } from '#lib/server/letters/report-mail.ts';

/**
 * Sends the receipt of a version to a colleague of the same organisation, by mail. Only colleagues: what is sent to an address typed by hand
 * can neither be taken back nor checked.
 *
 * @returns refusals: not_found (report, version or colleague).
 */
export function sendReceipt(actor: Actor, reportId: string, versionNo: number, personId: string): Promise<Decision<{ name: string }>> {
	return asOffice(actor, 'sendReceipt', async (db) => {
		const report = await viewReport(db, reportId);
		const colleague = (await recipientsIn(db, ['handler', 'approver', 'reader'])).find(({ id }) => id === personId);
		if (!report || !colleague) return refuse({ code: 'not_found' });
		const [version] = await db.sql<{ receipt_no: string; submitted_at: Date; content_hash: string }[]>`
			select receipt_no, submitted_at, content_hash from annual_report_version where report_id = ${report.id}::bigint and no = ${versionNo}`;
		if (!version) return refuse({ code: 'not_found' });
		const { year } = report.case.year;
		const path = await pathOf(db, { enterpriseId: report.enterpriseId, year, category: report.category });
		await queueReceipt(
			db,
			{
				year,
				receiptNo: version.receipt_no,
				submittedAt: version.submitted_at,
				contentHash: version.content_hash,
				path: `${path}/receipt?version=${versionNo}`
			},
			[colleague]
		);
		await writeJournal(db, {
			act: 'send-receipt',
			objectKind: 'annual_report',
			objectId: report.id,
			article: null,
			after: { version: versionNo, to: personId }
		});
		return { ok: true, name: colleague.name };
	});
}
