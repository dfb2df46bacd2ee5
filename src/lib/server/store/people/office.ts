import type { Office, Seated } from '#lib/domain/people.ts';
import type { Duty, OrganisationKind } from '#lib/domain/parties.ts';
import type { Db } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { dutyWordIn, queueMail, type MailLocale } from '#lib/server/mail/mail.ts';
import { m } from '#lib/paraglide/messages.js';
import { officeNameIn } from '#lib/words/place-words.ts';

export type OfficeRow = Office & { kind: OrganisationKind; nameZh: string; nameEn: string | null; enterpriseId: string | null };
export type Member = Seated & { name: string; email: string; phone: string | null; locale: MailLocale };

/** The office, as far as the actor may know of it. */
export async function findOffice({ sql }: Db, orgId: string): Promise<OfficeRow | null> {
	const [row] = await sql<{ id: string; kind: string; name_zh: string; name_en: string | null; channel_id: string; enterprise_id: string | null }[]>`
		select o.id, o.kind, o.name_zh, o.name_en, coalesce(o.channel_id, e.channel_id) as channel_id, o.enterprise_id
		from organisation o left join enterprise e on e.id = o.enterprise_id
		where o.id = ${orgId}::bigint`;
	return row
		? {
				orgId: row.id,
				kind: row.kind as OrganisationKind,
				nameZh: row.name_zh,
				nameEn: row.name_en,
				channelId: row.channel_id,
				enterpriseId: row.enterprise_id
			}
		: null;
}

/** The people of an office who have not left, locked: two changes at once must not empty it. */
export async function lockMembers({ sql }: Db, orgId: string): Promise<Member[]> {
	await sql<
		{ person_id: string }[]
	>`select m.person_id from membership m where m.org_id = ${orgId}::bigint and m.ended_at is null order by m.person_id for update`;
	const rows = await sql<{ id: string; name: string; email: string; phone: string | null; locale: string; duty: string; disabled: boolean }[]>`
		select p.id, p.name, p.email, p.phone, p.locale, m.duty, p.disabled_at is not null as disabled
		from membership m join person p on p.id = m.person_id
		where m.org_id = ${orgId}::bigint and m.ended_at is null
		order by m.since, p.id`;
	return rows.map((row) => ({
		personId: row.id,
		name: row.name,
		email: row.email,
		phone: row.phone,
		locale: row.locale as MailLocale,
		duty: row.duty as Duty,
		disabled: row.disabled === true
	}));
}

/** How an office is called in a language. */
export function officeName(office: Pick<OfficeRow, 'nameZh' | 'nameEn'>, locale: MailLocale): string {
	return officeNameIn(locale, office);
}

/** Ends a role, with its entry and its letter. What was done in it stays. */
export async function endRole(db: Db, office: OfficeRow, member: Member, why: { act: string; successorName?: string }): Promise<void> {
	await db.sql`update membership set ended_at = app_now() where org_id = ${office.orgId}::bigint and person_id = ${member.personId} and ended_at is null`;
	await writeJournal(db, {
		act: why.act,
		objectKind: 'membership',
		objectId: `${office.orgId}/${member.personId}`,
		article: null,
		before: { duty: member.duty },
		after: { ended: true, ...(why.successorName === undefined ? {} : { successor: why.successorName }) }
	});
	const { locale } = member;
	const name = officeName(office, locale);
	const handedOver = why.successorName !== undefined;
	await queueMail(db, {
		template: handedOver ? 'handed_over' : 'membership_ended',
		locale,
		to: member.email,
		personId: member.personId,
		name: member.name,
		subject: handedOver ? m.mail_handed_over_subject({}, { locale }) : m.mail_membership_ended_subject({}, { locale }),
		paragraphs: [
			why.successorName === undefined
				? m.mail_membership_ended_text({ office: name }, { locale })
				: m.mail_handed_over_text({ office: name, successor: why.successorName }, { locale })
		]
	});
}

/** Tells somebody what they may do now. */
export async function tellDuty(db: Db, office: OfficeRow, member: Member, duty: Duty): Promise<void> {
	const { locale } = member;
	await queueMail(db, {
		template: 'duty_changed',
		locale,
		to: member.email,
		personId: member.personId,
		name: member.name,
		subject: m.mail_duty_changed_subject({}, { locale }),
		paragraphs: [m.mail_duty_changed_text({ office: officeName(office, locale), duty: dutyWordIn(office.kind, duty, locale) }, { locale })]
	});
}

/** Where the one who leaves is a contact of the enterprise, the successor becomes it, so that two stay reachable. */
export async function passContactOn(
	{ sql }: Db,
	enterpriseId: string,
	from: { email: string },
	to: { name: string; email: string; phone: string | null }
): Promise<void> {
	await sql`
		update enterprise_contact c set name = ${to.name}, email = ${to.email}, phone = ${to.phone}, updated_at = app_now()
		where c.enterprise_id = ${enterpriseId}::bigint and lower(c.email) = ${from.email.toLowerCase()}
			and not exists (select from enterprise_contact x where x.enterprise_id = c.enterprise_id and lower(x.email) = ${to.email.toLowerCase()})`;
}

export async function countContacts({ sql }: Db, enterpriseId: string): Promise<number> {
	const [row] = await sql<{ n: number }[]>`select count(*)::int as n from enterprise_contact where enterprise_id = ${enterpriseId}::bigint`;
	return row?.n ?? 0;
}
