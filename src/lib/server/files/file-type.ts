import type { AttachmentType, ForeignKind } from '#lib/domain/form/attachment-slot.ts';
import { inReadingThread } from '#lib/server/import/reading-thread.ts';

/** What a file is found to be. `macros`: an office file that carries programs, which is refused whatever it is called. */
export type FoundType = AttachmentType | 'macros' | null;

/** `foreign` names a kind that is not taken, where it is known. */
export interface FoundContent {
	readonly type: FoundType;
	readonly foreign: ForeignKind | null;
}

export const CONTENT_TYPES: Readonly<Record<AttachmentType, string>> = {
	pdf: 'application/pdf',
	png: 'image/png',
	jpg: 'image/jpeg',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** Looks at the content, never at the name, in a thread of its own. What cannot be read in time is none of the kinds. */
export async function typeOfFile(path: string): Promise<FoundContent> {
	const said = await inReadingThread<FoundContent>({ what: 'kind', path });
	return said.ok ? said.answer : { type: null, foreign: null };
}
