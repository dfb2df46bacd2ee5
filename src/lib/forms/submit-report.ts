import { z } from 'zod';

/** What the check page posts. `afterVersion` is what its reader saw as submitted last, so that a second click is the same submission. */
export const submitForm = z.object({
	afterVersion: z
		.string()
		.regex(/^\d{1,6}$/)
		.transform(Number),
	lateReasonCode: z
		.string()
		.max(50)
		.transform((text) => (text === '' ? null : text))
		.default(null),
	lateReason: z.string().max(2_000).default('')
});
