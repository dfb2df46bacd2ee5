import { isMinistry } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

export interface AttachmentToSend {
	readonly name: string;
	readonly contentType: string;
	readonly sizeBytes: number;
	readonly sha256: string;
	readonly scanState: string;
}

/**
 * Lets somebody who may see the report have one of its files, and journals that they did (domain.md 8). The enterprise has its own files, drafts
 * included; a department those of a submitted version, a ministry those of a forwarded one.
 *
 * @returns refusals: not_found.
 */
export function downloadAttachment(actor: Actor, attachmentId: string): Promise<Decision<AttachmentToSend>> {
	return asOffice(actor, 'downloadAttachment', async (db) => {
		if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(attachmentId)) return refuse({ code: 'not_found' });
		const { sql, within } = db;
		const [file] = await sql<{ file_name: string; content_type: string; size_bytes: string; sha256: string; scan_state: string; report_id: string }[]>`
			select a.file_name, a.content_type, a.size_bytes, a.sha256, a.scan_state, a.report_id
			from attachment a join annual_report r on r.id = a.report_id
			where a.id = ${attachmentId}::uuid and ${within.report}
				and (${actor.orgKind === 'enterprise'} or exists (
					select from annual_report_version v
					where v.report_id = r.id and (not ${isMinistry(actor.orgKind)} or v.forwarded_at is not null)
						and v.content::jsonb -> 'attachments' @> jsonb_build_array(jsonb_build_object('id', ${attachmentId}::text))))`;
		if (!file) return refuse({ code: 'not_found' });
		await writeJournal(db, {
			act: 'download-attachment',
			objectKind: 'attachment',
			objectId: attachmentId,
			article: null,
			after: { reportId: file.report_id, sha256: file.sha256 }
		});
		return {
			ok: true,
			name: file.file_name,
			contentType: file.content_type,
			sizeBytes: Number(file.size_bytes),
			sha256: file.sha256,
			scanState: file.scan_state
		};
	});
}
