import type postgres from 'postgres';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';

/** Enterprises in bulk, each with a report nobody has begun and two people; numbers keep apart what several scenes lay into one database. */
export interface LaidFirms {
	readonly channelId: string;
	readonly from: number;
	readonly count: number;
	readonly year?: number;
	/** No account yet: two contacts instead, of whom one has no e-mail. */
	readonly withoutAccount?: boolean;
	readonly synthetic?: boolean;
}

/** Lays firms down as the owner of the database: what is tested is the reminding, not the register. */
export async function layFirms(
	sql: postgres.Sql,
	{ channelId, from, count, year = 2026, withoutAccount = false, synthetic = false }: LaidFirms
): Promise<void> {
	const codes = Array.from({ length: count }, (_, index) => syntheticCreditCode(100_000 + from + index) as string);
	await sql`
		with firm as (
			insert into enterprise (credit_code, name, channel_id)
			select code, '提醒示例企业' || (${from}::int + place - 1)::text, ${channelId} from unnest(${codes}::text[]) with ordinality as given (code, place)
			returning id, name, credit_code, channel_id
		), office as (
			insert into organisation (kind, enterprise_id, name_zh) select 'enterprise', id, name from firm returning id, enterprise_id
		), term as (
			insert into designation (enterprise_id, category, cohort_year, announced_on, announcement_no)
			select id, 'manufacturing', 2025, '2025-06-01', '示例公告' from firm returning id, enterprise_id
		), owed as (
			insert into annual_report (designation_id, enterprise_id, year, category, cohort_year, channel_id, channel_kind, enterprise_name, credit_code)
			select t.id, f.id, ${year}::int, 'manufacturing', 2025, f.channel_id, c.kind, f.name, f.credit_code
			from firm f join term t on t.enterprise_id = f.id join channel c on c.id = f.channel_id
		), contact as (
			insert into enterprise_contact (enterprise_id, place, name, phone, email)
			select id, 1, '联系人甲', null, 'contact-' || id || '@example.invalid' from firm where ${withoutAccount}
			union all select id, 2, '联系人乙', '13800000000', null from firm where ${withoutAccount}
		), people as (
			insert into person (id, name, email, synthetic)
			select 'r' || o.id || k.duty, '人员' || o.id, 'r' || o.id || k.duty || '@example.invalid', ${synthetic}
			from office o cross join (values ('handler'), ('approver')) k (duty) where not ${withoutAccount} returning id
		)
		insert into membership (person_id, org_id, duty)
		select 'r' || o.id || k.duty, o.id, k.duty from office o cross join (values ('handler'), ('approver')) k (duty) where not ${withoutAccount}
			and (select count(*) from people) >= 0`;
}
