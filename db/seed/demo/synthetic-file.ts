import { createHash } from 'node:crypto';
import type { FileStore } from '#lib/server/files/files.ts';

/** A small real PDF that says what it is. */
export interface SyntheticFile {
	readonly slotId: string;
	readonly name: string;
	readonly bytes: Buffer;
	readonly sha256: string;
}

const SLOTS = [
	{ slotId: 'audited_statements', title: 'Audited statements', name: (year: number) => `${year - 1}年度审计报告（演示）.pdf` },
	{ slotId: 'tax_credit_certificate', title: 'Tax credit certificate', name: (year: number) => `${year - 1}年度纳税信用证明（演示）.pdf` },
	{ slotId: 'sealed_page', title: 'Sealed page', name: (year: number) => `${year}年度盖章页（演示）.pdf` }
] as const;

/** The files that every report of a year shares, one for each slot. */
export function filesOfYear(year: number): readonly SyntheticFile[] {
	return SLOTS.map(({ slotId, title, name }) => {
		const bytes = pdf([`${title}, report year ${year}`, 'Synthetic demonstration file. Nobody issued it.']);
		return { slotId, name: name(year), bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
	});
}

/** Puts the bytes where attachments lie. */
export async function keepFiles(store: FileStore, files: readonly SyntheticFile[]): Promise<void> {
	for (const file of files) {
		if (await store.has(file.sha256)) continue;
		const received = await store.receive(chunksOf(file.bytes), file.bytes.length);
		await store.keep(received);
		await received.discard();
	}
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
	yield await Promise.resolve(bytes);
}

/** One page of Helvetica, with a right table of offsets, so that every reader opens it. */
function pdf(lines: readonly string[]): Buffer {
	const text = lines.map((line, index) => `BT /F1 16 Tf 60 ${760 - index * 28} Td (${line}) Tj ET`).join('\n');
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
		`<< /Length ${text.length} >>\nstream\n${text}\nendstream`
	];
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const at = body.length;
		body += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return at;
	});
	const table = body.length;
	body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
	return Buffer.from(`${body}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`, 'latin1');
}
