import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import type { Db } from '#lib/server/db/door.ts';

/** A file as the report holds it; the bytes lie in the file store under their SHA-256. */
export interface StoredAttachment extends AttachmentFact {
	readonly id: string;
	readonly contentType: string;
	readonly scanState: string;
	readonly uploadedAt: Date;
	readonly uploadedByName: string;
}

/** The files that stand in a report's slots now, oldest first. */
export async function loadAttachments({ sql }: Db, reportId: string): Promise<StoredAttachment[]> {
	const rows = await sql<
		{
			id: string;
			slot: string;
			file_name: string;
			content_type: string;
			size_bytes: string;
			sha256: string;
			scan_state: string;
			uploaded_at: Date;
			uploaded_by_name: string;
		}[]
	>`
		select id, slot, file_name, content_type, size_bytes, sha256, scan_state, uploaded_at, uploaded_by_name
		from attachment where report_id = ${reportId}::bigint and removed_at is null order by uploaded_at, id`;
	return rows.map((row) => ({
		id: row.id,
		slotId: row.slot,
		name: row.file_name,
		contentType: row.content_type,
		sizeBytes: Number(row.size_bytes),
		sha256: row.sha256,
		scanState: row.scan_state,
		uploadedAt: row.uploaded_at,
		uploadedByName: row.uploaded_by_name
	}));
}
