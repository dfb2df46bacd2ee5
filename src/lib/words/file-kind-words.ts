/** What a file is found to be, in words, and how to get from it to one that is taken. */
import type { AttachmentType, ForeignKind } from '#lib/domain/form/attachment-slot.ts';
import { m } from '#lib/paraglide/messages.js';

const kindWords = {
	pdf: () => 'PDF',
	png: () => 'PNG',
	jpg: () => 'JPG',
	docx: m.report_kind_docx,
	xlsx: m.report_kind_xlsx,
	heic: m.report_kind_heic,
	ofd: m.report_kind_ofd,
	doc: m.report_kind_doc,
	xls: m.report_kind_xls,
	ppt: m.report_kind_ppt,
	locked: m.report_kind_locked,
	rtf: () => 'RTF',
	gif: () => 'GIF',
	bmp: () => 'BMP',
	tiff: () => 'TIFF',
	webp: () => 'WebP',
	html: m.report_kind_html,
	zip: m.report_kind_zip,
	rar: m.report_kind_zip,
	'7z': m.report_kind_zip
} satisfies Record<AttachmentType | ForeignKind, () => string>;

/** Ways out that are not "save as PDF". */
const ways: Readonly<Record<string, () => string>> = {
	heic: m.report_kind_way_heic,
	ofd: m.report_kind_way_ofd,
	locked: m.report_kind_way_locked,
	zip: m.report_kind_way_zip,
	rar: m.report_kind_way_zip,
	'7z': m.report_kind_way_zip,
	gif: m.report_kind_way_picture,
	bmp: m.report_kind_way_picture,
	tiff: m.report_kind_way_picture,
	webp: m.report_kind_way_picture
};

export function fileKindWord(found: string): string {
	return Object.hasOwn(kindWords, found) ? kindWords[found as keyof typeof kindWords]() : found;
}

/** What to do about it. */
export function fileKindWay(found: string): string {
	return (ways[found] ?? m.report_kind_way_pdf)();
}

/** Both in one sentence, where it is not known what this place takes. */
export function fileKindProblem(found: string): string {
	return m.report_upload_kind_found({ found: fileKindWord(found), way: fileKindWay(found) });
}
