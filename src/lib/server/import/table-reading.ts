import type { Table } from '#lib/domain/register/cohort-columns.ts';
import type { ImportProblem } from '#lib/domain/register/import-problem.ts';

/** What came of reading an uploaded file: its first table as texts, or why not. */
export type TableReading = { readonly ok: true; readonly table: Table } | { readonly ok: false; readonly problem: ImportProblem };
