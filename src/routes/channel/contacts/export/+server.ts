import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import type { XlsxColumn } from '#lib/server/files/export-xlsx.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import { channelContactsForExport, type ContactRow } from '#lib/server/reads/channel/channel-contacts.ts';
import { standingMark } from '#lib/words/contact-words.ts';
import { formatInstant } from '#lib/words/format.ts';
import { dutyIn } from '#lib/words/standing-words.ts';
import { listQueryOf } from '../list-query.ts';
import type { RequestHandler } from './$types';

/** The contacts as .xlsx, masked as on the screen: a sheet leaves the house. */
export const GET: RequestHandler = listExport({
	kinds: DEPARTMENTS,
	queryOf: listQueryOf,
	read: channelContactsForExport,
	table: (rows, { now }) => {
		const columns: XlsxColumn<ContactRow>[] = [
			{ header: m.channel_column_enterprise(), width: 36, value: (row) => row.enterpriseName },
			{ header: m.chase_column_contact(), value: (row) => row.name },
			{
				header: m.chase_contacts_role(),
				width: 20,
				value: (row) => (row.duty === null ? m.chase_contacts_role_contact() : m.chase_contacts_role_account({ duty: dutyIn('enterprise', row.duty) }))
			},
			{ header: m.chase_contacts_phone(), value: (row) => row.phone },
			{ header: m.chase_remind_address(), width: 24, value: (row) => row.email },
			{ header: m.chase_contacts_standing(), value: (row) => standingMark[row.standing].word() },
			{ header: m.chase_contacts_confirmed_at(), width: 18, value: (row) => row.confirmedAt && formatInstant(row.confirmedAt) }
		];
		const notes = [m.ui_table_as_of({ at: formatInstant(now) })];
		return { sheet: m.chase_contacts_title(), columns, rows, notes, fileName: `${m.chase_contacts_title()}.xlsx` };
	}
});
