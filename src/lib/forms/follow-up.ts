import { z } from 'zod';
import { trendMetric, type TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import { required, text } from './channel.ts';
import { ANSWER_MAX, REMARK_MAX } from './limits.ts';

/** A question about figures, and by when it is to be answered, as typed. */
export const QuestionForm = z.object({ question: required(REMARK_MAX), answerByOn: z.string().max(30) });
/** What is answered to a question about a figure. */
export const AnswerFollowUpForm = z.object({ answer: required(ANSWER_MAX) });
/** What goes with passing a question on, accepting an answer or withdrawing a question; the rule says where it must not be empty. */
export const FollowUpRemarkForm = z.object({ remark: text(REMARK_MAX) });

/** A figure that was ticked in the list of outliers, as it stands in an address and in a form. */
export interface ChosenFigure {
	readonly designationId: string;
	readonly metric: TrendMetric;
}

/** The figures that texts name, each once; what names none is left out. */
export function figuresIn(texts: readonly string[]): readonly ChosenFigure[] {
	return [...new Set(texts)].flatMap((one) => {
		const [, designationId, id = ''] = /^([1-9]\d{0,17})\.([a-z][a-z0-9_]{0,60})$/.exec(one) ?? [];
		const metric = trendMetric(id);
		return designationId !== undefined && metric !== null ? [{ designationId, metric }] : [];
	});
}
