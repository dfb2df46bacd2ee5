import { unpack } from '#lib/server/import/archive.ts';

/** A workbook by its own XML: what stands in a cell, of which type, and with which format, as a program that opens it finds them. */
export interface ReadCell {
	/** As written: text, the number, a date's serial. */
	readonly value: string;
	readonly type: 'text' | 'number' | 'empty';
	readonly format: string;
	readonly bold: boolean;
	readonly bordered: boolean;
}

export interface ReadSheet {
	readonly name: string;
	readonly sheetXml: string;
	readonly workbookXml: string;
	readonly stylesXml: string;
	/** Lines above the table. */
	readonly head: readonly string[];
	readonly headers: readonly ReadCell[];
	readonly rows: readonly (readonly ReadCell[])[];
	/** Row numbers of the head of the table and of its last row. */
	readonly filter: { readonly first: number; readonly last: number };
}

const unescape = (text: string): string =>
	text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

/** @param number of the sheet, from 1 */
export async function readSheet(bytes: Buffer, number = 1): Promise<ReadSheet> {
	const unpacked = await unpack(bytes);
	if (!unpacked.ok) throw new Error(`not an archive of a workbook: ${unpacked.problem}`);
	const part = (name: string): string => unpacked.parts.get(name)?.toString('utf8') ?? '';
	const [sheetXml, workbookXml, stylesXml] = [part(`xl/worksheets/sheet${number}.xml`), part('xl/workbook.xml'), part('xl/styles.xml')];
	const shared = [...part('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, si = '']) =>
		unescape([...si.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text = '']) => text).join(''))
	);
	const named = [...stylesXml.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)];
	// 49 is Excel's own number for text.
	const formats = new Map([['49', '@'], ...named.map(([, id = '', code = '']) => [id, unescape(code)] as const)]);
	const fonts = [...(/<fonts.*?<\/fonts>/s.exec(stylesXml)?.[0] ?? '').matchAll(/<font>(.*?)<\/font>/gs)].map(([, font = '']) => font);
	const borders = [...(/<borders.*?<\/borders>/s.exec(stylesXml)?.[0] ?? '').matchAll(/<border>(.*?)<\/border>/gs)].map(([, border = '']) => border);
	const styles = [...(/<cellXfs.*?<\/cellXfs>/s.exec(stylesXml)?.[0] ?? '').matchAll(/<xf ([^>]*)>/g)].map(([, xf = '']) => xf);
	const attribute = (of: string, name: string): string => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(of)?.[1] ?? '';
	const rows = [...sheetXml.matchAll(/<row r="(\d+)"[^>]*>(.*?)<\/row>/gs)].map(([, at = '', cells = '']) => ({
		number: Number(at),
		cells: [...cells.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, about = '', inner = '']): ReadCell => {
			const style = styles[Number(attribute(about, 's') || '0')] ?? '';
			const raw = /<v>(.*?)<\/v>/s.exec(inner)?.[1];
			return {
				value: raw === undefined ? '' : attribute(about, 't') === 's' ? (shared[Number(raw)] ?? '') : raw,
				type: raw === undefined ? 'empty' : attribute(about, 't') === 's' ? 'text' : 'number',
				format: formats.get(attribute(style, 'numFmtId')) ?? '',
				bold: (fonts[Number(attribute(style, 'fontId') || '0')] ?? '').includes('<b/>'),
				bordered: (borders[Number(attribute(style, 'borderId') || '0')] ?? '').includes('style="thin"')
			};
		})
	}));
	const [, first = '0', last = '0'] = /<autoFilter ref="A(\d+):[A-Z]+(\d+)"\/>/.exec(sheetXml) ?? [];
	const filter = { first: Number(first), last: Number(last) };
	return {
		name: unescape([...workbookXml.matchAll(/<sheet [^>]*name="([^"]*)"/g)][number - 1]?.[1] ?? ''),
		sheetXml,
		workbookXml,
		stylesXml,
		head: rows.filter(({ number }) => number < filter.first).map(({ cells }) => cells[0]?.value ?? ''),
		headers: rows.find(({ number }) => number === filter.first)?.cells ?? [],
		rows: rows.filter(({ number }) => number > filter.first).map(({ cells }) => cells),
		filter
	};
}

/** The name a download is kept under, and the one for what knows Latin letters only. */
export function downloadNames(response: Response): { readonly name: string; readonly plain: string } {
	const said = response.headers.get('content-disposition') ?? '';
	return {
		name: decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(said)?.[1] ?? ''),
		plain: /filename="([^"]*)"/.exec(said)?.[1] ?? ''
	};
}
