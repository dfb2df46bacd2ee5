import type { Day } from '#lib/domain/day.ts';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { PROGRESS_FIGURES, type ProgressCounts, type ProgressRate } from '#lib/domain/report/progress.ts';
import { m } from '#lib/paraglide/messages.js';
import { listExport } from '#lib/server/pages/list-export.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { countColumn, dayColumn, rateColumn, textColumn, type SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { asOfText, figureWord, meaningText, progressByWord, rateTitle } from '#lib/words/progress-words.ts';
import { departmentWord } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { filtersInForce } from '../list-filters.ts';
import { progressQueryOf } from '../progress-query.ts';
import type { RequestHandler } from './$types';
import { placeName } from '#lib/words/place-words.ts';

interface Row {
	readonly name: string;
	readonly counts: ProgressCounts;
	readonly rate: ProgressRate;
	readonly waiting?: number;
	readonly oldestOn?: Day | null;
}

/** The overview's table as .xlsx, with what it is told of above it. */
export const GET: RequestHandler = listExport({
	kinds: MINISTRIES,
	queryOf: progressQueryOf,
	read: ministryProgress,
	table: (found, { query, params, ignored, now }) => {
		const nameOf = (id: string) => placeName(found.channels.find((channel) => channel.id === id)?.name ?? id);
		const byDepartment = query.by === 'department';
		const rows: Row[] = byDepartment
			? found.departments.map((one) => ({
					...one,
					name: m.progress_department_of({ channel: nameOf(one.channelId), department: departmentWord[one.department]() })
				}))
			: found.groups.map((one) => ({
					...one,
					name:
						query.by === 'channel'
							? nameOf(one.key)
							: query.by === 'cohort'
								? one.key
								: one.key === 'manufacturing'
									? categoryWord.manufacturing()
									: categoryWord.it_outsourcing()
				}));
		const nameHead = {
			channel: m.progress_column_channel,
			department: m.progress_column_department,
			category: m.progress_column_category,
			cohort: m.progress_column_cohort
		}[query.by];
		const columns: SheetColumn<Row>[] = [
			textColumn(nameHead(), (row) => row.name),
			...(byDepartment
				? [countColumn(m.progress_column_waiting(), (row: Row) => row.waiting), dayColumn(m.progress_column_oldest(), (row: Row) => row.oldestOn)]
				: []),
			...PROGRESS_FIGURES.map((figure) => countColumn(figureWord[figure](), (row: Row) => row.counts[figure])),
			rateColumn(rateTitle(found.rate, found.asOf), (row) => row.rate.rate),
			countColumn(m.sheet_part(), (row) => row.rate.part),
			countColumn(m.sheet_whole(), (row) => row.rate.whole),
			rateColumn(m.progress_rate_with_unable_short(), (row) => row.rate.withUnable.rate),
			countColumn(m.sheet_unable_whole(), (row) => row.rate.withUnable.whole)
		];
		return {
			title: m.progress_table({ year: found.year?.year ?? '', by: progressByWord[query.by]() }),
			filters: filtersInForce(found, params, ignored),
			notes: [asOfText(found.asOf, now), meaningText(found.year)].filter((note) => note !== ''),
			columns,
			rows,
			// Two departments of a channel hold the same reports: their figures are not summed.
			totals: byDepartment ? [] : [{ name: m.progress_total(), counts: found.total, rate: found.rate }]
		};
	}
});
