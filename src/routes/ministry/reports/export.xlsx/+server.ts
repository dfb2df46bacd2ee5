import { DEPARTMENTS, MINISTRIES } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import type { MinistryReportRow } from '#lib/server/reads/ministry/ministry-report-rows.ts';
import { ministryReportsForExport } from '#lib/server/reads/ministry/ministry-reports.ts';
import { countColumn, dayColumn, instantColumn, textColumn, yearColumn, type SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { sheetFilters } from '#lib/ui/kit/table/filter.ts';
import { lateReasonsText } from '#lib/words/late-reason-words.ts';
import { daysByOwnerText } from '#lib/words/lateness-words.ts';
import { otherNamesText } from '#lib/words/name-words.ts';
import { courtWord, departmentWord, outcomeText, stateMark } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { formatNumber } from '#lib/words/format.ts';
import { listFilters, tabText } from '../list-filters.ts';
import { listQueryOf } from '../list-query.ts';
import { rareFilters } from '../rare-filters.ts';
import type { RequestHandler } from './$types';
import { placeName } from '#lib/words/place-words.ts';

type Column = SheetColumn<MinistryReportRow> & { readonly id: string };
const under = (id: string, columns: readonly SheetColumn<MinistryReportRow>[]): Column[] => columns.map((column) => ({ ...column, id }));

/** What the list shows, all pages of it and the columns chosen, as .xlsx. */
export const GET: RequestHandler = listExport({
	kinds: MINISTRIES,
	queryOf: listQueryOf,
	read: ministryReportsForExport,
	table: (found, { params, query, ignored }) => {
		const { year, rows } = found;
		const columns: Column[] = [
			...under('name', [
				textColumn(m.ministry_column_enterprise(), (row) => row.enterpriseName),
				textColumn(m.sheet_other_names(), (row) => otherNamesText(row.otherNames))
			]),
			...under('code', [textColumn(m.ministry_column_code(), (row) => row.creditCode)]),
			...under('state', [textColumn(m.ministry_column_state(), (row) => stateMark(row).word())]),
			...under('timeliness', [
				textColumn(m.ministry_column_timeliness(), (row) => outcomeText(row.outcome, row.lateness.submitted.at)),
				dayColumn(m.exception_column_due(), (row) => (year === null ? null : effectiveDueOn(year, row.extensionOn, row.owedOn))),
				countColumn(m.ministry_column_days_late(), (row) => (row.outcome === 'excused' || row.outcome === 'excuse_pending' ? null : row.lateness.daysLate)),
				textColumn(m.ministry_column_whose_days(), (row) => daysByOwnerText(row.lateness.daysByOwner)),
				textColumn(m.ministry_column_late_reasons(), (row) => (row.outcome === 'late' ? lateReasonsText(row.lateness.daysByOwner, row.lateReasons) : null))
			]),
			...under('flags', [
				countColumn(m.ministry_flags_warnings(), (row) => row.warnings),
				countColumn(m.ui_unmet_final_head(), (row) => row.verdict?.unmet.length),
				textColumn(m.ui_unmet_final_which(), (row) => row.verdict?.unmet.join('、')),
				countColumn(m.ui_unmet_outlook_head(), (row) => row.verdict?.outlookUnmet.length)
			]),
			...under('channel', [textColumn(m.ministry_column_channel(), (row) => placeName(row.channelName))]),
			...under('category', [textColumn(m.ministry_column_category(), (row) => categoryWord[row.category]())]),
			...under('cohort', [yearColumn(m.ministry_column_cohort(), (row) => row.cohortYear)]),
			...under('court', [textColumn(m.ministry_column_court(), (row) => courtWord[row.court]())]),
			...under('submitted', [instantColumn(m.ministry_column_submitted(), (row) => row.lateness.submitted.at)]),
			...under(
				'opinions',
				DEPARTMENTS.map((department) =>
					instantColumn(m.sheet_signed_at({ department: departmentWord[department]() }), (row) => row.lateness.opinions[department])
				)
			),
			...under('forwarded', [instantColumn(m.ministry_column_forwarded(), (row) => row.lateness.forwarded.at)]),
			...under('received', [instantColumn(m.ministry_column_received(), (row) => row.lateness.received)])
		];
		const chosen = params.getAll('cols').flatMap((text) => text.split(','));
		const shown = chosen.some((id) => columns.some((column) => column.id === id))
			? columns.filter((column) => column.id === 'name' || chosen.includes(column.id))
			: columns;
		return {
			title: m.ministry_export_title({ year: year?.year ?? '' }),
			filters: [
				...(query.court === null ? [] : [{ label: m.ministry_column_court(), text: tabText(query.court) }]),
				...sheetFilters(listFilters({ ...found, rare: rareFilters(params) }, params), params, ignored)
			],
			notes: found.more ? [m.sheet_more({ count: formatNumber(rows.length) })] : [],
			columns: shown,
			rows
		};
	}
});
