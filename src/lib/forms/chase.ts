import { z } from 'zod';
import { CHASE_LISTS, CHASE_STAGES } from '#lib/domain/chase/chase-risk.ts';
import { CONTACT_MEANS, CONTACT_OUTCOMES } from '#lib/domain/chase/contact-log.ts';
import { CATEGORIES } from '#lib/domain/parties.ts';
import { asked } from './asked.ts';
import { RecordId, text } from './channel.ts';
import { CALL_REMARK_MAX, REMINDER_REMARK_MAX, SPOKE_TO_MAX } from './limits.ts';

export const ContactForm = z.object({
	reportId: RecordId,
	means: z.enum(CONTACT_MEANS),
	outcome: z.enum(CONTACT_OUTCOMES),
	spokeTo: text(SPOKE_TO_MAX),
	/** As typed: the rule says what is wrong with it. */
	promisedOn: z.string().max(30),
	remark: text(CALL_REMARK_MAX)
});

export const StrikeForm = z.object({ entryId: RecordId });

export const RevealForm = z.object({ enterpriseId: RecordId, place: z.coerce.number().int().min(1).max(9) });

/** The filters of the board, as an address carries them: what the list, the reminder's preview and the export share. */
export function chaseFilters(params: URLSearchParams) {
	const ask = asked(params);
	return {
		ask,
		filters: {
			year: ask.year('year'),
			list: ask.oneOf('list', CHASE_LISTS),
			stage: ask.oneOf('stage', CHASE_STAGES),
			category: ask.oneOf('category', CATEGORIES),
			cohort: ask.year('cohort'),
			q: ask.search('q')
		}
	};
}

export const RemindForm = z.object({
	year: z.coerce.number().int().min(2000).max(2200),
	reportIds: z.array(RecordId).min(1, 'none_chosen').max(5_000),
	/** Goes into a letter: one paragraph. */
	remark: text(REMINDER_REMARK_MAX).transform((typed) => typed.replace(/\s+/g, ' '))
});

export const CheckContactForm = z.object({
	enterpriseId: RecordId,
	which: z.string().regex(/^(c[1-9]|a[\w.:@-]{1,100})$/),
	result: z.enum(['confirmed', 'wrong'])
});
