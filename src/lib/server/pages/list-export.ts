import type { RequestEvent } from '@sveltejs/kit';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { requireActor } from '#lib/server/access.ts';
import type { Actor } from '#lib/server/actor.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import type { SheetCell, SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { headLines, sheetFileName, type NamedFilter, type SheetHead } from '#lib/server/sheets/sheet-head.ts';
import { tableToCsv } from '#lib/server/sheets/write-csv.ts';
import { tablesToXlsx, tableToXlsx } from '#lib/server/sheets/write-xlsx.ts';
import { officeNameIn } from '#lib/words/place-words.ts';

/** What leaves without a table, and is named like one: a picture. */
export interface Leaving {
	readonly title: string;
	/** In words, all that were in force. */
	readonly filters: readonly NamedFilter[];
	/** How many things it shows. */
	readonly count: number;
}

/** A table that leaves the house. As of when and who took it are not its own to say, nor its count. */
export interface ExportedTable<Row> extends Omit<Leaving, 'count'> {
	readonly columns: readonly SheetColumn<Row>[];
	readonly rows: readonly Row[];
	readonly totals?: readonly Row[];
	/** What else has to be known of the figures. */
	readonly notes?: readonly string[];
}

type Asked = Pick<RequestEvent, 'locals'>;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function headOf({ locals }: Asked, { title, filters, count }: Leaving, notes: readonly string[] = []): SheetHead {
	const seat = locals.person?.seat;
	const office = seat ? officeNameIn(getLocale(), seat) : '';
	const name = locals.person?.name ?? '';
	return { title, filters, count, at: locals.now(), by: office === '' ? name : m.sheet_by({ name, office }), notes };
}

/** The name of a file with what was asked for, as of when and how many. */
export function leavingName(event: Asked, leaving: Leaving, ending: string): string {
	return sheetFileName(headOf(event, leaving), ending);
}

/** A table as a download. Every sheet that leaves comes through here, so that none leaves without its head. */
export async function tableDownload<Row>(event: Asked, { notes, ...table }: ExportedTable<Row>, ending: 'xlsx' | 'csv' = 'xlsx'): Promise<Response> {
	const head = headOf(event, { ...table, count: table.rows.length }, notes);
	const sheet = { ...table, name: table.title, head: headLines(head) };
	const name = sheetFileName(head, ending);
	if (ending === 'csv') return new Response(tableToCsv(sheet), { headers: attachmentHeaders(name, 'text/csv; charset=utf-8') });
	return new Response(new Uint8Array(await tableToXlsx(sheet)), { headers: attachmentHeaders(name, XLSX) });
}

/** Several tables that leave as one workbook: each sheet says what the first one says, its own title and its own count. */
export interface ExportedWorkbook extends Leaving {
	readonly sheets: readonly {
		readonly title: string;
		readonly notes: readonly string[];
		readonly headers: readonly string[];
		readonly rows: readonly (readonly SheetCell[])[];
	}[];
}

/** A workbook of several sheets as a download. */
export async function workbookDownload(event: Asked, { sheets, ...leaving }: ExportedWorkbook): Promise<Response> {
	const file = await tablesToXlsx(
		sheets.map(({ title, notes, headers, rows }) => ({
			name: title,
			head: headLines(headOf(event, { ...leaving, title: `${leaving.title} · ${title}`, count: rows.length }, notes)),
			columns: headers.map((header, index) => ({ header, cell: (row: readonly SheetCell[]) => row[index] ?? null })),
			rows
		}))
	);
	return new Response(new Uint8Array(file), { headers: attachmentHeaders(leavingName(event, leaving, 'xlsx'), XLSX) });
}

/** A sheet to be filled in, which holds nothing yet: no filter, no instant and no number to name. */
export async function blankSheetDownload(title: string, note: string, headers: readonly string[], blankRows: number): Promise<Response> {
	const columns = headers.map((header) => ({ header, cell: () => null }));
	const file = await tableToXlsx({ name: title, head: [note], columns, rows: [], blankRows });
	return new Response(new Uint8Array(file), { headers: attachmentHeaders(`${title}.xlsx`, XLSX) });
}

/** The list of a page as .xlsx: whose it is, what its address asks for, what is read, and how it is laid out. */
export function listExport<Query, Found, Row>({
	kinds,
	queryOf,
	read,
	table
}: {
	readonly kinds: readonly OrganisationKind[];
	readonly queryOf: (params: URLSearchParams) => { readonly query: Query; readonly ignored?: readonly string[] };
	readonly read: (actor: Actor, query: Query, now: Date) => Promise<Found>;
	readonly table: (
		found: Found,
		asked: { readonly actor: Actor; readonly query: Query; readonly ignored: readonly string[]; readonly params: URLSearchParams; readonly now: Date }
	) => ExportedTable<Row>;
}) {
	return async (event: RequestEvent): Promise<Response> => {
		const actor = requireActor(event, kinds);
		const params = event.url.searchParams;
		const { query, ignored = [] } = queryOf(params);
		const now = event.locals.now();
		return tableDownload(event, table(await read(actor, query, now), { actor, query, ignored, params, now }));
	};
}
