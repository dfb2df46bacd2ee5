/** What an imported list says and what is wrong with it, in words. */
import type { CellNoteCode, CellProblemCode } from '#lib/domain/register/cohort-cells.ts';
import { COHORT_COLUMNS, templateHeader, type CohortColumn } from '#lib/domain/register/cohort-columns.ts';
import type { CellNote } from '#lib/domain/register/cohort-import.ts';
import { IMPORT_MAX_BYTES, IMPORT_MAX_CELL, IMPORT_MAX_COLUMNS, IMPORT_MAX_ROWS, type ImportProblem } from '#lib/domain/register/import-problem.ts';
import type { IgnoredSheet } from '#lib/domain/register/sheet-facts.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { formatNumber } from './format.ts';
import { categoryWord, wordOf } from './words.ts';
import { placeName } from '#lib/words/place-words.ts';

/** A column as the template names it. */
export function columnWord(column: CohortColumn | 'channelId'): string {
	return templateHeader(getLocale())[COHORT_COLUMNS.indexOf(column === 'channelId' ? 'channel' : column)] ?? column;
}

const problemWords = {
	file_missing: m.cohort_problem_file_missing,
	file_empty: m.cohort_problem_file_empty,
	file_too_large: () => m.cohort_problem_file_too_large({ limit: IMPORT_MAX_BYTES / 1024 / 1024 }),
	old_excel: m.cohort_problem_old_excel,
	encrypted: m.cohort_problem_encrypted,
	not_a_table: m.cohort_problem_not_a_table,
	archive_damaged: m.cohort_problem_archive_damaged,
	archive_bomb: m.cohort_problem_archive_bomb,
	unexpected_part: m.cohort_problem_unexpected_part,
	document_type: m.cohort_problem_document_type,
	too_many_rows: () => m.cohort_problem_too_many_rows({ limit: formatNumber(IMPORT_MAX_ROWS) }),
	too_many_columns: () => m.cohort_problem_too_many_columns({ limit: IMPORT_MAX_COLUMNS }),
	cell_too_long: () => m.cohort_problem_cell_too_long({ limit: formatNumber(IMPORT_MAX_CELL) }),
	encoding_unknown: m.cohort_problem_encoding_unknown,
	quote_open: m.cohort_problem_quote_open,
	took_too_long: m.cohort_problem_took_too_long,
	unreadable: m.cohort_problem_unreadable
} satisfies Record<ImportProblem, () => string>;

/** Why a file was not taken, and what to do about it; `part` is the part of it that is the reason. */
export function importProblemText(code: string, part?: string): string {
	if (code === 'unexpected_part' && part !== undefined) return m.cohort_problem_part_named({ part });
	return Object.hasOwn(problemWords, code) ? problemWords[code as ImportProblem]() : m.cohort_problem_unreadable();
}

const cellWords = {
	missing: m.cohort_cell_missing,
	too_long: m.cohort_cell_too_long,
	code_excel_scientific: m.cohort_cell_code_excel_scientific,
	code_excel_rounded: m.cohort_cell_code_excel_rounded,
	code_length: m.cohort_cell_code_length,
	code_alphabet: m.cohort_cell_code_alphabet,
	code_check: m.cohort_cell_code_check,
	category_unknown: m.cohort_cell_category_unknown,
	channel_unknown: m.cohort_cell_channel_unknown,
	channel_ambiguous: m.cohort_cell_channel_ambiguous,
	year_invalid: m.cohort_cell_year_invalid,
	year_out_of_range: m.cohort_cell_year_out_of_range,
	date_invalid: m.cohort_cell_date_invalid,
	date_out_of_range: m.cohort_cell_date_out_of_range,
	phone_invalid: m.cohort_cell_phone_invalid,
	email_invalid: m.cohort_cell_email_invalid,
	formula_without_result: m.cohort_cell_formula_without_result,
	formula_error: m.cohort_cell_formula_error,
	duplicate_in_file: m.cohort_cell_duplicate_in_file,
	name_conflict_in_file: m.cohort_cell_name_conflict_in_file,
	designation_ended: m.cohort_cell_designation_ended
} satisfies Record<CellProblemCode, () => string>;

export function cellProblemText(cell: { readonly code: CellProblemCode; readonly firstRow?: number }): string {
	const said = cellWords[cell.code]();
	return cell.firstRow === undefined ? said : `${said} ${m.cohort_first_row({ row: cell.firstRow })}`;
}

const noteWords = {
	full_width: m.cohort_note_full_width,
	invisible_removed: m.cohort_note_invisible_removed,
	case_changed: m.cohort_note_case_changed,
	serial_date: m.cohort_note_serial_date,
	space_removed: m.cohort_note_space_removed,
	brackets: m.cohort_note_brackets,
	merged: m.cohort_note_merged,
	first_of_several: m.cohort_note_first_of_several,
	channel_mismatch: m.cohort_note_channel_mismatch
} satisfies Record<CellNoteCode, () => string>;

/** What was changed to read a cell. */
export const cellNoteText = (code: CellNoteCode): string => noteWords[code]();

/** What a noted cell is taken as, in the words of the list: a channel and a category by their names. @param channels short names by id */
export function takenText({ column, taken }: Pick<CellNote, 'column' | 'taken'>, channels: Readonly<Record<string, string>>): string {
	if (column === 'channel' && Object.hasOwn(channels, taken)) return placeName(channels[taken] ?? taken);
	return column === 'category' ? (wordOf(categoryWord, taken) ?? taken) : taken;
}

const ignoredWords = { totals: m.cohort_ignored_totals, repeated_header: m.cohort_ignored_header, remark: m.cohort_ignored_remark };

export const ignoredText = (reason: keyof typeof ignoredWords): string => ignoredWords[reason]();

/** Sheets that were not read, each with whether it is hidden. */
export function sheetNames(sheets: readonly IgnoredSheet[]): string {
	return sheets.map(({ name, hidden }) => (hidden ? m.cohort_sheet_hidden({ sheet: name }) : name)).join(m.ministry_list_between());
}
