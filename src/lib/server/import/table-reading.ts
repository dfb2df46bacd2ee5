import type { Table } from '#lib/domain/register/cohort-columns.ts';
import type { ImportProblem } from '#lib/domain/register/import-problem.ts';
import type { SheetFacts } from '#lib/domain/register/sheet-facts.ts';

/** What came of reading an uploaded file: its table as texts with what the sheet knows of them, or why not; `part` names what an archive may not hold. */
export type TableReading =
	{ readonly ok: true; readonly table: Table; readonly sheet: SheetFacts } | { readonly ok: false; readonly problem: ImportProblem; readonly part?: string };

export interface SheetLimits {
	readonly rows: number;
	readonly columns: number;
	/** In characters. */
	readonly cell: number;
}
