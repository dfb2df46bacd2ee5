import { m } from '#lib/paraglide/messages.js';
import { DEPARTMENTS, departmentsOf } from '#lib/domain/parties.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import { yearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { XlsxColumn } from '#lib/server/files/export-xlsx.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import { channelReportsForExport, type ChannelReportRow } from '#lib/server/reads/channel/channel-reports.ts';
import { formatInstant } from '#lib/words/format.ts';
import { courtWord, departmentWord, outcomeText, stateMark } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { listQueryOf } from '../list-query.ts';
import type { RequestHandler } from './$types';

/** What the list shows, all pages of it, as .xlsx. */
export const GET: RequestHandler = listExport({
	kinds: DEPARTMENTS,
	queryOf: listQueryOf,
	read: channelReportsForExport,
	table: ({ year, rows }, { actor, now }) => {
		const departments = departmentsOf(actor.orgKind === 'group' ? 'central_group' : 'province');
		const instant = (at: Date | null) => (at === null ? null : formatInstant(at));
		const timeliness = (row: ChannelReportRow) => outcomeText(year === null ? 'open' : yearOutcome({ ...row, year }, now), row.firstSubmittedAt);
		const columns: XlsxColumn<ChannelReportRow>[] = [
			{ header: m.channel_column_enterprise(), width: 36, value: (row) => row.enterpriseName },
			{ header: m.channel_column_code(), width: 22, value: (row) => row.creditCode },
			{ header: m.channel_column_category(), value: (row) => categoryWord[row.category]() },
			{ header: m.channel_column_cohort(), width: 8, value: (row) => row.cohortYear },
			{ header: m.channel_column_state(), value: (row) => stateMark(row).word() },
			{ header: m.channel_column_court(), value: (row) => courtWord[row.court]() },
			{ header: m.channel_column_flags(), width: 8, value: (row) => row.warnings },
			{ header: m.ui_unmet_final_head(), width: 14, value: (row) => row.verdict?.unmet.length ?? null },
			{ header: m.ui_unmet_final_which(), width: 14, value: (row) => row.verdict?.unmet.join('、') ?? null },
			{ header: m.ui_unmet_outlook_head(), width: 14, value: (row) => row.verdict?.outlookUnmet.length ?? null },
			{ header: m.channel_column_submitted(), width: 18, value: (row) => instant(row.submittedAt) },
			...departments.map((department) => ({
				header: m.channel_column_opinion_of({ department: departmentWord[department]() }),
				width: 18,
				value: (row: ChannelReportRow) =>
					row.version > 0 && row.opinions[department].version === row.version ? instant(row.opinions[department].approvedAt) : null
			})),
			{ header: m.channel_column_forwarded(), width: 18, value: (row) => instant(row.firstForwardedAt) },
			{ header: m.channel_column_received(), width: 18, value: (row) => instant(row.receivedAt) },
			{ header: m.channel_column_timeliness(), value: timeliness },
			{ header: m.exception_column_due(), width: 14, value: (row) => (year === null ? null : effectiveDueOn(year, row.extensionOn, row.owedOn)) }
		];
		const title = m.channel_export_title({ year: year?.year ?? '' });
		const notes = [m.channel_export_note({ title, at: formatInstant(now), count: rows.length })];
		return { sheet: title, columns, rows, notes, fileName: `${title}.xlsx` };
	}
});
