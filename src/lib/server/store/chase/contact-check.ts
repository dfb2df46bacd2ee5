import type { Db } from '#lib/server/db/door.ts';

export interface DeadAddress {
	readonly mailId: string;
	readonly address: string;
	readonly personId: string | null;
	/** What the mail server answered. */
	readonly said: string;
}

/**
 * An address that takes no mail becomes "check this contact" for every enterprise it stands for: as a contact, as an account, or as what a reminder went to.
 * Once, until somebody has confirmed it again.
 */
export async function noteDeadAddress({ sql }: Db, { mailId, address, personId, said }: DeadAddress): Promise<void> {
	// Two mails to one address come back at once: the second waits and finds it noted.
	await sql<{ held: number }[]>`select 1 as held from pg_advisory_xact_lock(hashtextextended('dead ' || lower(${address}), 0))`;
	await sql`
		insert into contact_check (enterprise_id, address, result, by_kind, remark)
		select x.enterprise_id, ${address}, 'bounced', 'system', ${said}
		from (
			select k.enterprise_id from enterprise_contact k where lower(k.email) = lower(${address})
			union select o.enterprise_id from membership b join organisation o on o.id = b.org_id
				where b.person_id = ${personId} and b.ended_at is null and o.enterprise_id is not null
			union select r.enterprise_id from reminder d join annual_report r on r.id = d.report_id where d.mail_id = ${mailId}::bigint and d.audience = 'enterprise'
		) x
		where coalesce((
			select c.result from contact_check c where c.enterprise_id = x.enterprise_id and lower(c.address) = lower(${address})
			order by c.checked_at desc, c.id desc limit 1), '') <> 'bounced'
		order by x.enterprise_id`;
}
