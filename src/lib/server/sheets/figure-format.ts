import { kindOf } from '#lib/words/form-words.ts';
import { AMOUNT_FORMAT, COUNT_FORMAT, RATE_FORMAT } from './sheet-column.ts';

/** How a figure of a field or metric is shown in a sheet, by what it counts. */
export const figureFormat = (id: string): string =>
	({ rate: RATE_FORMAT, points: RATE_FORMAT, money: AMOUNT_FORMAT, count: COUNT_FORMAT, mean: '0.0' })[kindOf(id)];
