/** What of an enterprise stands on its one page: the last years, and the figures that are judged before those that are not. */
import type { MatrixRow } from '#lib/domain/check/figure-matrix.ts';

export const SHEET_YEARS = 5;
const SHEET_METRICS = 6;

/** Figures after those with a limit, in the order they are asked about. */
const NEXT = ['revenue', 'profit', 'rd_spending', 'employees', 'software_copyrights', 'patents_invention'];

/** Three to six figures: first those a criterion stands on, then the ones asked about most. */
export function sheetMetrics<Row extends Pick<MatrixRow, 'id' | 'limit'>>(rows: readonly Row[]): readonly Row[] {
	const limited = rows.filter(({ limit }) => limit !== null);
	const more = NEXT.flatMap((id) => rows.find((row) => row.id === id && row.limit === null) ?? []);
	return [...limited, ...more].slice(0, SHEET_METRICS);
}

/** The last years of a list. */
export const sheetYears = (years: readonly number[]): readonly number[] => years.slice(-SHEET_YEARS);
