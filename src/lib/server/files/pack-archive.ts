import { crc32 } from 'node:zlib';

/** A part of an archive: as it is, or deflated, with what it was before. */
export type PackedPart = { readonly name: string } & (
	{ readonly content: Buffer } | { readonly deflated: readonly Buffer[]; readonly size: number; readonly crc: number }
);

/** A plain archive: local headers, directory and end say the same. */
export function packArchive(parts: readonly PackedPart[]): Buffer {
	const pieces: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const part of parts) {
		const title = Buffer.from(part.name, 'utf8');
		const stored = 'content' in part;
		const body = stored ? [part.content] : part.deflated;
		const length = body.reduce((sum, piece) => sum + piece.length, 0);
		const about = Buffer.alloc(26);
		about.writeUInt16LE(20, 0);
		about.writeUInt16LE(stored ? 0 : 8, 4);
		about.writeUInt16LE(0x21, 8); // 1 January 1980: an archive needs a date, and none is of interest
		about.writeUInt32LE(stored ? crc32(part.content) : part.crc, 10);
		about.writeUInt32LE(length, 14);
		about.writeUInt32LE(stored ? length : part.size, 18);
		about.writeUInt16LE(title.length, 22);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(Buffer.from([0x50, 0x4b, 0x01, 0x02, 20, 0]), about, tail, title);
		pieces.push(Buffer.from([0x50, 0x4b, 0x03, 0x04]), about, title, ...body);
		offset += 4 + about.length + title.length + length;
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
