/** Why an uploaded file is no list that can be read, before anybody looks at what the list says. */
export const IMPORT_PROBLEMS = [
	'file_missing',
	'file_empty',
	'file_too_large',
	/** A workbook of before 2007. */
	'old_excel',
	/** Locked with a password. */
	'encrypted',
	/** A program, a picture, a text document: whatever its name says. */
	'not_a_table',
	'archive_damaged',
	/** Unpacks to far more than a list can be. */
	'archive_bomb',
	/** Macros, embedded objects, links to other files. */
	'unexpected_part',
	/** An XML document type, which no spreadsheet program writes and which can read other files. */
	'document_type',
	'too_many_rows',
	'too_many_columns',
	'cell_too_long',
	'encoding_unknown',
	'quote_open',
	'took_too_long',
	'unreadable'
] as const;
export type ImportProblem = (typeof IMPORT_PROBLEMS)[number];

export const IMPORT_MAX_BYTES = 5 * 1024 * 1024;
export const IMPORT_MAX_ROWS = 5_000;
export const IMPORT_MAX_COLUMNS = 60;
/** In characters. */
export const IMPORT_MAX_CELL = 2_000;
