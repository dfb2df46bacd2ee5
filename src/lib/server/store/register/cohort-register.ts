import { createHash } from 'node:crypto';
import type { RegisteredEntry } from '#lib/domain/register/cohort-import.ts';
import type { RegisteredEnterprise } from '#lib/domain/register/cohort-plan.ts';
import type { ChannelName } from '#lib/domain/channel-names.ts';
import type { CreditCode } from '#lib/domain/credit-code.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Category, ChannelKind, DesignationStatus } from '#lib/domain/parties.ts';
import type { Db } from '#lib/server/db/door.ts';

/** Every channel with all that it is called. */
export async function loadChannelNames({ sql }: Db): Promise<ChannelName[]> {
	const rows = await sql<{ id: string; kind: string; name_zh: string; short_zh: string; name_en: string; abbr: string | null }[]>`
		select id, kind, name_zh, short_zh, name_en, abbr from channel order by id`;
	return rows.map(({ id, kind, name_zh, short_zh, name_en, abbr }) => ({
		id,
		kind: kind as ChannelKind,
		names: [id, name_zh, short_zh, name_en, ...(abbr === null ? [] : [abbr])]
	}));
}

export interface Register {
	readonly entries: readonly RegisteredEntry[];
	readonly enterprises: readonly RegisteredEnterprise[];
}

/** The register as a list is read against it. Nobody can change it until the transaction ends if `lock` is set. */
export async function loadRegister({ sql }: Db, { lock }: { readonly lock: boolean }): Promise<Register> {
	if (lock) await sql<{ taken: boolean }[]>`select pg_advisory_xact_lock(hashtext('cohort register')) is null as taken`;
	const rows = await sql<
		{
			credit_code: string;
			name: string;
			channel_id: string;
			category: string | null;
			cohort_year: number | null;
			announced_on: string | null;
			announcement_no: string | null;
			status: string | null;
			name1: string | null;
			phone1: string | null;
			email1: string | null;
			name2: string | null;
			phone2: string | null;
			email2: string | null;
		}[]
	>`
		select e.credit_code, e.name, e.channel_id, (select d.category) as category, (select d.cohort_year) as cohort_year, (select d.announced_on) as announced_on,
			(select d.announcement_no) as announcement_no, (select d.status) as status,
			(select c1.name) as name1, c1.phone as phone1, c1.email as email1, (select c2.name) as name2, c2.phone as phone2, c2.email as email2
		from enterprise e
		left join designation d on d.enterprise_id = e.id
		left join enterprise_contact c1 on c1.enterprise_id = e.id and c1.place = 1
		left join enterprise_contact c2 on c2.enterprise_id = e.id and c2.place = 2
		order by e.id, d.id`;
	return {
		enterprises: [
			...new Map(rows.map((row) => [row.credit_code, { creditCode: row.credit_code as CreditCode, name: row.name, channelId: row.channel_id }])).values()
		],
		entries: rows.flatMap((row) =>
			row.category === null || row.cohort_year === null
				? []
				: [
						{
							name: row.name,
							creditCode: row.credit_code as CreditCode,
							category: row.category as Category,
							channelId: row.channel_id,
							cohortYear: row.cohort_year,
							announcedOn: row.announced_on as Day | null,
							announcementNumber: row.announcement_no,
							contact1Name: row.name1,
							contact1Phone: row.phone1,
							contact1Email: row.email1,
							contact2Name: row.name2,
							contact2Phone: row.phone2,
							contact2Email: row.email2,
							status: row.status as DesignationStatus
						}
					]
		)
	};
}

/** A mark of what the register knew of these enterprises: another mark later means the dry run no longer tells the truth. */
export function registerMark(register: Register, codes: readonly CreditCode[]): string {
	const asked = new Set(codes);
	const seen = [register.entries.filter(({ creditCode }) => asked.has(creditCode)), register.enterprises.filter(({ creditCode }) => asked.has(creditCode))];
	return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}
