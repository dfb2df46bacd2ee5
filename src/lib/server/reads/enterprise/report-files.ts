import type { AttachmentSlot } from '#lib/domain/form/attachment-slot.ts';
import type { FilingHead } from './filing-data.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadAttachments } from '#lib/server/store/report/attachment.ts';
import { loadFiling } from './filing-section.ts';

export interface SlotFile {
	readonly id: string;
	readonly name: string;
	readonly sizeBytes: number;
	readonly sha256: string;
	readonly scanState: string;
	readonly uploadedAt: Date;
	readonly uploadedByName: string;
}

export interface ReportFiles {
	readonly head: FilingHead;
	readonly slots: readonly { readonly slot: AttachmentSlot; readonly files: readonly SlotFile[] }[];
	/** Required slots without a file. */
	readonly missing: readonly string[];
}

/** Powers /enterprise/reports/[year]/files. Null: no such report of one's own. */
export function readReportFiles(actor: Actor, address: string, now: Date): Promise<ReportFiles | null> {
	return asActor(
		actor,
		async (db) => {
			const found = await loadFiling(db, address, now);
			if (found === null) return null;
			const files = await loadAttachments(db, found.report.id);
			const slots = found.form.slots.map((slot) => ({
				slot,
				files: files
					.filter((file) => file.slotId === slot.id)
					.map(({ id, name, sizeBytes, sha256, scanState, uploadedAt, uploadedByName }) => ({
						id,
						name,
						sizeBytes,
						sha256,
						scanState,
						uploadedAt,
						uploadedByName
					}))
			}));
			return { head: found.head, slots, missing: slots.filter(({ slot, files: here }) => slot.required && here.length === 0).map(({ slot }) => slot.id) };
		},
		{ readOnly: true }
	);
}
