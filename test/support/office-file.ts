import { crc32 } from 'node:zlib';

/** An archive with these entries, stored without compression: enough for what looks at names and sizes. */
export function archiveOf(entries: Readonly<Record<string, string | Buffer>>): Buffer {
	const locals: Buffer[] = [];
	const centrals: Buffer[] = [];
	let offset = 0;
	for (const [name, content] of Object.entries(entries)) {
		const data = Buffer.from(content);
		const nameBytes = Buffer.from(name);
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0); // version needed
		fields.writeUInt32LE(crc32(data), 10);
		fields.writeUInt32LE(data.length, 14);
		fields.writeUInt32LE(data.length, 18);
		fields.writeUInt16LE(nameBytes.length, 22);
		const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, nameBytes, data]);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		centrals.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), fields, tail, nameBytes]));
		locals.push(local);
		offset += local.length;
	}
	const central = Buffer.concat(centrals);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(centrals.length, 4);
	end.writeUInt16LE(centrals.length, 6);
	end.writeUInt32LE(central.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const FRAME = { '[Content_Types].xml': '<Types/>', '_rels/.rels': '<Relationships/>' };
export const docxFile = (): Buffer => archiveOf({ ...FRAME, 'word/document.xml': '<w:document/>' });
export const xlsxFile = (): Buffer => archiveOf({ ...FRAME, 'xl/workbook.xml': '<workbook/>' });
export const macroFile = (): Buffer => archiveOf({ ...FRAME, 'word/document.xml': '<w:document/>', 'word/vbaProject.bin': 'x' });

/** A file that is a PDF as far as its first and last bytes say; `text` makes it one of its own. */
export const pdfFile = (text = '审计报告'): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
export const pngFile = (): Buffer =>
	Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), Buffer.alloc(17), Buffer.from('\0\0\0\0IEND\xae\x42\x60\x82', 'latin1')]);
export const jpgFile = (): Buffer => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64), Buffer.from([0xff, 0xd9])]);
