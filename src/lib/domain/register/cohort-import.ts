/**
 * Reads a list of designated enterprises against the register: every row is new, changed, the same, refused at a cell, or ignored, before
 * anything is stored. Pure: the same table and register give the same answer, and a list that was applied is "same" throughout.
 */
import { indexChannels, readChannel, type ChannelIndex, type ChannelName } from '#lib/domain/channel-names.ts';
import {
	readCategory,
	readCode,
	readDate,
	readEmail,
	readPhone,
	readText,
	readYear,
	sameValue,
	saysCentral,
	saysNothing,
	type CellNoteCode,
	type CellProblemCode,
	type CellReading
} from './cohort-cells.ts';
import { fitsChannel } from '#lib/domain/check/checks-of-channel.ts';
import { COHORT_COLUMNS, findHeader, isHeaderRow, type CohortColumn, type CohortHeader, type Table } from './cohort-columns.ts';
import { PLAIN_SHEET, type CellMark, type SheetFacts } from './sheet-facts.ts';
import type { CreditCode } from '#lib/domain/credit-code.ts';
import { yearOf, type Day } from '#lib/domain/day.ts';
import type { Category, ChannelKind, DesignationStatus } from '#lib/domain/parties.ts';

/** One designation as a list states it. Null = the list does not say; it never erases what the register knows. */
export interface CohortEntry {
	readonly name: string;
	readonly creditCode: CreditCode;
	readonly category: Category;
	readonly channelId: string;
	readonly cohortYear: number;
	readonly announcedOn: Day | null;
	readonly announcementNumber: string | null;
	readonly contact1Name: string | null;
	readonly contact1Phone: string | null;
	readonly contact1Email: string | null;
	readonly contact2Name: string | null;
	readonly contact2Phone: string | null;
	readonly contact2Email: string | null;
}

/** The same designation as the register has it. */
export interface RegisteredEntry extends CohortEntry {
	readonly status: DesignationStatus;
}

type EntryField = Exclude<keyof CohortEntry, 'creditCode' | 'category'>;

export interface FieldChange {
	readonly field: EntryField;
	readonly from: string | null;
	readonly to: string;
}

/** A cell that cannot be taken. `firstRow` names the earlier row a duplicate repeats. */
export interface CellRefusal {
	readonly column: CohortColumn;
	readonly code: CellProblemCode;
	readonly given: string;
	readonly firstRow?: number;
}

export interface CellNote {
	readonly column: CohortColumn;
	readonly code: CellNoteCode;
	readonly given: string;
	readonly taken: string;
}

/**
 * `row` counts from 1 as the spreadsheet does; a `hidden` row is taken only when somebody says so. `doubtful`: the check character of the code
 * does not fit, and the register does not know it: taken once somebody confirms it with a reason.
 */
export type CohortRow = { readonly row: number; readonly hidden: boolean } & (
	| { readonly outcome: 'new'; readonly entry: CohortEntry; readonly doubtful: boolean; readonly notes: readonly CellNote[] }
	| {
			readonly outcome: 'changed';
			readonly entry: CohortEntry;
			readonly doubtful: boolean;
			readonly changes: readonly FieldChange[];
			readonly notes: readonly CellNote[];
	  }
	| { readonly outcome: 'same'; readonly entry: CohortEntry; readonly doubtful: boolean; readonly notes: readonly CellNote[] }
	/** `name` and `code` as the list gives them, so that people know whose row it is. */
	| { readonly outcome: 'refused'; readonly name: string; readonly code: string; readonly cells: readonly CellRefusal[] }
	| { readonly outcome: 'ignored'; readonly reason: 'totals' | 'repeated_header' | 'remark'; readonly given: string }
);

export type CohortReading =
	| { readonly ok: true; readonly rows: readonly CohortRow[]; readonly counts: Readonly<Record<CohortRow['outcome'], number>> }
	| { readonly ok: false; readonly code: 'empty' }
	| { readonly ok: false; readonly code: 'columns_missing'; readonly missing: readonly CohortColumn[] };

export interface CohortContext {
	readonly channels: readonly ChannelName[];
	readonly register: readonly RegisteredEntry[];
	/** No announcement and no cohort lies after today. */
	readonly today: Day;
}

const GIVEN_MAX = 200;
const TOTALS = /^(合\s*计|总\s*计|小\s*计|共\s*计|共\s*\d+\s*家|total|sub-?total|sum)\s*[:：]?/i;
const REMARK = /^(注|备注|说明|填表|填报|制表|审核|复核|负责人|经办|联系人|联系电话|日期|盖章|附注|note|remark)/i;
const CHANGE_FIELDS = COHORT_COLUMNS.filter((column) => column !== 'creditCode' && column !== 'category').map((column) =>
	column === 'channel' ? 'channelId' : column
) as readonly EntryField[];

