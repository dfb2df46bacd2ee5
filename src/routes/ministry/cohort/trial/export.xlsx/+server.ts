import { MINISTRIES } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { listExport } from '#lib/server/pages/list-export.ts';
import { ministryTrial } from '#lib/server/reads/ministry/ministry-trial.ts';
import { figureFormat } from '#lib/server/sheets/figure-format.ts';
import { figureCell, textColumn, yearColumn } from '#lib/server/sheets/sheet-column.ts';
import { chosenFilters } from '#lib/ui/kit/table/filter.ts';
import { fieldLabel, unitOf } from '#lib/words/form-words.ts';
import { bracketed } from '#lib/words/punctuation.ts';
import { listFilters } from '../list-filters.ts';
import { trialQueryOf } from '../trial-query.ts';
import { trialView } from '../trial-view.ts';

/** A workbook of more rows is no longer opened by the programs people have. */
const EXPORT_LIMIT = 50_000;

/** The enterprises whose verdict would be another as .xlsx, which says at its head and in its name that it is a trial, with the counts of every year. */
export const GET = listExport({
	kinds: MINISTRIES,
	queryOf: trialQueryOf,
	read: (actor, query, now) => ministryTrial(actor, { ...query, after: null, before: null }, now, EXPORT_LIMIT),
	table: (found, { params, ignored, now }) => {
		const view = trialView(found, now);
		const rows = view.shown?.rows ?? [];
		type Row = (typeof rows)[number];
		const { subject } = found;
		const unit = unitOf(subject);
		const format = figureFormat(subject);
		const withUnit = (header: string): string => (unit === '' ? header : header + bracketed(unit));
		return {
			title: m.trial_file({ metric: fieldLabel(subject), mark: m.trial_mark(), tried: view.shown?.tried ?? '' }),
			filters: chosenFilters(listFilters(found), params, [...ignored, ...found.ignored]),
			notes:
				view.shown === null
					? [m.trial_notice()]
					: [
							m.trial_note({ limit: view.limit, tried: view.shown.tried }),
							view.shown.asOf,
							m.trial_how(),
							...view.shown.bars.flatMap(({ label, article, cells }) => cells.map(({ year, said }) => `${label} ${article} ${year}${m.trend_between()}${said}`))
						],
			columns: [
				textColumn(m.trend_near_enterprise(), (row: Row) => row.name),
				textColumn(m.trend_near_channel(), (row: Row) => row.channel),
				yearColumn(m.trial_column_year(), (row: Row) => row.year),
				textColumn(m.trial_column_from(), (row: Row) => row.fromText),
				textColumn(m.trial_column_to(), (row: Row) => row.toText),
				yearColumn(m.trial_column_figure_year(), (row: Row) => row.figureYear),
				{ header: withUnit(m.trial_column_figure()), cell: (row: Row) => figureCell(row.actual, format) },
				{ header: withUnit(m.trial_in_force()), cell: (row: Row) => figureCell(row.inForce, format) },
				{ header: withUnit(m.trial_tried()), cell: (row: Row) => figureCell(row.tried, format) }
			],
			rows
		};
	}
});
