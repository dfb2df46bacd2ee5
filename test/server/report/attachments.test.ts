import { problemOf, uploadProblemText, uploadRefusalText } from '#lib/words/upload-words.ts';
import { mkdtemp, readdir, readFile, writeFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, afterAll, expect, test } from 'vitest';
import { ATTACHMENT_MAX_BYTES } from '#lib/domain/form/attachment-slot.ts';
import { addAttachment, type IncomingFile } from '#lib/server/acts/report/add-attachment.ts';
import { downloadAttachment } from '#lib/server/acts/report/download-attachment.ts';
import { removeAttachment } from '#lib/server/acts/report/remove-attachment.ts';
import { withdrawAnnualReport } from '#lib/server/acts/report/withdraw-annual-report.ts';
import { FileCutOff, FileStoreFailed, folderStore, type FileStore } from '#lib/server/files/files.ts';
import { applicationDatabase } from '../../support/people.ts';
import { caseFile } from '../../support/cases.ts';
import type { TestDatabase } from '../../support/database.ts';
import { archiveOf, docxFile, jpgFile, macroFile, pdfFile, pngFile, xlsxFile } from '../../support/office-file.ts';
import { buildOfficial, buildReport, openYear, submitReport, type SceneReport } from '../../support/scene.ts';

let database: TestDatabase;
let folder: string;
let store: FileStore;
beforeAll(async () => {
	database = await applicationDatabase();
	folder = await mkdtemp(join(tmpdir(), 'keyent-files-'));
	store = folderStore(folder);
	await openYear(database, 2026);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* inPieces(content: Buffer, size = 1000): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
const incoming = (content: Buffer, more: Partial<IncomingFile> = {}): IncomingFile => ({
	slotId: 'audited_statements',
	name: '审计报告.pdf',
	stream: inPieces(content),
	announcedBytes: content.length,
	...more
});
const rowsOf = (report: SceneReport) =>
	database.adminSql<
		{ file_name: string; content_type: string; sha256: string; removed_at: Date | null }[]
	>`select file_name, content_type, sha256, removed_at from attachment where report_id = ${report.reportId}`;
async function filesIn(place = folder): Promise<string[]> {
	return (await readdir(place, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);
}

test('a file is kept under its hash, recorded with the draft it begins, and journalled', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	const added = await addAttachment(report.filer, report.reportId, incoming(pdfFile('one')), store);
	if (!added.ok) throw new Error(JSON.stringify(added.refusal));
	expect(await readFile(join(folder, added.sha256.slice(0, 2), added.sha256))).toEqual(pdfFile('one'));
	expect(await rowsOf(report)).toMatchObject([{ file_name: '审计报告.pdf', content_type: 'application/pdf', sha256: added.sha256, removed_at: null }]);
	expect(await database.adminSql`select state from annual_report where id = ${report.reportId}`).toMatchObject([{ state: 'draft' }]);
	expect(await database.adminSql`select act, after ->> 'sha256' as sha256 from journal where object_id = ${added.attachmentId}`).toMatchObject([
		{ act: 'add-attachment', sha256: added.sha256 }
	]);
	expect(await filesIn(join(folder, 'incoming'))).toEqual([]);
});

test('the content decides, not the name; what is no such file leaves neither row nor byte', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	const png = await addAttachment(report.filer, report.reportId, incoming(pngFile(), { name: 'C:\\scan\\\u202efdp.审计.pdf' }), store);
	expect(png).toMatchObject({ ok: true, name: 'fdp.审计.png' });
	const jpg = await addAttachment(report.filer, report.reportId, incoming(jpgFile(), { name: '..' }), store);
	expect(jpg).toMatchObject({ ok: true, name: 'audited_statements.jpg' });
	for (const content of [docxFile(), xlsxFile()])
		expect(await addAttachment(report.filer, report.reportId, incoming(content, { slotId: 'evidence_5_1' }), store)).toMatchObject({ ok: true });
	const before = (await filesIn()).length;
	const lies: [Buffer, string][] = [
		[Buffer.from('<html><script>alert(1)</script>'), 'html'],
		[Buffer.from('%PDF-1.7 cut off in the middl'), ''],
		[Buffer.from('MZ\x90\0'), ''],
		[archiveOf({ 'readme.txt': 'only an archive' }), 'zip'],
		[Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(500)]), ''],
		[macroFile(), 'macros'],
		[docxFile(), 'docx']
	];
	for (const [content, found] of lies) {
		expect(await addAttachment(report.filer, report.reportId, incoming(content), store)).toMatchObject({
			ok: false,
			refusal: { code: 'file_kind_refused', found, allowed: ['pdf', 'png', 'jpg'] }
		});
	}
	expect(await addAttachment(report.filer, report.reportId, incoming(Buffer.alloc(0)), store)).toMatchObject({
		ok: false,
		refusal: { code: 'invalid_input', fields: { file: 'attachment_empty' } }
	});
	expect(await rowsOf(report)).toHaveLength(4);
	expect((await filesIn()).length).toBe(before);
});

