/** What can go wrong with an upload, and what is said about it. */
import type { Refusal } from '#lib/domain/refusal.ts';
import { fileKindProblem } from './file-kind-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { refusalText } from './refusal-words.ts';

const words = {
	attachment_empty: m.report_upload_empty,
	too_many_attachments: m.report_upload_too_many,
	file_too_large: m.report_upload_too_large,
	file_kind_refused: m.report_upload_kind,
	macros: m.report_upload_macros,
	kind_heic: () => fileKindProblem('heic'),
	kind_ofd: () => fileKindProblem('ofd'),
	kind_doc: () => fileKindProblem('doc'),
	kind_docx: () => fileKindProblem('docx'),
	cut_off: m.report_upload_cut_off,
	store_failed: m.report_upload_store_failed,
	signed_out: m.report_upload_signed_out,
	refused: m.report_upload_refused
} as const;

export type UploadProblem = keyof typeof words;

export function isUploadProblem(text: string | null): text is UploadProblem {
	return text !== null && Object.hasOwn(words, text);
}

/** The sentence for a problem where its figures are not known. */
export function uploadProblemText(problem: UploadProblem): string {
	return words[problem]();
}

/** A refusal by the name a page without script can be sent back with. */
export function problemOf(refusal: Refusal): UploadProblem {
	if (refusal.code === 'file_too_large') return 'file_too_large';
	if (refusal.code === 'file_kind_refused') {
		const named = `kind_${refusal.found}`;
		return refusal.found === 'macros' ? 'macros' : isUploadProblem(named) ? named : 'file_kind_refused';
	}
	if (refusal.code === 'invalid_input') return refusal.fields['file'] === 'too_many_attachments' ? 'too_many_attachments' : 'attachment_empty';
	return 'refused';
}

/** A refusal with its figures. */
export function uploadRefusalText(refusal: Refusal): string {
	if (refusal.code === 'invalid_input' || (refusal.code === 'file_kind_refused' && refusal.found === 'macros')) return uploadProblemText(problemOf(refusal));
	return refusalText(refusal);
}
