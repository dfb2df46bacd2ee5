import { DEPARTMENTS, MINISTRIES } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import type { XlsxColumn } from '#lib/server/files/export-xlsx.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import type { MinistryReportRow } from '#lib/server/reads/ministry/ministry-report-rows.ts';
import { ministryReportsForExport } from '#lib/server/reads/ministry/ministry-reports.ts';
import { formatInstant } from '#lib/words/format.ts';
import { lateReasonsText } from '#lib/words/late-reason-words.ts';
import { daysByOwnerText } from '#lib/words/lateness-words.ts';
import { courtWord, departmentWord, outcomeText, stateMark } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { listQueryOf } from '../list-query.ts';
import type { RequestHandler } from './$types';

/** What the list shows, all pages of it and the columns chosen, as .xlsx. */
export const GET: RequestHandler = listExport({
	kinds: MINISTRIES,
	queryOf: listQueryOf,
	read: ministryReportsForExport,
	table: ({ year, rows }, { params, now }) => {
		const instant = (at: Date | null | undefined) => (at ? formatInstant(at) : null);
		const columns: (XlsxColumn<MinistryReportRow> & { readonly id: string })[] = [
			{ id: 'name', header: m.ministry_column_enterprise(), width: 36, value: (row) => row.enterpriseName },
			{ id: 'code', header: m.ministry_column_code(), width: 22, value: (row) => row.creditCode },
			{ id: 'state', header: m.ministry_column_state(), value: (row) => stateMark(row).word() },
			{ id: 'timeliness', header: m.ministry_column_timeliness(), value: (row) => outcomeText(row.outcome, row.lateness.submitted.at) },
			{
				id: 'timeliness',
				header: m.exception_column_due(),
				width: 14,
				value: (row) => (year === null ? null : effectiveDueOn(year, row.extensionOn, row.owedOn))
			},
			{
				id: 'timeliness',
				header: m.ministry_column_days_late(),
				width: 10,
				value: (row) => (row.outcome === 'excused' || row.outcome === 'excuse_pending' ? null : row.lateness.daysLate)
			},
			{ id: 'timeliness', header: m.ministry_column_whose_days(), width: 24, value: (row) => daysByOwnerText(row.lateness.daysByOwner) },
			{
				id: 'timeliness',
				header: m.ministry_column_late_reasons(),
				width: 36,
				value: (row) => (row.outcome === 'late' ? lateReasonsText(row.lateness.daysByOwner, row.lateReasons) : null)
			},
			{ id: 'flags', header: m.ministry_flags_warnings(), width: 10, value: (row) => row.warnings },
			{ id: 'flags', header: m.ui_unmet_final_head(), width: 14, value: (row) => row.verdict?.unmet.length ?? null },
			{ id: 'flags', header: m.ui_unmet_final_which(), width: 14, value: (row) => row.verdict?.unmet.join('、') ?? null },
			{ id: 'flags', header: m.ui_unmet_outlook_head(), width: 14, value: (row) => row.verdict?.outlookUnmet.length ?? null },
			{ id: 'channel', header: m.ministry_column_channel(), value: (row) => row.channelName },
			{ id: 'category', header: m.ministry_column_category(), value: (row) => categoryWord[row.category]() },
			{ id: 'cohort', header: m.ministry_column_cohort(), width: 8, value: (row) => row.cohortYear },
			{ id: 'court', header: m.ministry_column_court(), value: (row) => courtWord[row.court]() },
			{ id: 'submitted', header: m.ministry_column_submitted(), width: 18, value: (row) => instant(row.lateness.submitted.at) },
			...DEPARTMENTS.map((department) => ({
				id: 'opinions',
				header: departmentWord[department](),
				width: 18,
				value: (row: MinistryReportRow) => instant(row.lateness.opinions[department])
			})),
			{ id: 'forwarded', header: m.ministry_column_forwarded(), width: 18, value: (row) => instant(row.lateness.forwarded.at) },
			{ id: 'received', header: m.ministry_column_received(), width: 18, value: (row) => instant(row.lateness.received) }
		];
		const chosen = params.getAll('cols').flatMap((text) => text.split(','));
		const shown = chosen.some((id) => columns.some((column) => column.id === id))
			? columns.filter((column) => column.id === 'name' || chosen.includes(column.id))
			: columns;
		const title = m.ministry_export_title({ year: year?.year ?? '' });
		const notes = [m.ministry_export_note({ title, at: formatInstant(now), count: rows.length })];
		return { sheet: title, columns: shown, rows, notes, fileName: `${title}.xlsx` };
	}
});