/**
 * Reads the whole table. Blank rows are passed over; nothing is thrown for any content. Rows in sight are read before hidden ones, so that what
 * nobody sees makes no row a repetition.
 */
export function readCohort(table: Table, context: CohortContext, sheet: SheetFacts = PLAIN_SHEET): CohortReading {
	const found = findHeader(table);
	if (!found.ok) return found;
	const known: Known = {
		today: context.today,
		channels: indexChannels(context.channels),
		kinds: new Map(context.channels.map(({ id, kind }) => [id, kind])),
		registered: new Map(context.register.map((entry) => [keyOf(entry), entry])),
		codes: new Set(context.register.map(({ creditCode }) => creditCode)),
		seen: { byKey: new Map(), nameByCode: new Map() }
	};
	const marks = new Map<number, Map<number, CellMark>>();
	for (const mark of sheet.marks) marks.set(mark.row, (marks.get(mark.row) ?? new Map<number, CellMark>()).set(mark.column, mark));
	const hiddenRows = new Set(sheet.hiddenRows);
	const read = (hidden: boolean) =>
		table.flatMap((cells, index): CohortRow[] => {
			const row = index + 1;
			if (index < found.header.firstDataRow || hiddenRows.has(row) !== hidden) return [];
			const filled = cells.filter((cell) => cell.trim() !== '');
			if (filled.length === 0) return [];
			const reason = ignoredReason(cells, filled, found.header);
			if (reason !== null) return [{ row, hidden, outcome: 'ignored', reason, given: filled[0] ?? '' }];
			return [{ hidden, ...readRow({ row, cells, marks: marks.get(row) ?? new Map<number, CellMark>() }, found.header, known) }];
		});
	const rows = [...read(false), ...read(true)].sort((one, other) => one.row - other.row);
	const counts = { new: 0, changed: 0, same: 0, refused: 0, ignored: 0 };
	for (const { outcome } of rows) counts[outcome]++;
	return { ok: true, rows, counts };
}

/** What every row is read against. */
interface Known {
	readonly today: Day;
	readonly channels: ChannelIndex;
	readonly kinds: ReadonlyMap<string, ChannelKind>;
	readonly registered: ReadonlyMap<string, RegisteredEntry>;
	readonly codes: ReadonlySet<CreditCode>;
	readonly seen: SeenRows;
}

interface SeenRows {
	readonly byKey: Map<string, number>;
	readonly nameByCode: Map<CreditCode, { readonly name: string; readonly row: number }>;
}

interface GivenRow {
	readonly row: number;
	readonly cells: readonly string[];
	/** By column. */
	readonly marks: ReadonlyMap<number, CellMark>;
}

type Unplaced<T> = T extends unknown ? Omit<T, 'hidden'> : never;

