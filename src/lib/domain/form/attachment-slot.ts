import type { Basis as Source } from '#lib/domain/notice.ts';
import type { Category } from '#lib/domain/parties.ts';

/** Kinds of file taken, as found in the content, not in the name. */
export const ATTACHMENT_TYPES = ['pdf', 'png', 'jpg', 'docx', 'xlsx'] as const;
export type AttachmentType = (typeof ATTACHMENT_TYPES)[number];

/** Kinds that are not taken anywhere and that people send all the same: a refusal names them and says the way out. `locked`: with a password. */
export const FOREIGN_KINDS = ['heic', 'ofd', 'doc', 'xls', 'ppt', 'locked', 'rtf', 'gif', 'bmp', 'tiff', 'webp', 'html', 'zip', 'rar', '7z'] as const;
export type ForeignKind = (typeof FOREIGN_KINDS)[number];

/** 30 MB, binary, as file managers count. */
export const ATTACHMENT_MAX_BYTES = 30 * 1024 * 1024;

/** A named place for files. `advised`: not required, but its absence is worth a note. */
export interface AttachmentSlot {
	readonly id: string;
	readonly required: boolean;
	readonly advised: boolean;
	readonly types: readonly AttachmentType[];
	readonly maxBytes: number;
	readonly maxFiles: number;
	readonly article: Source;
	readonly category: Category | 'both';
	/** Last year's file is never this year's. */
	readonly carries: 'never';
}

function slot(id: string, article: Source, options: Partial<AttachmentSlot> = {}): AttachmentSlot {
	return {
		id,
		required: false,
		advised: false,
		types: ATTACHMENT_TYPES,
		maxBytes: ATTACHMENT_MAX_BYTES,
		maxFiles: 10,
		article,
		category: 'both',
		carries: 'never',
		...options
	};
}

/** Only scans or print-outs can carry a seal or an auditor's signature. */
const SIGNED: readonly AttachmentType[] = ['pdf', 'png', 'jpg'];

export const SLOTS_2026_1: readonly AttachmentSlot[] = [
	slot('audited_statements', '6.2', { required: true, types: SIGNED, maxFiles: 5 }),
	slot('tax_credit_certificate', 'annex2.attachments', { advised: true, types: SIGNED, maxFiles: 2 }),
	slot('evidence_5_1', '5.1'),
	slot('evidence_5_2_1', '5.2.1', { category: 'manufacturing' }),
	slot('evidence_5_2_2', '5.2.2', { category: 'manufacturing' }),
	slot('evidence_5_2_3', '5.2.3', { category: 'manufacturing' }),
	slot('evidence_5_2_4', '5.2.4', { category: 'manufacturing' }),
	slot('evidence_5_2_5', '5.2.5', { category: 'manufacturing' }),
	slot('evidence_5_2_6', '5.2.6', { category: 'manufacturing' }),
	slot('evidence_5_2_7', '5.2.7', { category: 'manufacturing' }),
	slot('evidence_5_3_1', '5.3.1', { category: 'it_outsourcing' }),
	slot('evidence_5_3_2', '5.3.2', { category: 'it_outsourcing' }),
	slot('evidence_5_3_3', '5.3.3', { category: 'it_outsourcing' }),
	slot('evidence_5_3_4', '5.3.4', { category: 'it_outsourcing' }),
	slot('evidence_5_3_5', '5.3.5', { category: 'it_outsourcing' }),
	slot('evidence_5_3_6', '5.3.6', { category: 'it_outsourcing' }),
	slot('evidence_5_3_7', '5.3.7', { category: 'it_outsourcing' }),
	slot('sealed_page', 'fill.2', { advised: true, types: SIGNED, maxFiles: 2 })
];

/** 附件2 asks for the code's certificate by name, and for proof of competitiveness. */
export const SLOTS_2027_1: readonly AttachmentSlot[] = SLOTS_2026_1.flatMap((one) => {
	if (one.id === 'tax_credit_certificate') return [slot('credit_code_certificate', 'annex2.attachments', { advised: true, types: SIGNED, maxFiles: 2 }), one];
	if (one.id === 'sealed_page') return [slot('competitiveness_proof', 'annex2.it_outsourcing', { category: 'it_outsourcing' }), one];
	return [one];
});

/** A file in its slot, as far as rules and comparisons need it. `sha256` is lower-case hex. */
export interface AttachmentFact {
	readonly slotId: string;
	readonly name: string;
	readonly sha256: string;
	readonly sizeBytes: number;
}

export type SlotRefusal = 'attachment_type_refused' | 'attachment_too_large' | 'attachment_empty' | 'too_many_attachments';

/** Why a file may not go into a slot; `type` is what its content is found to be, null when unknown; `present` counts files already there. */
export function slotRefused(
	slotData: AttachmentSlot,
	file: { readonly type: AttachmentType | null; readonly sizeBytes: number },
	present: number
): SlotRefusal | null {
	if (file.sizeBytes <= 0) return 'attachment_empty';
	if (file.sizeBytes > slotData.maxBytes) return 'attachment_too_large';
	if (file.type === null || !slotData.types.includes(file.type)) return 'attachment_type_refused';
	return present >= slotData.maxFiles ? 'too_many_attachments' : null;
}
