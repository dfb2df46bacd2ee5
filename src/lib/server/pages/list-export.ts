import type { RequestEvent } from '@sveltejs/kit';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { requireActor } from '#lib/server/access.ts';
import type { Actor } from '#lib/server/actor.ts';
import { tableToXlsx, xlsxHeaders, type XlsxColumn } from '#lib/server/files/export-xlsx.ts';

/** A table that leaves the house: what it is, filtered how and as of when stands above it. */
export interface ExportedTable<Row> {
	readonly sheet: string;
	readonly columns: readonly XlsxColumn<Row>[];
	readonly rows: readonly Row[];
	readonly notes: readonly string[];
	readonly fileName: string;
}

/** A table as a download. */
export async function tableDownload<Row>({ fileName, ...table }: ExportedTable<Row>): Promise<Response> {
	return new Response(new Uint8Array(await tableToXlsx(table)), { headers: xlsxHeaders(fileName) });
}

/** The list of a page as .xlsx: whose it is, what its address asks for, what is read, and how it is laid out. */
export function listExport<Query, Found, Row>({
	kinds,
	queryOf,
	read,
	table
}: {
	readonly kinds: readonly OrganisationKind[];
	readonly queryOf: (params: URLSearchParams) => { readonly query: Query };
	readonly read: (actor: Actor, query: Query, now: Date) => Promise<Found>;
	readonly table: (
		found: Found,
		asked: { readonly actor: Actor; readonly query: Query; readonly params: URLSearchParams; readonly now: Date }
	) => ExportedTable<Row>;
}) {
	return async (event: RequestEvent): Promise<Response> => {
		const actor = requireActor(event, kinds);
		const params = event.url.searchParams;
		const { query } = queryOf(params);
		const now = event.locals.now();
		return tableDownload(table(await read(actor, query, now), { actor, query, params, now }));
	};
}
