import { dutyRefusal } from '#lib/domain/duties.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { DEPARTMENTS, departmentsOf } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import type { XlsxColumn } from '#lib/server/files/export-xlsx.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import { channelChaseForExport } from '#lib/server/reads/channel/channel-chase.ts';
import type { ChaseRow } from '#lib/server/reads/channel/channel-chase-rows.ts';
import { daysLeftText, groundText, nextStepText, outcomeWord } from '#lib/words/chase-words.ts';
import { deliveryText } from '#lib/words/delivery-words.ts';
import { formatInstant } from '#lib/words/format.ts';
import { lateReasonsText } from '#lib/words/late-reason-words.ts';
import { daysByOwnerText } from '#lib/words/lateness-words.ts';
import { daysSince } from '#lib/words/opinion-words.ts';
import { departmentWord, stateMark } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { listQueryOf } from '../list-query.ts';
import type { RequestHandler } from './$types';

/** The board as .xlsx: the same filters and order, every page, telephone numbers masked as on the screen. */
export const GET: RequestHandler = listExport({
	kinds: DEPARTMENTS,
	queryOf: listQueryOf,
	read: channelChaseForExport,
	table: ({ year, rows }, { actor, now }) => {
		const who = { kind: actor.orgKind, duty: actor.duty };
		const may = { sign: dutyRefusal(who, 'giveOpinion') === null, forward: dutyRefusal(who, 'forward') === null };
		const wait = (row: ChaseRow, department: keyof ChaseRow['departments']) => {
			const at = row.departments[department];
			if (at?.signedAt) return m.chase_signed_on({ day: dayInBeijing(at.signedAt) });
			return at?.waitingSince ? m.chase_waiting_days({ days: daysSince(at.waitingSince, now) }) : null;
		};
		const columns: XlsxColumn<ChaseRow>[] = [
			{ header: m.channel_column_enterprise(), width: 36, value: (row) => row.enterpriseName },
			{ header: m.channel_column_code(), width: 22, value: (row) => row.creditCode },
			{ header: m.channel_column_category(), value: (row) => categoryWord[row.category]() },
			{ header: m.channel_column_cohort(), width: 8, value: (row) => row.cohortYear },
			{ header: m.chase_column_next(), width: 18, value: (row) => nextStepText(row.next, may) },
			{ header: m.chase_column_grounds(), width: 28, value: (row) => row.grounds.map((ground) => groundText(ground, row.idleDays)).join(' ') },
			{
				header: m.chase_column_progress(),
				value: (row) => stateMark(row).word() + (row.progress ? ` ${row.progress.filled}/${row.progress.asked}` : '')
			},
			{ header: m.chase_column_due(), width: 12, value: (row) => row.dueOn },
			{ header: m.chase_list_overdue(), width: 12, value: (row) => (row.daysLeft === null ? null : daysLeftText(row.daysLeft)) },
			{ header: m.ministry_column_whose_days(), width: 24, value: (row) => daysByOwnerText(row.late.daysByOwner) },
			{ header: m.ministry_column_late_reasons(), width: 36, value: (row) => lateReasonsText(row.late.daysByOwner, row.late.reasons) },
			{
				header: m.chase_column_contact(),
				value: (row) => row.contact && `${row.contact.name} ${row.contact.phone ?? ''}`.trim()
			},
			{
				header: m.chase_column_last_contact(),
				width: 24,
				value: (row) => row.lastContact && `${formatInstant(row.lastContact.at)} ${outcomeWord[row.lastContact.outcome]()}`
			},
			{ header: m.chase_column_promised(), width: 12, value: (row) => row.promisedOn },
			...departmentsOf(actor.orgKind === 'group' ? 'central_group' : 'province').map((department) => ({
				header: departmentWord[department](),
				width: 14,
				value: (row: ChaseRow) => wait(row, department)
			})),
			{ header: m.chase_column_activity(), width: 18, value: (row) => row.lastActivityAt && formatInstant(row.lastActivityAt) },
			{
				header: m.chase_column_last_year(),
				width: 10,
				value: (row) => (row.lastYearOnTime === null ? null : row.lastYearOnTime ? m.chase_last_year_yes() : m.chase_last_year_no())
			},
			{
				header: m.chase_column_reminder(),
				width: 24,
				value: (row) => row.lastReminder && `${formatInstant(row.lastReminder.at)} ${deliveryText(row.lastReminder.delivery)}`
			}
		];
		const notes = [m.ui_table_as_of({ at: formatInstant(now) })];
		return { sheet: m.chase_title(), columns, rows, notes, fileName: `${m.chase_title()} ${year?.year ?? ''}.xlsx` };
	}
});
