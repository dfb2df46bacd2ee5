/**
 * What applying a list would do, decided from its reading: which rows can be taken, and which of their changes are corrections that only
 * happen when somebody says so. The ordinary way to a new name or channel is a dated event, because each year stays with the channel and the
 * name it had then (domain.md 1).
 */
import { sameValue } from './cohort-cells.ts';
import type { CohortColumn } from './cohort-columns.ts';
import type { CellRefusal, CohortEntry, CohortRow, FieldChange, RegisteredEntry } from './cohort-import.ts';
import { maskEmail, maskPhone } from '#lib/domain/contact-mask.ts';
import { yearOf, type Day } from '#lib/domain/day.ts';
import type { CreditCode } from '#lib/domain/credit-code.ts';

/** An enterprise as the register has it, whatever designations it holds. */
export type RegisteredEnterprise = Pick<RegisteredEntry, 'creditCode' | 'name' | 'channelId'>;

/** A row with what else must be known of it: how it differs from the enterprise the register knows under the same code. */
export type PlannedRow = CohortRow & {
	readonly corrections: readonly FieldChange[];
	/** Who confirmed a doubtful code, and why. */
	readonly confirmed?: CodeConfirmation;
};

export interface CodeConfirmation {
	readonly reason: string;
	readonly by: string;
	/** ISO instant. */
	readonly at: string;
}

/** How a row stands: what it would do, or that its code must be confirmed first. */
export type RowStanding = CohortRow['outcome'] | 'doubtful';

export function standingOf(row: PlannedRow): RowStanding {
	return 'entry' in row && row.doubtful && row.confirmed === undefined ? 'doubtful' : row.outcome;
}

/** A row with an enterprise in it. */
export type EntryRow = Extract<PlannedRow, { readonly entry: CohortEntry }>;

/** The rows that applying takes: not refused, not in doubt, and hidden ones only if somebody says so. The others hold nothing up. */
export function rowsToTake(rows: readonly PlannedRow[], { hidden }: { readonly hidden: boolean }): readonly EntryRow[] {
	return rows.flatMap((row) => ('entry' in row && standingOf(row) !== 'doubtful' && (hidden || !row.hidden) ? [row] : []));
}

/** Whether anybody has anything to do with a list that was tried: something to take, to correct or to confirm. A preview of refused rows alone is nobody's. */
export function isUsable(rows: readonly PlannedRow[]): boolean {
	return rows.some((row) => ['new', 'changed', 'doubtful'].includes(standingOf(row)) || row.corrections.length > 0);
}

const CORRECTED = ['name', 'channelId', 'cohortYear', 'announcedOn'] as const satisfies readonly FieldChange['field'][];

/** True for what a list may only change as a correction: name, channel, cohort, and the date that decides the first year owed. */
export function isCorrection(change: Pick<FieldChange, 'field'>): boolean {
	return (CORRECTED as readonly string[]).includes(change.field);
}

/**
 * Adds what a row alone cannot know: a new designation needs its announcement, a contact a way to reach it, and a new category of a known
 * enterprise may come with another name or channel.
 */
export function planRows(
	rows: readonly CohortRow[],
	enterprises: readonly RegisteredEnterprise[],
	register: readonly RegisteredEntry[]
): readonly PlannedRow[] {
	const known = new Map<CreditCode, RegisteredEnterprise>(enterprises.map((enterprise) => [enterprise.creditCode, enterprise]));
	const entries = new Map(register.map((entry) => [`${entry.creditCode}/${entry.category}`, entry]));
	return rows.map((row): PlannedRow => {
		if (row.outcome === 'refused' || row.outcome === 'ignored') return { ...row, corrections: [] };
		const { entry } = row;
		const cells = [
			...(row.outcome === 'new' ? announcementProblems(entry) : []),
			...contactProblems(entry, entries.get(`${entry.creditCode}/${entry.category}`))
		];
		if (cells.length > 0) {
			const { name, creditCode: code } = entry;
			return { row: row.row, hidden: row.hidden, outcome: 'refused', name, code, cells, corrections: [] };
		}
		if (row.outcome === 'changed') return { ...row, corrections: row.changes.filter(isCorrection) };
		const enterprise = row.outcome === 'new' ? known.get(entry.creditCode) : undefined;
		return { ...row, corrections: enterprise ? differences(enterprise, entry) : [] };
	});
}

function announcementProblems(entry: CohortEntry): CellRefusal[] {
	return (['announcedOn', 'announcementNumber'] as const).filter((column) => entry[column] === null).map((column) => ({ column, code: 'missing', given: '' }));
}

/** Together with what the register has: a list that names only a telephone number completes a contact known by name. */
function contactProblems(entry: CohortEntry, known: RegisteredEntry | undefined): CellRefusal[] {
	return ([1, 2] as const).flatMap((place): CellRefusal[] => {
		const of = (part: 'Name' | 'Phone' | 'Email') => entry[`contact${place}${part}`] ?? known?.[`contact${place}${part}`] ?? null;
		const missing = (column: CohortColumn): CellRefusal => ({ column, code: 'missing', given: '' });
		const reachable = of('Phone') !== null || of('Email') !== null;
		if (of('Name') === null) return reachable ? [missing(`contact${place}Name`)] : [];
		return reachable ? [] : [missing(`contact${place}Phone`)];
	});
}

function differences(enterprise: RegisteredEnterprise, entry: CohortEntry): FieldChange[] {
	return (['name', 'channelId'] as const).flatMap((field) =>
		(field === 'name' ? sameValue('text', enterprise.name, entry.name) : enterprise[field] === entry[field])
			? []
			: [{ field, from: enterprise[field], to: entry[field] }]
	);
}

/** The row's announcement where its year is not the cohort's: the first report follows the announcement (方案第十一条), so somebody looks at the date first. */
export function announcementToConfirm(row: PlannedRow): { readonly announcedOn: Day; readonly cohortYear: number } | null {
	if (row.outcome !== 'new' && row.outcome !== 'changed') return null;
	if (row.outcome === 'changed' && !row.changes.some(({ field }) => field === 'announcedOn' || field === 'cohortYear')) return null;
	const { announcedOn, cohortYear } = row.entry;
	return announcedOn === null || yearOf(announcedOn) === cohortYear ? null : { announcedOn, cohortYear };
}

/**
 * A row as a ministry looks at it: what would be stored is shown whole, since nobody can object to what they do not see; a number or an address the
 * register has is a person's, and masked as everywhere.
 */
export function maskStored(row: PlannedRow): PlannedRow {
	return row.outcome === 'changed' ? { ...row, changes: row.changes.map(maskFrom), corrections: row.corrections.map(maskFrom) } : row;
}

function maskFrom(change: FieldChange): FieldChange {
	if (change.from === null) return change;
	if (change.field === 'contact1Phone' || change.field === 'contact2Phone') return { ...change, from: maskPhone(change.from) };
	return change.field === 'contact1Email' || change.field === 'contact2Email' ? { ...change, from: maskEmail(change.from) } : change;
}

/** Counts as a page shows them. */
export type PlanCounts = Readonly<Record<RowStanding, number>>;

export function countRows(rows: readonly PlannedRow[]): PlanCounts {
	const counts = { new: 0, changed: 0, same: 0, refused: 0, doubtful: 0, ignored: 0 };
	for (const row of rows) counts[standingOf(row)]++;
	return counts;
}
