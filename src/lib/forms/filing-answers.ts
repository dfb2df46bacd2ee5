import { z } from 'zod';
import type { TextRefusal } from '#lib/domain/number-reading.ts';

/** The most boxes one request may carry; a form has fewer. */
const CHANGES_MAX = 300;

/** What PATCH /enterprise/reports/[year]/answers takes. The length of a text is looked at box by box, so that one too long spoils no other. */
export const answerChanges = z.object({
	changes: z
		.array(z.object({ key: z.string().min(1).max(200), typed: z.string(), baseVersion: z.number().int().min(0).max(2_000_000_000) }))
		.min(1)
		.max(CHANGES_MAX)
});

export type AnswerChanges = z.infer<typeof answerChanges>['changes'];

/** Longest text kept of one box (draft_answer_size). */
const TYPED_MAX = 20_000;

/** Why a text cannot be kept even as a half-known answer; null when it can. */
export function unsavable(typed: string): TextRefusal | null {
	if (typed.includes('\u0000')) return 'nul';
	if (/\p{Surrogate}/u.test(typed)) return 'broken_character';
	return typed.length > TYPED_MAX ? 'text_too_long' : null;
}

/** The versions a plain form was shown, out of its hidden field: box → version. Anything else in it is left out. */
export function readShownVersions(text: string): Readonly<Record<string, number>> {
	try {
		const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
		return parsed.success ? Object.fromEntries(Object.entries(parsed.data).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]) && Number(entry[1]) >= 0)) : {};
	} catch {
		return {};
	}
}
