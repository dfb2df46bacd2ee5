import { day } from '#lib/domain/day.ts';
import type { Ministry } from '#lib/domain/parties.ts';
import type { ProposedAmendment } from '#lib/domain/report/year-amendment.ts';
import { DATE_FIELDS, type YearDates } from '#lib/domain/report/reporting-year.ts';
import type { Db } from '#lib/server/db/door.ts';

/** A proposal of other dates, with who made it and what became of it. */
export interface StoredAmendment extends ProposedAmendment {
	readonly id: string;
	readonly year: number;
	readonly reason: string;
	readonly personName: string;
	readonly proposedAt: Date;
	readonly confirmedByName: string | null;
	readonly confirmedAt: Date | null;
	readonly withdrawnAt: Date | null;
}

export interface AmendmentColumns {
	id: string;
	year: number;
	before: unknown;
	dates: unknown;
	document_no: string;
	reason: string;
	ministry: string;
	person_id: string;
	person_name: string;
	proposed_at: Date;
	confirmed_by_name: string | null;
	confirmed_at: Date | null;
	withdrawn_at: Date | null;
}

export function amendmentOf(row: AmendmentColumns): StoredAmendment {
	return {
		id: row.id,
		year: row.year,
		before: datesFrom(row.before),
		dates: datesFrom(row.dates),
		documentNo: row.document_no,
		reason: row.reason,
		ministry: row.ministry as Ministry,
		personId: row.person_id,
		personName: row.person_name,
		proposedAt: row.proposed_at,
		confirmedByName: row.confirmed_by_name,
		confirmedAt: row.confirmed_at,
		withdrawnAt: row.withdrawn_at
	};
}

/** Locks a proposal nobody has ended; undefined when there is none such. The year is locked first, by the caller. */
export async function lockOpenAmendment({ sql }: Pick<Db, 'sql'>, id: string, year: number): Promise<StoredAmendment | undefined> {
	const [row] = await sql<AmendmentColumns[]>`
		select id, year, before, dates, document_no, reason, ministry, person_id, person_name, proposed_at, confirmed_by_name, confirmed_at, withdrawn_at
		from reporting_year_amendment where id = ${id}::bigint and year = ${year} and confirmed_at is null and withdrawn_at is null for update`;
	return row && amendmentOf(row);
}

/** Every proposal for a year, newest first. */
export async function loadAmendments({ sql }: Pick<Db, 'sql'>, year: number): Promise<readonly StoredAmendment[]> {
	const rows = await sql<AmendmentColumns[]>`
		select id, year, before, dates, document_no, reason, ministry, person_id, person_name, proposed_at, confirmed_by_name, confirmed_at, withdrawn_at
		from reporting_year_amendment where year = ${year} order by id desc`;
	return rows.map(amendmentOf);
}

function datesFrom(given: unknown): YearDates {
	const dates = given as Readonly<Record<string, string>>;
	return Object.fromEntries(DATE_FIELDS.map((field) => [field, day(dates[field] ?? '')])) as unknown as YearDates;
}