test.each([
	['61-motion-photo.jpg', 'jpg'],
	['64-pdf-bom.pdf', 'pdf'],
	['65-pdf-newline.pdf', 'pdf']
])('%s is taken though bytes stand before or after', async (file, type) => {
	const report = await buildReport(database, { channelId: '320000' });
	expect(await addAttachment(report.filer, report.reportId, incoming(caseFile(file), { name: file }), store)).toMatchObject({ ok: true });
	// The same picture with its film cut off before the picture's own end is half a file.
	if (type === 'jpg')
		expect(await addAttachment(report.filer, report.reportId, incoming(caseFile(file).subarray(0, 147), { name: file }), store)).toMatchObject({ ok: false });
});

test('a scan with a gateway’s lines before it, a picture with a comment behind it, a document with a signature behind its end are taken', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	const pdf = caseFile('64-pdf-bom.pdf').subarray(3);
	for (const content of [
		Buffer.concat([Buffer.from('X-Scan: ok\r\n\r\n'), pdf]),
		Buffer.concat([pdf, Buffer.alloc(4_000, '\n')]),
		Buffer.concat([pngFile(), Buffer.from('software=phone')])
	])
		expect(await addAttachment(report.filer, report.reportId, incoming(content), store)).toMatchObject({ ok: true });
	// Beyond the first kilobyte no reader of PDF looks for its beginning.
	expect(await addAttachment(report.filer, report.reportId, incoming(Buffer.concat([Buffer.alloc(5_000, 'x'), pdf])), store)).toMatchObject({ ok: false });
});

