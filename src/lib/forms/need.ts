import { z } from 'zod';
import { NEED_OFFICES } from '#lib/domain/need-state.ts';
import { required } from './channel.ts';
import { ANSWER_MAX, REMARK_MAX } from './limits.ts';

/** To whom what an enterprise asks for is passed on, and why. */
export const PassOnNeedForm = z.object({ to: z.enum(NEED_OFFICES), remark: required(REMARK_MAX) });
/** What an office answers, and the version of the report whose text was on the screen. */
export const AnswerNeedForm = z.object({ version: z.coerce.number().int().min(1).max(1_000_000), answer: required(ANSWER_MAX) });
