import { z } from 'zod';

/** The most boxes one request may carry; a form has fewer. */
const CHANGES_MAX = 300;

/** What PATCH /enterprise/reports/[year]/answers takes. The length of a text is looked at box by box, so that one too long spoils no other. */
export const answerChanges = z.object({
	changes: z
		.array(z.object({ key: z.string().min(1).max(200), typed: z.string(), baseVersion: z.number().int().min(0).max(2_000_000_000) }))
		.min(1)
		.max(CHANGES_MAX)
});

/** The versions a plain form was shown, out of its hidden field: box → version. Anything else in it is left out. */
export function readShownVersions(text: string): Readonly<Record<string, number>> {
	try {
		const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
		return parsed.success
			? Object.fromEntries(Object.entries(parsed.data).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]) && Number(entry[1]) >= 0))
			: {};
	} catch {
		return {};
	}
}
