import { readNumber } from './number-reading.ts';
import { placeBlock, type Grid, type PlacedBlock } from './paste-block.ts';

/** A row of the table of figures as a pasted block can name it. */
export interface FigureRow {
	/** Its label in every language and spelling the page knows. */
	readonly names: readonly string[];
	/** As shown, such as 万元; '' where it has none. */
	readonly unit: string;
	/** Last year's box and this year's; null for a computed row. */
	readonly keys: readonly [string | null, string | null];
}

export interface FigureTable {
	readonly rows: readonly FigureRow[];
	/** Last year and this one. */
	readonly years: readonly [number, number];
}

/** `not_understood`: `saw` holds the texts that are no figures and name nothing in the table. */
export type FigureBlock =
	| ({ readonly ok: true; /** Cells understood as labels, units and heads. */ readonly recognised: number } & PlacedBlock)
	| { readonly ok: false; readonly code: 'not_understood'; readonly saw: readonly string[] };

const UNITS = /^[(（[【]?(?:单位[:：]?)?(?:万亿元|亿元|百万元|千万元|万元|千元|百元|元|亿|万|人|名|个|家|台|台套|套|件|项|条|%|％|人民币)[)）\]】]?$/;
const FINAL = /实际|实绩|决算|审计|上年|去年|上一年|final|actual|last year/i;
const FORECAST = /预计|预测|预估|本年|今年|当年|forecast|expected|this year/i;
const SAW_MAX = 5;

/**
 * Lays a pasted block over the table of figures. A block of figures alone goes from the focused box to the right and down; labels, units and heads
 * say themselves where their figures belong. A block with any other text is refused with what it saw: nothing is put in half.
 */
export function placeFigures(grid: Grid, table: FigureTable, start: { readonly row: number; readonly column: number }): FigureBlock {
	const boxes = table.rows.map(({ keys }) => keys);
	const texts = grid.flatMap((row) => row.filter((cell) => isText(cell)));
	const years = grid.some((row, at) => at === 0 && isYearRow(row, table.years));
	if (texts.length === 0 && !years) return { ok: true, recognised: 0, ...placeBlock(grid, boxes, start) };

	const heads = headRows(grid, table);
	const body = grid.slice(heads);
	const width = Math.max(...grid.map((row) => row.length));
	const columns = Array.from({ length: width }, (_, column) => kindOfColumn(body, column, table));
	const strange = body.flatMap((row) => row.filter((cell, column) => isText(cell) && columns[column] === 'figures'));
	const unnamed = body.flatMap((row) => row.filter((cell, column) => columns[column] === 'labels' && cell.trim() !== '' && rowNamed(table, cell) < 0));
	if (strange.length + unnamed.length > 0)
		return { ok: false, code: 'not_understood', saw: [...unnamed, ...strange].map((cell) => cell.trim().slice(0, 40)).slice(0, SAW_MAX) };

	const figures = columns.flatMap((kind, column) => (kind === 'figures' && body.some((row) => (row[column] ?? '').trim() !== '') ? [column] : []));
	const targets = targetsOf(grid.slice(0, heads), figures, table.years, start.column);
	const labels = columns.indexOf('labels');
	const units = columns.indexOf('units');
	const placed: { key: string; typed: string }[] = [];
	let outside = 0;
	body.forEach((row, at) => {
		const named = labels < 0 ? start.row + at : rowNamed(table, row[labels] ?? '');
		const unit = units < 0 ? '' : (row[units] ?? '').replace(/[\s()（）[\]【】]|单位[:：]?/g, '');
		for (const column of figures) {
			const typed = (row[column] ?? '').trim();
			if (typed === '') continue;
			const target = targets.get(column);
			const key = target === undefined ? null : (table.rows[named]?.keys[target] ?? null);
			if (key === null) outside += 1;
			else placed.push({ key, typed: withUnit(typed, unit, table.rows[named]?.unit ?? '') });
		}
	});
	const recognised = grid.flat().filter((cell) => cell.trim() !== '').length - placed.length - outside;
	return { ok: true, placed, outside, recognised };
}

