import { MINISTRIES } from '#lib/domain/parties.ts';
import { PROGRESS_FIGURES, type ProgressCounts, type ProgressRate } from '#lib/domain/report/progress.ts';
import { m } from '#lib/paraglide/messages.js';
import type { XlsxColumn } from '#lib/server/files/export-xlsx.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { formatRate, missing } from '#lib/words/format.ts';
import { asOfText, figureWord, meaningText, progressByWord, rateText, rateTitle } from '#lib/words/progress-words.ts';
import { departmentWord } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { progressQueryOf } from '../progress-query.ts';
import type { RequestHandler } from './$types';

interface Row {
	readonly name: string;
	readonly counts: ProgressCounts;
	readonly rate: ProgressRate;
}

/** The overview's table as .xlsx, with what it is told of above it. */
export const GET: RequestHandler = listExport({
	kinds: MINISTRIES,
	queryOf: progressQueryOf,
	read: ministryProgress,
	table: (found, { query, now }) => {
		const nameOf = (id: string) => found.channels.find((channel) => channel.id === id)?.name ?? id;
		const rows: Row[] =
			query.by === 'department'
				? found.departments.map((one) => ({
						...one,
						name: m.progress_department_of({ channel: nameOf(one.channelId), department: departmentWord[one.department]() })
					}))
				: [
						...found.groups.map((one) => ({
							...one,
							name:
								query.by === 'channel'
									? nameOf(one.key)
									: query.by === 'cohort'
										? one.key
										: one.key === 'manufacturing'
											? categoryWord.manufacturing()
											: categoryWord.it_outsourcing()
						})),
						{ name: m.progress_total(), counts: found.total, rate: found.rate }
					];
		const columns: XlsxColumn<Row>[] = [
			{ header: progressByWord[query.by](), width: 28, value: (row) => row.name },
			...PROGRESS_FIGURES.map((figure): XlsxColumn<Row> => ({ header: figureWord[figure](), value: (row) => row.counts[figure] })),
			{ header: rateTitle(found.rate, found.asOf), width: 22, value: (row) => rateText(row.rate) },
			{ header: m.progress_rate_of({ part: '', whole: '' }).trim(), value: (row) => m.progress_rate_of({ part: row.rate.part, whole: row.rate.whole }) },
			{
				header: m.progress_rate_with_unable_short(),
				width: 22,
				value: ({ rate: { part, withUnable } }) =>
					m.progress_rate_with_unable({ rate: withUnable.rate === null ? missing : formatRate(withUnable.rate), part, whole: withUnable.whole })
			}
		];
		const title = m.progress_table({ year: found.year?.year ?? '', by: progressByWord[query.by]() });
		const notes = [m.progress_export_note({ title, what: asOfText(found.asOf, now) }), meaningText(found.year)];
		return { sheet: m.progress_title(), columns, rows, notes, fileName: `${title}-${found.asOf}.xlsx` };
	}
});
