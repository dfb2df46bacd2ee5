import { m } from '#lib/paraglide/messages.js';
import { formatInstant, formatNumber } from '#lib/words/format.ts';
import { withinBytes } from '#lib/server/files/file-name.ts';

/** A filter that was in force: what it is called, and what was chosen. */
export interface NamedFilter {
	readonly label: string;
	readonly text: string;
}

/** What everything that leaves says of itself. */
export interface SheetHead {
	readonly title: string;
	readonly filters: readonly NamedFilter[];
	/** The instant it was read at. */
	readonly at: Date;
	/** Rows of the table. */
	readonly count: number;
	/** Who took it, and for which office. */
	readonly by: string;
	/** What else has to be known of the figures. */
	readonly notes?: readonly string[];
}

/** Of UTF-8: with title, day and count the name stays under what file systems take. */
const FILTERS_BYTES = 100;
const TITLE_BYTES = 80;

/** The lines above the table: title, filters in words, as of when, how many, who took it. The one place that says them. */
export function headLines({ title, filters, at, count, by, notes = [] }: SheetHead): readonly string[] {
	const chosen = filters.map(({ label, text }) => m.sheet_filter({ label, text })).join(m.sheet_filters_between());
	return [
		title,
		m.sheet_filters({ filters: chosen || m.sheet_filters_none() }),
		m.sheet_as_of({ at: formatInstant(at), count: formatNumber(count), by }),
		...notes
	];
}

/** The name of the file, with the same filters, instant and number; `safeFileName` takes out what a name may not hold. */
export function sheetFileName({ title, filters, at, count }: SheetHead, ending: string): string {
	const all = filters.map(({ text }) => text).join('_');
	const kept = withinBytes(all, FILTERS_BYTES);
	const chosen = kept === '' ? '' : `_${kept}${kept.length < all.length ? m.sheet_file_more() : ''}`;
	const instant = formatInstant(at).replace(/[-:]/g, '').replace(' ', '-');
	return `${m.sheet_file_name({ title: withinBytes(title, TITLE_BYTES), chosen, at: instant, count })}.${ending}`.replaceAll('/', '_');
}
