/** A block pasted into the table of manufacturing fields: it names its fields, and may name some that nobody has chosen yet. Fetched when somebody pastes. */
import { INDUSTRIES } from '#lib/domain/form/field-revenue.ts';
import { labelKey } from '#lib/domain/form/place-figures.ts';
import { industryLabel } from '#lib/words/industry-words.ts';
import { pastedFigures, type Pasted } from './paste-figures.ts';

/** A row of the table: the box of its field with what is chosen, and the boxes of its figures. */
export interface FieldRow {
	readonly choiceKey: string;
	readonly chosen: string;
	readonly figureKeys: readonly [string, string];
}

const namesOf = (code: string): readonly string[] => [industryLabel(code), code, `${code} ${industryLabel(code)}`];

/**
 * Figures go to the row of the field that stands beside them; a field not chosen yet takes the next free row. More fields than rows, or a name that is
 * none, refuse the block with what it saw.
 */
export function pastedFields(
	text: string,
	table: { readonly rows: readonly FieldRow[]; readonly unit: string; readonly years: readonly [number, number] },
	at: { readonly row: number; readonly column: number }
): Pasted {
	const codes = new Map(INDUSTRIES.flatMap((code) => namesOf(code).map((name) => [labelKey(name), code] as const)));
	const named = text.split(/[\t\r\n]+/).flatMap((cell) => codes.get(labelKey(cell)) ?? []);
	const chosen = table.rows.map((row) => row.chosen);
	for (const code of new Set(named)) {
		const free = chosen.indexOf('');
		if (!chosen.includes(code) && free >= 0) chosen[free] = code;
	}
	const rows = table.rows.map((row, index) => {
		const code = chosen[index] ?? '';
		return { names: code === '' ? [] : namesOf(code), unit: table.unit, keys: row.figureKeys };
	});
	const pasted = pastedFigures(text, { rows, years: table.years }, at);
	if (!pasted.ok) return pasted;
	const choices = table.rows.flatMap((row, index) => {
		const typed = chosen[index] ?? '';
		return typed === row.chosen ? [] : [{ key: row.choiceKey, typed }];
	});
	return { ...pasted, placed: [...choices, ...pasted.placed] };
}
