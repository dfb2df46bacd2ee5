import { crc32, deflateRawSync } from 'node:zlib';

export interface Part {
	readonly name: string;
	readonly content: Buffer | string;
	/** What the archive claims the part unpacks to; the truth when left out. */
	readonly claims?: number;
	readonly encrypted?: boolean;
}

/** An archive as a hostile hand would write it: sizes may lie, names may be anything. */
export function archiveOf(parts: readonly Part[]): Buffer {
	const pieces: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content, claims, encrypted = false } of parts) {
		const bytes = Buffer.from(content);
		const packed = deflateRawSync(bytes);
		const title = Buffer.from(name, 'utf8');
		const about = Buffer.alloc(26);
		about.writeUInt16LE(20, 0);
		about.writeUInt16LE(encrypted ? 1 : 0, 2);
		about.writeUInt16LE(8, 4);
		about.writeUInt16LE(0x21, 8);
		about.writeUInt32LE(crc32(bytes), 10);
		about.writeUInt32LE(packed.length, 14);
		about.writeUInt32LE(claims ?? bytes.length, 18);
		about.writeUInt16LE(title.length, 22);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(Buffer.from([0x50, 0x4b, 0x01, 0x02, 20, 0]), about, tail, title);
		pieces.push(Buffer.from([0x50, 0x4b, 0x03, 0x04]), about, title, packed);
		offset += 4 + about.length + title.length + packed.length;
	}
	const size = directory.reduce((sum, piece) => sum + piece.length, 0);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...pieces, ...directory, end]);
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** The parts of a workbook with this sheet; others may be added or put in the place of one. */
export function workbookParts(sheetXml: string): Part[] {
	return [
		{
			name: '[Content_Types].xml',
			content:
				`${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ` +
				`ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override ` +
				`PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override ` +
				`PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
		},
		{
			name: '_rels/.rels',
			content:
				`${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
				`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
		},
		{
			name: 'xl/workbook.xml',
			content:
				`${HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
				`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
				`<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`
		},
		{
			name: 'xl/_rels/workbook.xml.rels',
			content:
				`${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
				`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
		},
		{ name: 'xl/worksheets/sheet1.xml', content: `${HEAD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${sheetXml}</worksheet>` }
	];
}

const letters = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : `${letters(Math.floor(index / 26) - 1)}${letters(index % 26)}`);
const escaped = (text: string) => text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A workbook of texts; a number stays a number as a spreadsheet keeps it. */
export function workbookOf(rows: readonly (readonly (string | number | null)[])[], merges: readonly string[] = []): Buffer {
	const cell = (value: string | number | null, at: string) =>
		value === null
			? ''
			: typeof value === 'number'
				? `<c r="${at}"><v>${value.toString()}</v></c>`
				: `<c r="${at}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
	const data = rows.map((row, y) => `<row r="${y + 1}">${row.map((value, x) => cell(value, `${letters(x)}${y + 1}`)).join('')}</row>`).join('');
	const merged = merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : '';
	return archiveOf(workbookParts(`<sheetData>${data}</sheetData>${merged}`));
}
