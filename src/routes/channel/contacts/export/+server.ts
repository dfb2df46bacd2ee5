import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { listExport } from '#lib/server/pages/list-export.ts';
import { channelContactsForExport, type ExportedContact } from '#lib/server/reads/channel/channel-contacts.ts';
import { instantColumn, textColumn, type SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { sheetFilters } from '#lib/ui/kit/table/filter.ts';
import { contactListWords, standingMark } from '#lib/words/contact-words.ts';
import { otherNamesText } from '#lib/words/name-words.ts';
import { dutyIn } from '#lib/words/standing-words.ts';
import { listFilters } from '../list-filters.ts';
import { listQueryOf } from '../list-query.ts';
import type { RequestHandler } from './$types';

/** The contacts as .xlsx, masked as on the screen: a sheet leaves the house. */
export const GET: RequestHandler = listExport({
	kinds: DEPARTMENTS,
	queryOf: listQueryOf,
	read: channelContactsForExport,
	table: (rows, { query, params, ignored }) => {
		const role = ({ duty }: ExportedContact) =>
			duty === null ? m.chase_contacts_role_contact() : m.chase_contacts_role_account({ duty: dutyIn('enterprise', duty) });
		const columns: SheetColumn<ExportedContact>[] = [
			textColumn(m.channel_column_enterprise(), (row) => row.enterpriseName),
			textColumn(m.sheet_other_names(), (row) => otherNamesText(row.otherNames)),
			textColumn(m.chase_column_contact(), (row) => row.name),
			textColumn(m.chase_contacts_role(), (row) => (row.standing === null ? null : role(row))),
			textColumn(m.chase_contacts_phone(), (row) => row.phone),
			textColumn(m.chase_remind_address(), (row) => row.email),
			textColumn(m.chase_contacts_standing(), (row) => (row.standing === null ? m.chase_standing_none() : standingMark[row.standing].word())),
			instantColumn(m.chase_contacts_confirmed_at(), (row) => row.confirmedAt)
		];
		const lists = contactListWords.filter(([list]) => list === query.list).map(([, word]) => ({ label: m.chase_contacts_lists(), text: word() }));
		return { title: m.chase_contacts_title(), filters: [...lists, ...sheetFilters(listFilters(), params, ignored)], columns, rows };
	}
});
