/** What a spreadsheet knows beside the texts of its cells: which sheet was read, which rows are hidden, which cells are not what they seem. */

/** `merged`: the cell lies in a merged range, whose first holds `text`; the others say why a formula has no value, `text` is the formula or the error. */
export type CellMarkKind = 'merged' | 'formula_without_result' | 'formula_error';

export interface CellMark {
	/** From 1, as the spreadsheet counts. */
	readonly row: number;
	/** From 0. */
	readonly column: number;
	readonly kind: CellMarkKind;
	readonly text: string;
}

export interface IgnoredSheet {
	readonly name: string;
	readonly hidden: boolean;
}

export interface SheetFacts {
	/** Null where a file has no sheets. */
	readonly name: string | null;
	readonly ignored: readonly IgnoredSheet[];
	/** From 1: rows that a filter or a hand has hidden. */
	readonly hiddenRows: readonly number[];
	readonly marks: readonly CellMark[];
}

/** A file of text alone. */
export const PLAIN_SHEET: SheetFacts = { name: null, ignored: [], hiddenRows: [], marks: [] };

/** Which sheet of a workbook was read, and which were not. */
export type SheetChoice = Pick<SheetFacts, 'name' | 'ignored'>;
