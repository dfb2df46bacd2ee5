/**
 * Whom a letter about a report goes to: people with open accounts who can act and have not left, in production never somebody made up. Summaries ask
 * who wants them (digest-letter.ts), reminders the one plan (domain/chase).
 */
import type { Duty } from '#lib/domain/parties.ts';
import { config } from '#lib/server/config.ts';
import type { ActorDb, Db } from '#lib/server/db/door.ts';
import type { MailLocale } from '#lib/server/mail/mail.ts';

export interface Recipient {
	readonly id: string;
	readonly name: string;
	readonly email: string;
	readonly locale: MailLocale;
}

/** Somebody a report concerns: of its enterprise, or of an office of its channel. */
export interface ReportRecipient extends Recipient {
	readonly reportId: string;
	readonly side: 'enterprise' | 'channel';
	/** The enterprise owes no other report that year: its pages are called by the year alone. */
	readonly alone: boolean;
}

/** The people of the acting organisation with these duties. */
export async function recipientsIn({ sql, actor }: ActorDb, duties: readonly Duty[]): Promise<readonly Recipient[]> {
	const rows = await sql<{ id: string; name: string; email: string; locale: string }[]>`
		select p.id, p.name, p.email, p.locale from membership b join person p on p.id = b.person_id
		where b.org_id = ${actor.orgId}::bigint and b.duty = any(${duties as Duty[]}) and b.ended_at is null and p.disabled_at is null
			and not (p.synthetic and ${config().production}::boolean) order by p.id`;
	return rows.map(recipientOf);
}

/**
 * The handlers and approvers of these reports' enterprises, and of the offices of their channels where asked. Each once for each report and side, whatever
 * seats they hold. One statement, however many reports.
 *
 * @param officesOf reports of which the channel reads too
 * @param exceptOffice the office that acts and knows
 */
export async function recipientsOf(
	{ sql }: Pick<Db, 'sql'>,
	reportIds: readonly string[],
	officesOf: readonly string[],
	exceptOffice: string | null
): Promise<readonly ReportRecipient[]> {
	const rows = await sql<{ report_id: string; id: string; name: string; email: string; locale: string; ours: boolean; alone: boolean }[]>`
		select distinct r.id as report_id, p.id, p.name, p.email, p.locale, (o.enterprise_id is not null)::boolean as ours,
			not exists (select from annual_report x where x.enterprise_id = r.enterprise_id and x.year = r.year and x.id <> r.id) as alone
		from annual_report r
		join organisation o on o.enterprise_id = r.enterprise_id
			or o.kind in ('commerce', 'industry', 'group') and o.channel_id = r.channel_id and r.id = any(${officesOf as string[]}::bigint[])
				and o.id is distinct from ${exceptOffice}::bigint
		join membership b on b.org_id = o.id and b.ended_at is null and b.duty in ('handler', 'approver')
		join person p on p.id = b.person_id and p.disabled_at is null and not (p.synthetic and ${config().production}::boolean)
		where r.id = any(${reportIds as string[]}::bigint[])
		order by report_id, p.id`;
	return rows.map((row) => ({ ...recipientOf(row), reportId: row.report_id, side: row.ours ? 'enterprise' : 'channel', alone: row.alone }));
}

function recipientOf({ id, name, email, locale }: { id: string; name: string; email: string; locale: string }): Recipient {
	return { id, name, email, locale: locale === 'en' ? 'en' : 'zh-CN' };
}