function readRow({ row, cells, marks }: GivenRow, header: CohortHeader, { today, channels, kinds, registered, codes, seen }: Known): Unplaced<CohortRow> {
	const refused: CellRefusal[] = [];
	const notes: CellNote[] = [];
	const given = (column: CohortColumn): string => cells[header.at.get(column) ?? -1] ?? '';
	const refuseCell = (column: CohortColumn, code: CellProblemCode, text = given(column)) => refused.push({ column, code, given: text.slice(0, GIVEN_MAX) });
	let doubtful = false;
	const take = <T extends string | number>(column: CohortColumn, read: (text: string) => CellReading<T>, needed: boolean): T | null => {
		const mark = marks.get(header.at.get(column) ?? -1);
		if (mark && mark.kind !== 'merged') {
			refuseCell(column, mark.kind, mark.text);
			return null;
		}
		const text = mark && given(column).trim() === '' ? mark.text : given(column);
		if (!needed && saysNothing(text)) return null;
		const reading: CellReading<T> = saysNothing(text) ? { ok: false, code: 'missing' } : read(text);
		if (!reading.ok && reading.doubtful === undefined) {
			refuseCell(column, reading.code);
			return null;
		}
		const value = reading.ok ? reading.value : (reading.doubtful as T);
		if (!reading.ok) doubtful = true;
		const said: readonly CellNoteCode[] = [...(reading.ok ? reading.notes : []), ...(text === given(column) ? [] : ['merged' as const])];
		for (const code of said) notes.push({ column, code, given: text, taken: String(value) });
		return value;
	};

	const name = take('name', readText, true);
	const creditCode = take('creditCode', readCode, true);
	const category = take('category', readCategory, true);
	const channelId = take('channel', (text) => channelCell(text, channels), true);
	const cohortYear = take('cohortYear', (text) => readYear(text, yearOf(today)), true);
	const ownership = cells[header.ownershipAt ?? -1] ?? '';
	const central = saysCentral(ownership);
	const kind = channelId === null ? undefined : kinds.get(channelId);
	if (central !== null && kind !== undefined && fitsChannel(central ? 'central' : 'other', kind) === false)
		notes.push({ column: 'channel', code: 'channel_mismatch', given: ownership.trim().slice(0, GIVEN_MAX), taken: given('channel').trim() });
	const rest = {
		announcedOn: take('announcedOn', (text) => readDate(text, today), false),
		announcementNumber: take('announcementNumber', readText, false),
		contact1Name: take('contact1Name', readText, false),
		contact1Phone: take('contact1Phone', readPhone, false),
		contact1Email: take('contact1Email', readEmail, false),
		contact2Name: take('contact2Name', readText, false),
		contact2Phone: take('contact2Phone', readPhone, false),
		contact2Email: take('contact2Email', readEmail, false)
	};

	if (name !== null && creditCode !== null) {
		const other = seen.nameByCode.get(creditCode);
		if (other && !sameValue('text', other.name, name))
			refused.push({ column: 'name', code: 'name_conflict_in_file', given: given('name'), firstRow: other.row });
		else if (!other) seen.nameByCode.set(creditCode, { name, row });
	}
	if (creditCode !== null && category !== null) {
		const key = keyOf({ creditCode, category });
		const firstRow = seen.byKey.get(key);
		if (firstRow !== undefined) refused.push({ column: 'creditCode', code: 'duplicate_in_file', given: given('creditCode'), firstRow });
		else seen.byKey.set(key, row);
		const known = registered.get(key);
		if (known && known.status !== 'active') refuseCell('creditCode', 'designation_ended');
		// What the register has was right, or was confirmed.
		doubtful &&= !codes.has(creditCode);
	}
	if (refused.length > 0 || name === null || creditCode === null || category === null || channelId === null || cohortYear === null) {
		if (doubtful) refuseCell('creditCode', 'code_check');
		return { row, outcome: 'refused', name: name ?? given('name').slice(0, GIVEN_MAX), code: given('creditCode').slice(0, GIVEN_MAX), cells: refused };
	}

	const listed: CohortEntry = { name, creditCode, category, channelId, cohortYear, ...rest };
	const known = registered.get(keyOf(listed));
	if (!known) return { row, outcome: 'new', entry: listed, doubtful, notes };
	const entry = inItsSpelling(known, listed);
	const changes = changesOf(known, entry);
	return changes.length > 0 ? { row, outcome: 'changed', entry, doubtful, changes, notes } : { row, outcome: 'same', entry, doubtful, notes };
}

function channelCell(given: string, channels: ChannelIndex): CellReading<string> {
	if (given.trim() === '') return { ok: false, code: 'missing' };
	const reading = readChannel(given, channels);
	return reading.ok ? { ok: true, value: reading.channelId, notes: [] } : reading;
}

/** The list's entry, with the register's own spelling where both mean the same. */
function inItsSpelling(known: CohortEntry, listed: CohortEntry): CohortEntry {
	const same = CHANGE_FIELDS.flatMap((field) => {
		const [from, to] = [known[field], listed[field]];
		return typeof from === 'string' && typeof to === 'string' && sameValue(kindOf(field), from, to) ? [[field, from] as const] : [];
	});
	return { ...listed, ...Object.fromEntries(same) };
}

const kindOf = (field: EntryField) => (field.endsWith('Phone') ? 'phone' : field.endsWith('Email') ? 'email' : 'text');

function changesOf(known: CohortEntry, entry: CohortEntry): readonly FieldChange[] {
	return CHANGE_FIELDS.flatMap((field) => {
		const [from, to] = [known[field], entry[field]];
		return to === null || to === from ? [] : [{ field, from: from === null ? null : String(from), to: String(to) }];
	});
}

/** Shorter than any credit code, also than one a spreadsheet mangled (9.11E+17): under "total" stands a number of enterprises. */
const COUNT_MAX_LENGTH = 7;

/** Why a row is no enterprise. A row with anything like a credit code is never a total or a remark. */
function ignoredReason(cells: readonly string[], filled: readonly string[], header: CohortHeader): 'totals' | 'repeated_header' | 'remark' | null {
	if (isHeaderRow(cells)) return 'repeated_header';
	const code = (cells[header.at.get('creditCode') ?? -1] ?? '').trim();
	if (code.length > COUNT_MAX_LENGTH) return null;
	if (filled.slice(0, 2).some((cell) => TOTALS.test(cell.trim()))) return 'totals';
	if (code === '' && filled.length <= 2 && REMARK.test(filled[0]?.trim() ?? '')) return 'remark';
	return null;
}

/** A legal person may be designated once in each category. */
function keyOf(entry: Pick<CohortEntry, 'creditCode' | 'category'>): string {
	return `${entry.creditCode}/${entry.category}`;
}
