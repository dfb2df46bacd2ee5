import { z } from 'zod';
import { explanationKey, isPlaceKey, parseExplanationKey } from '#lib/domain/form/answer-key.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { LATE_REASON_MAX, REMARK_MAX } from './limits.ts';

/** The id of a record as it stands in an address; anything else is no record. */
export const RecordId = z.string().regex(/^[1-9]\d{0,17}$/);

/** What cannot be stored or deceives the reader: control characters and bidirectional marks. Line ends and tabs are text. */
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

export const OPINION_MAX = 1_000;
export const COMMENT_MAX = 500;
export const LETTER_NO_MAX = 60;
/** More comments than this say that a telephone call is needed. */
export const COMMENTS_MAX = 50;

/** A text as typed, line ends made one kind, without what cannot be stored. */
export const text = (max: number) =>
	z
		.string()
		.transform((typed) => typed.replace(/\r\n?/g, '\n').trim())
		.refine((typed) => !UNREADABLE.test(typed), 'unreadable')
		.refine((typed) => [...typed].length <= max, 'too_long');
export const required = (max: number) => text(max).refine((typed) => typed !== '', 'missing');
/** What an office says of its late days: the code as chosen, '' for none; the rule says what is half said. */
const lateReason = { lateReasonCode: z.string().max(60).default(''), lateReason: text(LATE_REASON_MAX).default('') };
const version = z.coerce.number().int().min(1).max(1_000_000);

/** What is on the department's checklist; each is confirmed before an opinion is signed (填写说明第三条: 推荐单位要认真审核). */
export const OPINION_CHECKLIST = ['figures_match_audit', 'explanations_sufficient', 'attachments_complete'] as const;
export type OpinionChecklistItem = (typeof OPINION_CHECKLIST)[number];

export const OpinionForm = z.object({
	version,
	remark: required(OPINION_MAX),
	...lateReason,
	checklist: z.array(z.enum(OPINION_CHECKLIST)).refine((ticked) => OPINION_CHECKLIST.every((item) => ticked.includes(item)), 'unconfirmed')
});

export const VersionForm = z.object({ version });

export const ExplanationForm = z.object({
	version,
	checkKey: z
		.string()
		.max(150)
		.refine((key) => parseExplanationKey(explanationKey(key, 'text')) !== null),
	verdict: z.enum(['accepted', 'queried', 'none']),
	remark: text(COMMENT_MAX)
});

/** '' is the report as a whole. */
const PlaceText = z
	.string()
	.max(200)
	.refine((key) => key === '' || isPlaceKey(key));

export const ReturnForm = z.object({
	version,
	reasonCode: z.string().max(60),
	/** As typed: the rule says what is wrong with it. */
	correctByOn: z.string().max(30),
	remark: text(REMARK_MAX),
	comments: z.array(z.object({ answerKey: PlaceText, remark: required(COMMENT_MAX) })).max(COMMENTS_MAX)
});

export const ForwardForm = z.object({
	/** `<id>:<version>`, the version on the official's screen. */
	reports: z
		.array(z.string().regex(/^[1-9]\d{0,17}:[1-9]\d{0,5}$/))
		.min(1, 'none_chosen')
		.max(2_000),
	letterNo: text(LETTER_NO_MAX),
	letterOn: z.string().max(30),
	remark: text(REMARK_MAX),
	...lateReason
});

export const ChannelDateForm = z.object({
	year: z.coerce.number().int().min(2000).max(2200),
	dueOn: z.string().max(30),
	rowVersion: z.coerce.number().int().min(0)
});

/** The first problem of each field, by path: `comments.2.remark` → code. */
export function problemsOf(error: z.ZodError): Record<string, string> {
	const problems: Record<string, string> = {};
	for (const issue of error.issues) {
		const path = issue.path.join('.');
		const known = ['missing', 'unreadable', 'too_long', 'unconfirmed', 'none_chosen'].includes(issue.message)
			? issue.message
			: issue.code === 'too_big'
				? 'too_many'
				: 'invalid';
		problems[path] ??= known;
	}
	return problems;
}

/** Where half a reason for lateness is mended: the code that is missing or unknown, or the sentence. */
export function lateReasonProblems(refusal: Refusal): Record<string, string> {
	if (refusal.code === 'reason_required') return { lateReasonCode: 'missing' };
	return refusal.code === 'invalid_input' && refusal.fields['lateReason'] !== undefined ? { lateReason: refusal.fields['lateReason'] } : {};
}
