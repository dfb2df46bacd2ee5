import { countRows, isUsable, standingOf, type PlannedRow } from '#lib/domain/register/cohort-plan.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import type { CohortPlan } from './plan-cohort-import.ts';

/**
 * 方案第十条: an approver confirms that the code of one row is the enterprise's own though its check character does not fit (GB 32100-2015 came
 * after codes that were given out by hand). The reason is kept with the row and in the journal; the row is then as any other.
 *
 * @returns refusals: not_found (list or row), already_done (applied, or confirmed before)
 */
export function confirmCreditCode(actor: Actor, importId: string, rowNumber: number, reason: string): Promise<Decision<{ confirmed: number }>> {
	return asOffice(actor, 'confirmCreditCode', async (db, now) => {
		const [found] = await db.sql<
			{ rows: unknown; applied_at: Date | null }[]
		>`select rows, applied_at from cohort_import where id = ${importId}::bigint for update`;
		const plan = found?.rows as CohortPlan | undefined;
		const row = plan?.rows.find((one) => one.row === rowNumber);
		if (!found || !plan || !row || !('entry' in row) || !row.doubtful) return refuse({ code: 'not_found' });
		if (found.applied_at !== null || standingOf(row) !== 'doubtful') return refuse({ code: 'already_done' });
		const confirmed: PlannedRow = { ...row, confirmed: { reason, by: actor.personName, at: now.toISOString() } };
		const rows = plan.rows.map((one) => (one === row ? confirmed : one));
		const counts = JSON.stringify({ ...countRows(rows), usable: isUsable(rows) });
		await db.sql`
			update cohort_import set rows = ${JSON.stringify({ ...plan, rows })}::text::jsonb, counts = ${counts}::text::jsonb where id = ${importId}::bigint`;
		const { name, creditCode, category } = row.entry;
		await writeJournal(db, {
			act: 'confirm-credit-code',
			objectKind: 'cohort_import',
			objectId: importId,
			article: '10',
			after: { row: rowNumber, name, creditCode, category, reason }
		});
		return { ok: true, confirmed: rowNumber };
	});
}
