import { createHash } from 'node:crypto';
import { readCohort } from '#lib/domain/register/cohort-import.ts';
import { countRows, isUsable, planRows, type PlannedRow } from '#lib/domain/register/cohort-plan.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import type { SheetChoice } from '#lib/domain/register/sheet-facts.ts';
import type { ImportProblem } from '#lib/domain/register/import-problem.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, officeRefusal } from '#lib/server/db/door.ts';
import { readTable } from '#lib/server/import/guard.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { loadChannelNames, loadRegister, registerMark } from '#lib/server/store/register/cohort-register.ts';

/** What is kept of a dry run: the rows as they were judged, and the mark of the register they were judged against. */
export interface CohortPlan {
	readonly mark: string;
	readonly rows: readonly PlannedRow[];
	/** Lists tried before sheets were named have none. */
	readonly sheet?: SheetChoice;
}

/** The codes of the enterprises a plan speaks of. */
export function codesOf(rows: readonly PlannedRow[]) {
	return rows.flatMap((row) => (row.outcome === 'refused' || row.outcome === 'ignored' ? [] : [row.entry.creditCode]));
}

/**
 * Reads a list of designated enterprises and keeps the dry run: nothing in the register changes. A file that cannot be read at all is refused
 * with `fields.file` (`fields.part` names what an archive may not hold), a list without its columns with `fields.missing`.
 */
export async function planCohortImport(actor: Actor, file: { readonly name: string; readonly bytes: Buffer }): Promise<Decision<{ importId: string }>> {
	const refusal = officeRefusal(actor, 'planCohortImport');
	if (refusal) return refuse(refusal);
	// Outside the transaction: a hostile file may take its ten seconds without holding a connection.
	const reading = await readTable(file.bytes);
	if (!reading.ok) {
		const { problem, part } = reading;
		return refuse({ code: 'invalid_input', fields: { file: problem, ...(part === undefined ? {} : { part }) } });
	}
	const { sheet } = reading;
	return asOffice(actor, 'planCohortImport', async (db, now) => {
		const register = await loadRegister(db, { lock: false });
		const context = { channels: await loadChannelNames(db), register: register.entries, today: dayInBeijing(now) };
		const read = readCohort(reading.table, context, sheet);
		if (!read.ok)
			return refuse({
				code: 'invalid_input',
				fields:
					read.code === 'empty'
						? { file: 'file_empty' satisfies ImportProblem }
						: { missing: read.missing.join(','), ...(sheet.name === null ? {} : { sheet: sheet.name }) }
			});
		const rows = planRows(read.rows, register.enterprises, register.entries);
		const plan: CohortPlan = { mark: registerMark(register, codesOf(rows)), rows, sheet: { name: sheet.name, ignored: sheet.ignored } };
		const counts = countRows(rows);
		const shown = JSON.stringify({ ...counts, usable: isUsable(rows) });
		const sha256 = createHash('sha256').update(file.bytes).digest('hex');
		const fileName = file.name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(-200) || '-';
		const [stored] = await db.sql<{ id: string }[]>`
			insert into cohort_import (file_name, file_sha256, rows, counts, planned_at, planned_by)
			values (${fileName}, ${sha256}, ${JSON.stringify(plan)}::text::jsonb, ${shown}::text::jsonb, ${now}, ${actor.personId})
			returning id`;
		if (!stored) throw new Error('the dry run was not stored');
		await writeJournal(db, {
			act: 'plan-cohort-import',
			objectKind: 'cohort_import',
			objectId: stored.id,
			article: '10',
			after: { fileName, sha256, sheet: sheet.name, counts }
		});
		return { ok: true, importId: stored.id };
	});
}
