/** The parts of a workbook that do not depend on its rows, as ECMA-376 has them and Excel, WPS and LibreOffice read them. */
import { m } from '#lib/paraglide/messages.js';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
/** Written before others have their turn. */
const STRINGS_AT_ONCE = 1_000;
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** XML 1.0 cannot hold them: a sheet with one does not open. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in a part: without what XML cannot hold. */
export function xmlText(text: string): string {
	const plain = text.isWellFormed() ? text : text.toWellFormed();
	return plain.replace(UNWRITABLE, '').replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}

/** A, B, … Z, AA: how a column is called. @param index from 0 */
export function columnName(index: number): string {
	return index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);
}

/** What the parts are, of a workbook of so many sheets. */
export function contentTypesXml(sheets: number): string {
	const each = Array.from(
		{ length: sheets },
		(_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`
	).join('');
	return (
		`${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${each}` +
		`<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/></Types>`
	);
}

export const RELATIONSHIPS =
	`${HEAD}<Relationships xmlns="${PACKAGE}/relationships">` +
	`<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

/** The sheets first, so that the number of a sheet is the number of its relation. */
export function workbookRelationshipsXml(sheets: number): string {
	const relation = (id: number, type: string, target: string) => `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
	const each = Array.from({ length: sheets }, (_, index) => relation(index + 1, 'worksheet', `worksheets/sheet${index + 1}.xml`)).join('');
	const others = relation(sheets + 1, 'styles', 'styles.xml') + relation(sheets + 2, 'sharedStrings', 'sharedStrings.xml');
	return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each}${others}</Relationships>`;
}

/** Where the table stands in the sheet. */
export interface TablePlace {
	readonly sheet: string;
	/** Number of the row of heads, and of the last row under the filter. */
	readonly headRow: number;
	readonly last: number;
	readonly lastColumn: string;
}

/** The workbook: the filter of each sheet and what is printed on every page of it have names in it. */
export function workbookXml(places: readonly TablePlace[]): string {
	const name = (called: string, index: number, more: string, refers: string) =>
		`<definedName name="${called}" localSheetId="${index}"${more}>${xmlText(refers)}</definedName>`;
	const filters = places.map(({ sheet, headRow, last, lastColumn }, index) =>
		name('_xlnm._FilterDatabase', index, ' hidden="1"', `'${sheet}'!$A$${headRow}:$${lastColumn}$${last}`)
	);
	const titles = places.map(({ sheet, headRow }, index) => name('_xlnm.Print_Titles', index, '', `'${sheet}'!$A:$A,'${sheet}'!$${headRow}:$${headRow}`));
	const sheets = places.map(({ sheet }, index) => `<sheet name="${xmlText(sheet)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
	return (
		`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews>` +
		`<sheets>${sheets.join('')}</sheets><definedNames>${filters.join('')}${titles.join('')}</definedNames></workbook>`
	);
}

/** Before the rows: one page wide on paper, what stays in sight, and how wide the columns are. */
export function sheetStart({ headRow }: TablePlace, widths: readonly number[], isFirst = true): string {
	const pane = `<pane xSplit="1" ySplit="${headRow}" topLeftCell="B${headRow + 1}" activePane="bottomRight" state="frozen"/>`;
	return (
		`${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
		`<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews>` +
		`<cols>${widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`
	);
}

/** After the rows: the filter over the table, and how it is printed. */
export function sheetEnd({ headRow, last, lastColumn }: TablePlace, title: string): string {
	// In a page's foot & begins a code.
	const foot = `&L${title.replaceAll('&', '&&').slice(0, 120)}&R${m.sheet_page({ page: '&P', pages: '&N' })}`;
	return (
		`</sheetData><autoFilter ref="A${headRow}:${lastColumn}${last}"/>` +
		`<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>` +
		`<headerFooter><oddFooter>${xmlText(foot)}</oddFooter></headerFooter></worksheet>`
	);
}

/** The texts of the cells, each once, some hundred at a time. */
export function* sharedStringsXml(strings: ReadonlyMap<string, number>): Generator<string> {
	yield `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${strings.size}">`;
	let items: string[] = [];
	for (const text of strings.keys()) {
		items.push(`<si><t xml:space="preserve">${xmlText(text)}</t></si>`);
		if (items.length < STRINGS_AT_ONCE) continue;
		yield items.join('');
		items = [];
	}
	yield `${items.join('')}</sst>`;
}

/** The styles that stand before those of the cells. */
export const STYLE = { plain: 0, title: 1, line: 2, head: 3 } as const;
const FIRST_CELL_STYLE = 4;
/** Below it the numbers are Excel's own. */
const FIRST_FORMAT = 164;

/** The styles of a sheet: a number for each way a cell is shown. */
export interface SheetStyles {
	/** @param look wrap: long texts go on in the next line */
	readonly of: (format: string, look: { readonly bold: boolean; readonly wrap: boolean }) => number;
	readonly xml: () => string;
}

export function sheetStyles(): SheetStyles {
	const formats = new Map<string, number>();
	const cells = new Map<string, { readonly id: number; readonly xf: string }>();
	return {
		of: (format, { bold, wrap }) => {
			const key = `${format}\n${bold}\n${wrap}`;
			const known = cells.get(key);
			if (known) return known.id;
			const numFmt = formats.get(format) ?? FIRST_FORMAT + formats.size;
			formats.set(format, numFmt);
			const id = FIRST_CELL_STYLE + cells.size;
			const xf =
				`<xf numFmtId="${numFmt}" fontId="${bold ? 1 : 0}" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" ` +
				`applyAlignment="1"><alignment vertical="top"${wrap ? ' wrapText="1"' : ''}/></xf>`;
			cells.set(key, { id, xf });
			return id;
		},
		xml: () =>
			stylesXml(
				[...formats],
				[...cells.values()].map(({ xf }) => xf)
			)
	};
}

function stylesXml(formats: readonly (readonly [code: string, id: number])[], cells: readonly string[]): string {
	const font = (size: number, bold: boolean) => `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><color theme="1"/><name val="宋体"/><charset val="134"/></font>`;
	const side = (name: string) => `<${name} style="thin"><color rgb="FF8792A2"/></${name}>`;
	const text = 'numFmtId="49" applyNumberFormat="1"';
	return (
		`${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">` +
		formats.map(([code, id]) => `<numFmt numFmtId="${id}" formatCode="${xmlText(code)}"/>`).join('') +
		`</numFmts><fonts count="3">${font(11, false)}${font(11, true)}${font(14, true)}</fonts>` +
		`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
		`<fill><patternFill patternType="solid"><fgColor rgb="FFEAF1FA"/><bgColor indexed="64"/></patternFill></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
		`<border>${side('left')}${side('right')}${side('top')}${side('bottom')}<diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="${FIRST_CELL_STYLE + cells.length}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf ${text} fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf ${text} fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf ${text} fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">` +
		`<alignment horizontal="center" vertical="center" wrapText="1"/></xf>` +
		`${cells.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
	);
}
