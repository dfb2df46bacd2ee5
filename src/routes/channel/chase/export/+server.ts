import { dutyRefusal } from '#lib/domain/duties.ts';
import { DEPARTMENTS, departmentsOf } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { listExport } from '#lib/server/pages/list-export.ts';
import { channelChaseForExport } from '#lib/server/reads/channel/channel-chase.ts';
import type { ChaseRow } from '#lib/server/reads/channel/channel-chase-rows.ts';
import { countColumn, dayColumn, instantColumn, textColumn, yearColumn, type SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { sheetFilters } from '#lib/ui/kit/table/filter.ts';
import { groundText, listWord, nextStepText, outcomeWord } from '#lib/words/chase-words.ts';
import { deliveryText } from '#lib/words/delivery-words.ts';
import { lateReasonsText } from '#lib/words/late-reason-words.ts';
import { daysByOwnerText } from '#lib/words/lateness-words.ts';
import { otherNamesText } from '#lib/words/name-words.ts';
import { daysSince } from '#lib/words/opinion-words.ts';
import { departmentWord, stateMark } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { listFilters } from '../list-filters.ts';
import { listQueryOf } from '../list-query.ts';
import type { RequestHandler } from './$types';

/** The board as .xlsx: the same filters and order, every page, telephone numbers masked as on the screen. */
export const GET: RequestHandler = listExport({
	kinds: DEPARTMENTS,
	queryOf: listQueryOf,
	read: channelChaseForExport,
	table: ({ year, rows }, { actor, query, ignored, params, now }) => {
		const who = { kind: actor.orgKind, duty: actor.duty };
		const may = { sign: dutyRefusal(who, 'giveOpinion') === null, forward: dutyRefusal(who, 'forward') === null };
		const kind = actor.orgKind === 'group' ? 'central_group' : 'province';
		const columns: SheetColumn<ChaseRow>[] = [
			textColumn(m.channel_column_enterprise(), (row) => row.enterpriseName),
			textColumn(m.sheet_other_names(), (row) => otherNamesText(row.otherNames)),
			textColumn(m.channel_column_code(), (row) => row.creditCode),
			textColumn(m.channel_column_category(), (row) => categoryWord[row.category]()),
			yearColumn(m.channel_column_cohort(), (row) => row.cohortYear),
			textColumn(m.chase_column_next(), (row) => nextStepText(row.next, may)),
			textColumn(m.chase_column_grounds(), (row) => row.grounds.map((ground) => groundText(ground, row.idleDays)).join(' ')),
			textColumn(m.channel_column_state(), (row) => stateMark(row).word()),
			countColumn(m.sheet_filled(), (row) => row.progress?.filled),
			countColumn(m.sheet_asked(), (row) => row.progress?.asked),
			dayColumn(m.chase_column_due(), (row) => row.dueOn),
			countColumn(m.sheet_days_left(), (row) => row.daysLeft),
			textColumn(m.ministry_column_whose_days(), (row) => daysByOwnerText(row.late.daysByOwner)),
			textColumn(m.ministry_column_late_reasons(), (row) => lateReasonsText(row.late.daysByOwner, row.late.reasons)),
			textColumn(m.chase_column_contact(), (row) => row.contact?.name),
			textColumn(m.sheet_phone(), (row) => row.contact?.phone),
			instantColumn(m.chase_column_last_contact(), (row) => row.lastContact?.at),
			textColumn(m.sheet_outcome(), (row) => row.lastContact && outcomeWord[row.lastContact.outcome]()),
			dayColumn(m.chase_column_promised(), (row) => row.promisedOn),
			...departmentsOf(kind).flatMap((department): SheetColumn<ChaseRow>[] => {
				const named = { department: departmentWord[department]() };
				return [
					instantColumn(m.sheet_signed_at(named), (row) => row.departments[department]?.signedAt),
					countColumn(m.sheet_waiting_days(named), ({ departments: { [department]: at } }) =>
						!at || at.signedAt || at.waitingSince === null ? null : daysSince(at.waitingSince, now)
					)
				];
			}),
			instantColumn(m.chase_column_activity(), (row) => row.lastActivityAt),
			textColumn(m.chase_column_last_year(), (row) =>
				row.lastYearOnTime === null ? null : row.lastYearOnTime ? m.chase_last_year_yes() : m.chase_last_year_no()
			),
			instantColumn(m.chase_column_reminder(), (row) => row.lastReminder?.at),
			textColumn(m.sheet_delivery(), (row) => row.lastReminder && deliveryText(row.lastReminder.delivery))
		];
		return {
			title: `${m.chase_title()} ${year?.year ?? ''}`.trim(),
			filters: [
				...(query.list === null ? [] : [{ label: m.chase_lists(), text: listWord[query.list]() }]),
				...sheetFilters(listFilters({ year, years: [], cohorts: query.cohort === null ? [] : [query.cohort] }, kind), params, ignored)
			],
			columns,
			rows
		};
	}
});
