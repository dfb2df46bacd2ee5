import type { Snippet } from 'svelte';

/** A column of a DataTable. Either `text` or `cell` says what stands in it. */
export interface TableColumn<Row> {
	/** Stable: used in the address (`cols=`). */
	id: string;
	/** Header with its unit, e.g. 营业收入(万元). */
	header: string;
	text?: (row: Row) => string;
	cell?: Snippet<[Row]>;
	/** Key for `sort=`; without it the column is not sortable. */
	sort?: string;
	/** Figures stand right and tabular. */
	number?: boolean;
	/** Instants: one line each where there is room. */
	when?: boolean;
	/** Shown unless the address says otherwise. True when left out. */
	shown?: boolean;
	/** Cannot be hidden: the name, and what the row is about. */
	always?: boolean;
}

/** Which rows a bulk act takes. Checkboxes named `name` and one named `matching` go with the form `form`. */
export interface TableSelection<Row> {
	/** Id of the form the checkboxes belong to. */
	form: string;
	name: string;
	/** Which rows the act can take; the others have no checkbox. */
	takes: (row: Row) => boolean;
	/** How many rows the act can take over all pages of the filters. */
	matching: number;
	/** Offers all of them, and says that they are chosen. */
	words: { readonly offer: string; readonly chosen: string };
	/** The form itself, beside what is said of the choice. */
	act?: Snippet;
}
