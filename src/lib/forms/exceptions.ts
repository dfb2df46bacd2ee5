import { z } from 'zod';
import { EXCUSE_VERDICTS, EXTENSION_VERDICTS } from '#lib/domain/report/report-exceptions.ts';
import { RecordId, required, text } from './channel.ts';
import { REASON_MAX, REMARK_MAX } from './limits.ts';

/** As many characters as the database takes for a reason. */

export const AskExtensionForm = z.object({
	/** As typed: the rule says what is wrong with it. */
	untilOn: z.string().max(30),
	reasonCode: z.string().max(60),
	reason: required(REASON_MAX)
});
export const RemarkForm = z.object({ requestId: RecordId, remark: required(REMARK_MAX) });
export const DecideForm = z.object({
	requests: z.array(RecordId).min(1, 'none_chosen').max(500),
	verdict: z.enum(EXTENSION_VERDICTS),
	reason: text(REMARK_MAX)
});
export const ExcuseForm = z.object({ reasonCode: z.string().max(60), remark: required(REASON_MAX) });
export const DecideExcuseForm = z.object({ verdict: z.enum(EXCUSE_VERDICTS), reason: text(REMARK_MAX) });
export const ReopenForm = z.object({ reason: required(REASON_MAX) });
