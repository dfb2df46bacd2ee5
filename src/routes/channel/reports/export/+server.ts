import { m } from '#lib/paraglide/messages.js';
import { DEPARTMENTS, departmentsOf } from '#lib/domain/parties.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import { yearOutcome } from '#lib/domain/report/year-outcome.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import { channelReportsForExport, type ChannelReportRow } from '#lib/server/reads/channel/channel-reports.ts';
import { countColumn, dayColumn, instantColumn, textColumn, yearColumn, type SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { sheetFilters } from '#lib/ui/kit/table/filter.ts';
import { otherNamesText } from '#lib/words/name-words.ts';
import { courtWord, departmentWord, outcomeText, stateMark } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { formatNumber } from '#lib/words/format.ts';
import { listFilters } from '../list-filters.ts';
import { listQueryOf } from '../list-query.ts';
import type { RequestHandler } from './$types';

/** What the list shows, all pages of it, as .xlsx. */
export const GET: RequestHandler = listExport({
	kinds: DEPARTMENTS,
	queryOf: listQueryOf,
	read: (actor, query) => channelReportsForExport(actor, query),
	table: (found, { actor, query, ignored, params, now }) => {
		const { year, rows } = found;
		const departments = departmentsOf(actor.orgKind === 'group' ? 'central_group' : 'province');
		const timeliness = (row: ChannelReportRow) => outcomeText(year === null ? 'open' : yearOutcome({ ...row, year }, now), row.firstSubmittedAt);
		const columns: SheetColumn<ChannelReportRow>[] = [
			textColumn(m.channel_column_enterprise(), (row) => row.enterpriseName),
			textColumn(m.sheet_other_names(), (row) => otherNamesText(row.otherNames)),
			textColumn(m.channel_column_code(), (row) => row.creditCode),
			textColumn(m.channel_column_category(), (row) => categoryWord[row.category]()),
			yearColumn(m.channel_column_cohort(), (row) => row.cohortYear),
			textColumn(m.channel_column_state(), (row) => stateMark(row).word()),
			textColumn(m.channel_column_court(), (row) => courtWord[row.court]()),
			countColumn(m.channel_column_flags(), (row) => row.warnings),
			countColumn(m.ui_unmet_final_head(), (row) => row.verdict?.unmet.length),
			textColumn(m.ui_unmet_final_which(), (row) => row.verdict?.unmet.join('、')),
			countColumn(m.ui_unmet_outlook_head(), (row) => row.verdict?.outlookUnmet.length),
			instantColumn(m.channel_column_submitted(), (row) => row.submittedAt),
			...departments.map((department) =>
				instantColumn(m.sheet_signed_at({ department: departmentWord[department]() }), (row: ChannelReportRow) =>
					row.version > 0 && row.opinions[department].version === row.version ? row.opinions[department].approvedAt : null
				)
			),
			instantColumn(m.channel_column_forwarded(), (row) => row.firstForwardedAt),
			instantColumn(m.channel_column_received(), (row) => row.receivedAt),
			textColumn(m.channel_column_timeliness(), timeliness),
			dayColumn(m.exception_column_due(), (row) => (year === null ? null : effectiveDueOn(year, row.extensionOn, row.owedOn)))
		];
		return {
			title: m.channel_export_title({ year: year?.year ?? '' }),
			filters: [
				...(query.court === null ? [] : [{ label: m.channel_column_court(), text: courtWord[query.court]() }]),
				...sheetFilters(listFilters({ ...found, years: [] }), params, ignored)
			],
			notes: found.more ? [m.sheet_more({ count: formatNumber(rows.length) })] : [],
			columns,
			rows
		};
	}
});
