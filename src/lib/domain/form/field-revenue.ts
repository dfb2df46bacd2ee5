/** 附件2 业务开展情况二: the manufacturing fields a service covers and the revenue from each, as a small table. */
import { answerAt, answerKey, type Answers } from './answer-key.ts';
import type { FigureBasis } from './figure-metric.ts';
import { readNumber } from './number-reading.ts';

/** Rows of the table; whoever serves more fields sums up the smallest under c41, other manufacturing. */
export const FIELD_REVENUE_ROWS = 8;

/** The divisions of manufacturing in GB/T 4754, C13 to C43: the notice names no list of its own. */
export const INDUSTRIES: readonly string[] = Array.from({ length: 31 }, (_, index) => `c${13 + index}`);

/** One row that says anything. Revenue is decimal text in 万元; null where nothing readable was typed. */
export interface FieldRevenue {
	readonly row: number;
	readonly industry: string | null;
	readonly revenue: Readonly<Record<FigureBasis, string | null>>;
}

/** The rows of the table in which something stands, whatever version of the form: one without the table has none. */
export function fieldRevenues(answers: Answers): readonly FieldRevenue[] {
	return Array.from({ length: FIELD_REVENUE_ROWS }, (_, index) => index + 1).flatMap((row): FieldRevenue[] => {
		const typed = answerAt(answers, `mfg_field_${row}`);
		const read = (basis: FigureBasis) => {
			const reading = readNumber(answerAt(answers, answerKey(`mfg_field_${row}_revenue`, basis)), 'money', { negative: false });
			return reading.ok ? reading.value : null;
		};
		const revenue = { final: read('final'), forecast: read('forecast') };
		if (typed === '' && revenue.final === null && revenue.forecast === null) return [];
		return [{ row, industry: INDUSTRIES.includes(typed) ? typed : null, revenue }];
	});
}
