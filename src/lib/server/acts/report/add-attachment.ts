import { ATTACHMENT_TYPES, slotRefused, type AttachmentSlot, type AttachmentType } from '#lib/domain/form/attachment-slot.ts';
import { saveAnswer, startDraft } from '#lib/domain/report/annual-report.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, type ActorDb } from '#lib/server/db/door.ts';
import { CONTENT_TYPES, typeOfFile, type FoundContent } from '#lib/server/files/file-type.ts';
import { fileStore } from '#lib/server/files/file-store.ts';
import { FileTooLarge, type FileStore, type ReceivedFile } from '#lib/server/files/files.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { viewReport, type LockedReport } from '#lib/server/store/report/annual-report.ts';
import { loadAttachments } from '#lib/server/store/report/attachment.ts';
import { formOf } from '#lib/server/store/report/draft.ts';
import { saveProgress } from '#lib/server/store/report/draft-progress.ts';
import { onReport } from '#lib/server/store/report/on-report.ts';
import { readyToSave } from './save-answers.ts';

/** A file on its way into a slot. `name` is as the sender's machine calls it and decides nothing. */
export interface IncomingFile {
	readonly slotId: string;
	readonly name: string;
	readonly stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
	/** As the sender announces it, so that a hopeless one is refused before it is sent; null when unknown. */
	readonly announcedBytes: number | null;
}

export interface AddedAttachment {
	readonly attachmentId: string;
	readonly sha256: string;
	readonly sizeBytes: number;
	readonly name: string;
	/** False when the same content stood in this slot already. */
	readonly fresh: boolean;
}

/**
 * Puts a file into a slot of the draft (方案第六条). Asked twice whether it may: before a byte is taken, and again in the transaction that
 * records it, since somebody may submit while thirty megabytes flow. The bytes are kept before the row is written: a row never speaks of
 * a file that is not there, and what is refused leaves nothing behind.
 *
 * @returns refusals: not_found (report or slot), not_your_duty, wrong_state, year_closed, not_open_yet, file_too_large,
 * file_kind_refused (`found`: a type, a foreign kind, macros, or empty), invalid_input (file: attachment_empty, too_many_attachments).
 * @throws FileCutOff, FileStoreFailed
 */
export async function addAttachment(actor: Actor, reportId: string, file: IncomingFile, store: FileStore = fileStore()): Promise<Decision<AddedAttachment>> {
	const asked = await asOffice(actor, 'saveAnswer', (db, now) => mayAdd(db, now, reportId, file), { readOnly: true });
	if (!asked.ok) return asked;
	const { slot } = asked;
	let received: ReceivedFile;
	try {
		received = await store.receive(file.stream, slot.maxBytes);
	} catch (error) {
		if (error instanceof FileTooLarge)
			return refuse({ code: 'file_too_large', sizeBytes: Math.max(error.sizeBytes, file.announcedBytes ?? 0), limitBytes: slot.maxBytes });
		throw error;
	}
	try {
		const found = await typeOfFile(received.path);
		const refusal = refusalOf(slot, found, received.sizeBytes, 0);
		const { type } = found;
		if (refusal || type === null || type === 'macros') return refusal ?? refuse({ code: 'not_found' });
		await store.keep(received);
		const kept = { ...received, type, name: cleanName(file.name, slot.id, type) };
		return await onReport(actor, 'saveAnswer', reportId, (db, report, now) => record(db, report, now, slot, kept));
	} finally {
		await received.discard();
	}
}

async function mayAdd(db: ActorDb, now: Date, reportId: string, file: IncomingFile): Promise<Decision<{ slot: AttachmentSlot }>> {
	const report = await viewReport(db, reportId);
	const slot = report && slotOf(report, file.slotId);
	if (!report || !slot) return refuse({ code: 'not_found' });
	const decided = report.case.state === 'not_started' ? startDraft(report.case, now) : saveAnswer(report.case, now);
	if (!decided.ok) return decided;
	if (file.announcedBytes !== null && file.announcedBytes > slot.maxBytes)
		return refuse({ code: 'file_too_large', sizeBytes: file.announcedBytes, limitBytes: slot.maxBytes });
	return { ok: true, slot };
}

async function record(
	db: ActorDb,
	report: LockedReport,
	now: Date,
	slot: AttachmentSlot,
	file: { sha256: string; sizeBytes: number; type: AttachmentType; name: string }
): Promise<Decision<AddedAttachment>> {
	const reportId = report.id;
	const ready = await readyToSave(db, report, now);
	if (!ready.ok) return ready;
	const present = (await loadAttachments(db, reportId)).filter((one) => one.slotId === slot.id);
	const same = present.find((one) => one.sha256 === file.sha256);
	const { sha256, sizeBytes } = file;
	if (same) return { ok: true, attachmentId: same.id, sha256, sizeBytes, name: same.name, fresh: false };
	const refusal = refusalOf(slot, { type: file.type, foreign: null }, sizeBytes, present.length);
	if (refusal) return refusal;
	const { sql, actor } = db;
	const [row] = await sql<{ id: string }[]>`
		insert into attachment (report_id, slot, file_name, content_type, size_bytes, sha256, uploaded_at, uploaded_by, uploaded_by_name)
		values (${reportId}::bigint, ${slot.id}, ${file.name}, ${CONTENT_TYPES[file.type]}, ${sizeBytes}, ${sha256}, ${now}, ${actor.personId}, ${actor.personName})
		returning id`;
	if (!row) throw new Error('the attachment was not recorded');
	await saveProgress(db, report, now);
	await writeJournal(db, {
		act: 'add-attachment',
		objectKind: 'attachment',
		objectId: row.id,
		article: slot.article,
		after: { reportId, slot: slot.id, name: file.name, sizeBytes, sha256 }
	});
	return { ok: true, attachmentId: row.id, sha256, sizeBytes, name: file.name, fresh: true };
}

function slotOf(report: LockedReport, slotId: string): AttachmentSlot | undefined {
	return formOf(report).slots.find((slot) => slot.id === slotId);
}

function refusalOf(slot: AttachmentSlot, { type, foreign }: FoundContent, sizeBytes: number, present: number): ReturnType<typeof refuse> | null {
	const problem = slotRefused(slot, { type: type === 'macros' ? null : type, sizeBytes }, present);
	switch (problem) {
		case null:
			return null;
		case 'attachment_too_large':
			return refuse({ code: 'file_too_large', sizeBytes, limitBytes: slot.maxBytes });
		case 'attachment_type_refused':
			return refuse({ code: 'file_kind_refused', found: type ?? foreign ?? '', allowed: slot.types.filter((type) => ATTACHMENT_TYPES.includes(type)) });
		case 'attachment_empty':
		case 'too_many_attachments':
			return refuse({ code: 'invalid_input', fields: { file: problem } });
	}
}

/** A name that can be shown and saved anywhere: no path, no control or direction marks, the ending of what the content is. */
function cleanName(given: string, slotId: string, type: AttachmentType): string {
	const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
	const plain = last.replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '').trim();
	const stem =
		plain
			.replace(/\.[A-Za-z0-9]{1,5}$/, '')
			.replace(/^[.\s]+/, '')
			.trim() || slotId;
	return `${[...stem].slice(0, 120).join('')}.${type}`;
}