/** A cell that is not empty and cannot be meant as a figure, however it is written. */
function isText(cell: string): boolean {
	const text = cell.trim();
	if (text === '') return false;
	const reading = readNumber(text, 'money', { negative: true });
	if (reading.ok || reading.offers.length > 0) return false;
	return !/\d/.test(text) || reading.code === 'not_a_number';
}

function isYearRow(row: readonly string[], years: FigureTable['years']): boolean {
	const filled = row.map((cell) => cell.trim()).filter((cell) => cell !== '');
	const known = filled.filter((cell) => headOf(cell, years) !== null).length;
	return known > 0 && filled.every((cell) => /^(?:19|20)\d\d(?:\D|$)/.test(cell) || isText(cell));
}

/** How many rows at the top say nothing but what stands below: titles, years, units of the whole. */
function headRows(grid: Grid, table: FigureTable): number {
	let heads = 0;
	for (const row of grid) {
		const filled = row.filter((cell) => cell.trim() !== '');
		const says = filled.every(isText) && !row.some((cell) => rowNamed(table, cell) >= 0);
		if (filled.length > 0 && !says && !isYearRow(row, table.years)) break;
		heads += 1;
	}
	return heads === grid.length ? 0 : heads;
}

function kindOfColumn(body: Grid, column: number, table: FigureTable): 'labels' | 'units' | 'figures' {
	const filled = body.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
	const texts = filled.filter(isText);
	if (texts.length === 0) return 'figures';
	if (filled.every((cell) => UNITS.test(cell))) return 'units';
	// One label that is none of the table's makes the column no less a column of labels: it is refused by its name.
	return texts.length === filled.length && texts.some((cell) => rowNamed(table, cell) >= 0) ? 'labels' : 'figures';
}

/** Which box each column of figures goes to: by its head; else one column to the focused box, two to both. */
function targetsOf(heads: Grid, figures: readonly number[], years: FigureTable['years'], focused: number): ReadonlyMap<number, number> {
	const said = new Map<number, number>();
	for (const column of figures) {
		const head = heads.map((row) => (row[column] ?? '').trim()).join(' ');
		const target = headOf(head, years);
		if (target !== null && ![...said.values()].includes(target)) said.set(column, target);
	}
	if (said.size > 0) return said;
	const from = figures.length === 2 ? 0 : focused;
	return new Map(figures.map((column, at) => [column, from + at]));
}

function headOf(head: string, [last, current]: FigureTable['years']): 0 | 1 | null {
	const has = (year: number) => new RegExp(`(?<!\\d)${year}(?!\\d)`).test(head);
	if (has(last)) return FORECAST.test(head) ? null : 0;
	if (has(current)) return FINAL.test(head) ? null : 1;
	if (/(?<!\d)(?:19|20)\d\d(?!\d)/.test(head)) return null;
	return FINAL.test(head) ? 0 : FORECAST.test(head) ? 1 : null;
}

function rowNamed(table: FigureTable, cell: string): number {
	const key = labelKey(cell);
	return key === '' ? -1 : table.rows.findIndex(({ names }) => names.some((name) => labelKey(name) === key));
}

/** 1. 营业收入（万元）： and 营业收入 are one label. */
export function labelKey(text: string): string {
	if (text.length > 100) return '';
	return text
		.normalize('NFKC')
		.replace(/\([^()]{0,40}\)|\[[^\]]{0,40}\]/g, '')
		.replace(/^\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[.、)]\s*/, '')
		.replace(/^其中\s*:?/, '')
		.replace(/[\s:,.、]/g, '')
		.toLowerCase();
}

/** A unit other than the row's is written behind the figure, so that the box offers what it means; the row's own says nothing. */
function withUnit(typed: string, unit: string, own: string): string {
	const plain = /^[\d.,，()（）+-]+$/.test(typed);
	return unit === '' || unit === own || !plain || !/元$|^[万亿]$/.test(unit) ? typed : `${typed}${unit}`;
}
