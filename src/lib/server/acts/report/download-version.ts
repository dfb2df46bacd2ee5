import { readContent } from '#lib/domain/form/report-content.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { loadHistory } from '#lib/server/store/report/annual-figure.ts';
import { limitsOf } from '#lib/server/store/report/policy.ts';
import { writeJournal } from '#lib/server/journal.ts';

/**
 * Hands out the frozen text of a version, byte for byte as it was submitted (domain.md 8), and journals it. Never made again from live data.
 *
 * @returns refusals: not_found.
 */
export function downloadVersion(
	actor: Actor,
	reportId: string,
	versionNo: number,
	form: 'json' | 'xlsx'
): Promise<Decision<{ content: string; receiptNo: string; contentHash: string; history: HistoryFigures; limits: ReadonlyMap<string, string> }>> {
	return asOffice(actor, 'downloadVersion', async (db) => {
		const { sql, within } = db;
		const [row] = await sql<{ content: string; receipt_no: string; content_hash: string; designation_id: string; year: number }[]>`
			select v.content, v.receipt_no, v.content_hash, r.designation_id, r.year from annual_report r join annual_report_version v on v.report_id = r.id
			where r.id = ${reportId}::bigint and v.no = ${versionNo} and ${within.report}`;
		if (!row) return refuse({ code: 'not_found' });
		await writeJournal(db, { act: 'download-version', objectKind: 'annual_report', objectId: reportId, article: null, after: { version: versionNo, form } });
		// A table says growth and the three profitable years as the screen does: they look back to what earlier reports state.
		const history = form === 'xlsx' ? await loadHistory(db, row.designation_id, row.year) : [];
		const limits = form === 'xlsx' ? await limitsOf(db, readContent(row.content)) : new Map<string, string>();
		return { ok: true, content: row.content, receiptNo: row.receipt_no, contentHash: row.content_hash, history, limits };
	});
}