test('what phones and offices send and is not taken is named in the refusal, with the way out', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	const compound = (name: string) =>
		Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(500), Buffer.from(name, 'utf16le')]);
	const named: [Buffer, string, RegExp][] = [
		[Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(100)]), 'heic', /HEIC.*JPG/],
		[Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmif1'), Buffer.alloc(100)]), 'heic', /HEIC.*JPG/],
		[archiveOf({ 'OFD.xml': '<x/>', 'Doc_0/Document.xml': '<x/>' }), 'ofd', /OFD.*PDF/],
		[compound('WordDocument'), 'doc', /Word.*PDF/],
		[docxFile(), 'docx', /Word.*PDF/],
		[compound('Workbook'), 'xls', /Excel.*PDF/],
		[compound('EncryptedPackage'), 'locked', /密码/],
		[Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'), 'rar', /解压/],
		[Buffer.concat([Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'), Buffer.alloc(20)]), 'webp', /JPG/]
	];
	for (const [content, found, words] of named) {
		const done = await addAttachment(report.filer, report.reportId, incoming(content), store);
		expect(done).toMatchObject({ ok: false, refusal: { code: 'file_kind_refused', found } });
		if (!done.ok) expect(uploadRefusalText(done.refusal)).toMatch(words);
		// Without script only the name of the problem comes back.
		if (!done.ok && ['heic', 'ofd', 'doc', 'docx'].includes(found)) expect(uploadProblemText(problemOf(done.refusal))).toMatch(words);
	}
});

test('a file that is too large is refused as soon as it is, announced or not', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	let pulled = 0;
	async function* endless(): AsyncGenerator<Uint8Array> {
		const piece = new Uint8Array(1024 * 1024);
		for (;;) {
			pulled += piece.length;
			yield piece;
		}
	}
	const refusal = { code: 'file_too_large', limitBytes: ATTACHMENT_MAX_BYTES };
	expect(await addAttachment(report.filer, report.reportId, { ...incoming(pdfFile()), stream: endless(), announcedBytes: null }, store)).toMatchObject({
		ok: false,
		refusal
	});
	expect(pulled).toBe(ATTACHMENT_MAX_BYTES + 1024 * 1024);
	pulled = 0;
	expect(await addAttachment(report.filer, report.reportId, { ...incoming(pdfFile()), stream: endless(), announcedBytes: 40_000_000 }, store)).toMatchObject({
		ok: false,
		refusal: { ...refusal, sizeBytes: 40_000_000 }
	});
	expect(pulled).toBe(0);
	expect(await rowsOf(report)).toEqual([]);
	expect(await filesIn(join(folder, 'incoming'))).toEqual([]);
});

test('half an upload leaves nothing', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	async function* cut(): AsyncGenerator<Uint8Array> {
		yield pdfFile();
		throw new Error('socket hang up');
	}
	await expect(addAttachment(report.filer, report.reportId, { ...incoming(pdfFile()), stream: cut() }, store)).rejects.toThrow(FileCutOff);
	expect(await rowsOf(report)).toEqual([]);
	expect(await filesIn(join(folder, 'incoming'))).toEqual([]);
	expect(await database.adminSql`select state from annual_report where id = ${report.reportId}`).toMatchObject([{ state: 'not_started' }]);
});

test('a full disk is said, and leaves neither row nor temporary file', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	const full: FileStore = {
		...store,
		keep: () =>
			Promise.reject(new FileStoreFailed('the file store did not take the file', { cause: Object.assign(new Error('no space left'), { code: 'ENOSPC' }) }))
	};
	await expect(addAttachment(report.filer, report.reportId, incoming(pdfFile('full')), full)).rejects.toThrow(FileStoreFailed);
	const blocked = join(folder, 'a-file');
	await writeFile(blocked, '');
	await expect(addAttachment(report.filer, report.reportId, incoming(pdfFile('full')), folderStore(join(blocked, 'below')))).rejects.toThrow(FileStoreFailed);
	expect(await rowsOf(report)).toEqual([]);
	expect(await filesIn(join(folder, 'incoming'))).toEqual([]);
});

test('the same file twice is one, and a slot never holds more than it may, however many come at once', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	const twice = await Promise.all([1, 2, 3].map(() => addAttachment(report.filer, report.reportId, incoming(pdfFile('same')), store)));
	expect(new Set(twice.map((one) => one.ok && one.attachmentId)).size).toBe(1);
	expect(twice.filter((one) => one.ok && one.fresh)).toHaveLength(1);
	const many = await Promise.all(
		Array.from({ length: 6 }, (_, index) =>
			addAttachment(report.filer, report.reportId, incoming(pdfFile(`certificate ${index}`), { slotId: 'tax_credit_certificate' }), store)
		)
	);
	expect(many.filter((one) => one.ok)).toHaveLength(2);
	expect(many.filter((one) => !one.ok && one.refusal.code === 'invalid_input' && one.refusal.fields['file'] === 'too_many_attachments')).toHaveLength(4);
	expect(await rowsOf(report)).toHaveLength(3);
});

