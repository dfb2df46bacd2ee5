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
	type CellNoteCode,
	type CellProblemCode,
	type CellReading
} from './cohort-cells.ts';
import { COHORT_COLUMNS, findHeader, isHeaderRow, type CohortColumn, type CohortHeader, type Table } from './cohort-columns.ts';
import type { CreditCode } from '#lib/domain/credit-code.ts';
import { yearOf, type Day } from '#lib/domain/day.ts';
import type { Category, DesignationStatus } from '#lib/domain/parties.ts';

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

/** `row` counts from 1 as the spreadsheet does. */
export type CohortRow = { readonly row: number } & (
	| { readonly outcome: 'new'; readonly entry: CohortEntry; readonly notes: readonly CellNote[] }
	| { readonly outcome: 'changed'; readonly entry: CohortEntry; readonly changes: readonly FieldChange[]; readonly notes: readonly CellNote[] }
	| { readonly outcome: 'same'; readonly entry: CohortEntry; readonly notes: readonly CellNote[] }
	| { readonly outcome: 'refused'; readonly cells: readonly CellRefusal[] }
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

const TOTALS = /^(合\s*计|总\s*计|小\s*计|共\s*计|共\s*\d+\s*家|total|sub-?total|sum)\s*[:：]?/i;
const REMARK = /^(注|备注|说明|填表|制表|附注|note|remark)/i;
const CHANGE_FIELDS = COHORT_COLUMNS.filter((column) => column !== 'creditCode' && column !== 'category').map((column) =>
	column === 'channel' ? 'channelId' : column
) as readonly EntryField[];

/** Reads the whole table. Blank rows are passed over; nothing is thrown for any content. */
export function readCohort(table: Table, context: CohortContext): CohortReading {
	const found = findHeader(table);
	if (!found.ok) return found;
	const registered = new Map(context.register.map((entry) => [keyOf(entry), entry]));
	const channels = indexChannels(context.channels);
	const seen: SeenRows = { byKey: new Map(), nameByCode: new Map() };
	const rows: CohortRow[] = [];
	for (let index = found.header.firstDataRow; index < table.length; index++) {
		const cells = table[index] ?? [];
		const filled = cells.filter((cell) => cell.trim() !== '');
		if (filled.length === 0) continue;
		const row = index + 1;
		const reason = ignoredReason(cells, filled, found.header);
		rows.push(
			reason === null
				? readRow(row, cells, found.header, { today: context.today, channels, registered, seen })
				: { row, outcome: 'ignored', reason, given: filled[0] ?? '' }
		);
	}
	const counts = { new: 0, changed: 0, same: 0, refused: 0, ignored: 0 };
	for (const { outcome } of rows) counts[outcome]++;
	return { ok: true, rows, counts };
}

/** What every row is read against. */
interface Known {
	readonly today: Day;
	readonly channels: ChannelIndex;
	readonly registered: ReadonlyMap<string, RegisteredEntry>;
	readonly seen: SeenRows;
}

interface SeenRows {
	readonly byKey: Map<string, number>;
	readonly nameByCode: Map<CreditCode, { readonly name: string; readonly row: number }>;
}

function readRow(row: number, cells: readonly string[], header: CohortHeader, { today, channels, registered, seen }: Known): CohortRow {
	const refused: CellRefusal[] = [];
	const notes: CellNote[] = [];
	const given = (column: CohortColumn): string => cells[header.at.get(column) ?? -1] ?? '';
	const take = <T extends string | number>(column: CohortColumn, reading: CellReading<T>): T | null => {
		if (!reading.ok) {
			refused.push({ column, code: reading.code, given: given(column).slice(0, 200) });
			return null;
		}
		for (const code of reading.notes) notes.push({ column, code, given: given(column), taken: String(reading.value) });
		return reading.value;
	};
	const optional = <T extends string | number>(column: CohortColumn, read: (text: string) => CellReading<T>): T | null =>
		given(column).trim() === '' ? null : take(column, read(given(column)));

	const name = take('name', readText(given('name')));
	const creditCode = take('creditCode', readCode(given('creditCode')));
	const category = take('category', readCategory(given('category')));
	const channelId = take('channel', channelCell(given('channel'), channels));
	const cohortYear = take('cohortYear', readYear(given('cohortYear'), yearOf(today)));
	const announcedOn = optional('announcedOn', (text) => readDate(text, today));
	const rest = {
		announcedOn,
		announcementNumber: optional('announcementNumber', readText),
		contact1Name: optional('contact1Name', readText),
		contact1Phone: optional('contact1Phone', readPhone),
		contact1Email: optional('contact1Email', readEmail),
		contact2Name: optional('contact2Name', readText),
		contact2Phone: optional('contact2Phone', readPhone),
		contact2Email: optional('contact2Email', readEmail)
	};

	if (name !== null && creditCode !== null) {
		const other = seen.nameByCode.get(creditCode);
		if (other && other.name !== name) refused.push({ column: 'name', code: 'name_conflict_in_file', given: given('name'), firstRow: other.row });
		else if (!other) seen.nameByCode.set(creditCode, { name, row });
	}
	if (creditCode !== null && category !== null) {
		const key = keyOf({ creditCode, category });
		const firstRow = seen.byKey.get(key);
		if (firstRow !== undefined) refused.push({ column: 'creditCode', code: 'duplicate_in_file', given: given('creditCode'), firstRow });
		else seen.byKey.set(key, row);
		const known = registered.get(key);
		if (known && known.status !== 'active') refused.push({ column: 'creditCode', code: 'designation_ended', given: given('creditCode') });
	}
	if (refused.length > 0 || name === null || creditCode === null || category === null || channelId === null || cohortYear === null)
		return { row, outcome: 'refused', cells: refused };

	const entry: CohortEntry = { name, creditCode, category, channelId, cohortYear, ...rest };
	const known = registered.get(keyOf(entry));
	if (!known) return { row, outcome: 'new', entry, notes };
	const changes = changesOf(known, entry);
	return changes.length > 0 ? { row, outcome: 'changed', entry, changes, notes } : { row, outcome: 'same', entry, notes };
}

function channelCell(given: string, channels: ChannelIndex): CellReading<string> {
	if (given.trim() === '') return { ok: false, code: 'missing' };
	const reading = readChannel(given, channels);
	return reading.ok ? { ok: true, value: reading.channelId, notes: [] } : reading;
}

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