test('strangers, readers, foreign slots and submitted reports get nothing in', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	const other = await buildReport(database, { channelId: '320000' });
	const into = (actor: typeof report.filer, more: Partial<IncomingFile> = {}) => addAttachment(actor, report.reportId, incoming(pdfFile('x'), more), store);
	expect(await into(other.filer)).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	expect(await into(report.filer, { slotId: 'evidence_5_3_1' })).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	expect(await into({ ...report.filer, duty: 'reader' })).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
	expect(await into(await buildOfficial(database, 'commerce', '320000'))).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
	await submitReport(database, report);
	expect(await into(report.filer)).toMatchObject({ ok: false, refusal: { code: 'wrong_state' } });
});

test('whoever may see the report may have its files, and each reading is journalled; to others they are not there', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	const added = await addAttachment(report.filer, report.reportId, incoming(pdfFile('secret')), store);
	if (!added.ok) throw new Error('not added');
	const id = added.attachmentId;
	const own = await buildOfficial(database, 'commerce', '320000');
	const strangers = [
		(await buildReport(database, { channelId: '320000' })).filer,
		await buildOfficial(database, 'commerce', '330000'),
		await buildOfficial(database, 'audit'),
		await buildOfficial(database, 'administration'),
		await buildOfficial(database, 'expert_pool')
	];
	const gone = { ok: false, refusal: { code: 'not_found' } };
	expect(await downloadAttachment(report.filer, id)).toMatchObject({ ok: true, sha256: added.sha256, name: '审计报告.pdf' });
	expect(await downloadAttachment(own, id), 'a draft is the enterprise’s alone').toEqual(gone);
	await submitReport(database, report);
	expect(await downloadAttachment(own, id)).toMatchObject({ ok: true });
	expect(await downloadAttachment(await buildOfficial(database, 'mofcom'), id), 'not forwarded yet').toEqual(gone);
	for (const stranger of strangers) expect(await downloadAttachment(stranger, id), stranger.orgKind).toEqual(gone);
	for (const wrong of ['', '1', "'; drop table attachment", '00000000-0000-0000-0000-000000000000', id.toUpperCase()])
		expect(await downloadAttachment(report.filer, wrong)).toEqual(gone);
	expect(await database.adminSql`select org_id::text as org from journal where act = 'download-attachment' and object_id = ${id} order by at`).toEqual([
		{ org: report.filer.orgId },
		{ org: own.orgId }
	]);
});

test('a removed file leaves the slot, but the version that was submitted with it keeps it', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	const added = await addAttachment(report.filer, report.reportId, incoming(pdfFile('kept')), store);
	if (!added.ok) throw new Error('not added');
	await submitReport(database, report);
	expect(await removeAttachment(report.filer, report.reportId, added.attachmentId)).toMatchObject({ ok: false, refusal: { code: 'wrong_state' } });
	expect(await withdrawAnnualReport(report.filer, report.reportId, 1)).toMatchObject({ ok: true });
	const stranger = (await buildReport(database, { channelId: '320000' })).filer;
	expect(await removeAttachment(stranger, report.reportId, added.attachmentId)).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	for (const wrong of ['', '-'.repeat(36), `${added.attachmentId}\0`])
		expect(await removeAttachment(report.filer, report.reportId, wrong)).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	expect(await removeAttachment(report.filer, report.reportId, added.attachmentId)).toMatchObject({ ok: true });
	expect(await removeAttachment(report.filer, report.reportId, added.attachmentId)).toMatchObject({ ok: true });
	expect((await rowsOf(report)).find((row) => row.sha256 === added.sha256)?.removed_at).toBeInstanceOf(Date);
	expect(await downloadAttachment(await buildOfficial(database, 'commerce', '320000'), added.attachmentId)).toMatchObject({ ok: true });
	expect(await store.has(added.sha256)).toBe(true);
});
