import { inviteRefusal, rightOverPeople } from '#lib/domain/people.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';
import { MINISTRIES, type Duty } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { newLink } from '#lib/server/auth/link.ts';
import { asOffice, type ActorDb } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { dutyWordIn, instantIn, linkTo, queueMail, type MailLocale } from '#lib/server/mail/mail.ts';
import { findOffice, lockMembers, officeName, type OfficeRow } from '#lib/server/store/people/office.ts';

export const INVITATION_DAYS = 7;

export type InvitationWish = { readonly orgId: string; readonly name: string; readonly email: string; readonly duty: Duty };

/**
 * Invites somebody into an office by a link in a mail. A ministry's role that an administrator proposes waits, without mail, until an
 * approver of the ministry has confirmed it (quality.md 6).
 */
export function invitePerson(actor: Actor, wish: InvitationWish): Promise<Decision<{ awaitsConfirmation: boolean }>> {
	return asOffice(actor, 'invitePerson', (db) => invite(db, wish));
}

/** The same inside another act; `succeeds` hands that person's role over when the invitation is accepted. */
export async function invite(
	db: ActorDb,
	wish: InvitationWish,
	succeeds: { personId: string; name: string } | null = null
): Promise<Decision<{ awaitsConfirmation: boolean }>> {
	const { sql, actor } = db;
	const office = await findOffice(db, wish.orgId);
	if (!office) return refuse({ code: 'not_found' });
	const refusal = inviteRefusal(actor, office, wish.duty);
	if (refusal) return refuse(refusal);
	const members = await lockMembers(db, office.orgId);
	if (members.some((member) => member.email.toLowerCase() === wish.email)) return refuse({ code: 'taken', field: 'email' });
	await sql`
		update invitation set cancelled_at = app_now()
		where org_id = ${office.orgId}::bigint and lower(email) = ${wish.email} and accepted_at is null and cancelled_at is null and expires_at <= app_now()`;
	const [open] = await sql<
		{ id: string }[]
	>`select id from invitation where org_id = ${office.orgId}::bigint and lower(email) = ${wish.email} and accepted_at is null and cancelled_at is null`;
	if (open) return refuse({ code: 'taken', field: 'email' });

	const awaitsConfirmation = rightOverPeople(actor, office) === 'invite_confirmed';
	const { token, tokenHash } = newLink();
	const [row] = await sql<{ id: string; expires_at: Date }[]>`
		insert into invitation (token_hash, org_id, email, name, duty, invited_by, expires_at, succeeds_person_id, confirmation)
		values (${tokenHash}, ${office.orgId}::bigint, ${wish.email}, ${wish.name}, ${wish.duty}, ${actor.personId},
			app_now() + ${INVITATION_DAYS} * interval '1 day', ${succeeds?.personId ?? null}, ${awaitsConfirmation ? 'awaited' : 'not_needed'})
		on conflict do nothing
		returning id, expires_at`;
	if (!row) return refuse({ code: 'taken', field: 'email' });
	await writeJournal(db, {
		act: 'invite-person',
		objectKind: 'invitation',
		objectId: row.id,
		article: null,
		after: { orgId: office.orgId, duty: wish.duty, awaitsConfirmation, ...(succeeds ? { succeeds: succeeds.personId } : {}) }
	});
	const locale = await localeOf(db);
	if (awaitsConfirmation) await askMinistry(db, office, wish);
	else
		await sendInvitation(db, { office, wish, token, expiresAt: row.expires_at, locale, succeedsName: succeeds?.name ?? null, inviterName: actor.personName });
	return { ok: true, awaitsConfirmation };
}

async function localeOf({ sql, actor }: ActorDb): Promise<MailLocale> {
	const [row] = await sql<{ locale: string }[]>`select locale from person where id = ${actor.personId}`;
	return (row?.locale ?? 'zh-CN') as MailLocale;
}

/** The letter with the link. The link exists in it and nowhere else. */
export async function sendInvitation(
	db: ActorDb,
	letter: {
		office: OfficeRow;
		wish: Pick<InvitationWish, 'name' | 'email' | 'duty'>;
		token: string;
		expiresAt: Date;
		locale: MailLocale;
		succeedsName: string | null;
		inviterName: string;
	}
): Promise<void> {
	const { office, wish, token, expiresAt, locale, succeedsName, inviterName } = letter;
	await queueMail(db, {
		template: 'invitation',
		locale,
		to: wish.email,
		personId: null,
		name: wish.name,
		subject: m.mail_invitation_subject({}, { locale }),
		paragraphs: [
			m.mail_invitation_text({ inviter: inviterName, office: officeName(office, locale), duty: dutyWordIn(office.kind, wish.duty, locale) }, { locale }),
			...(succeedsName === null ? [] : [m.mail_invitation_succeeds({ name: succeedsName }, { locale })]),
			m.mail_invitation_valid({ until: instantIn(expiresAt, locale) }, { locale })
		],
		link: { label: m.mail_invitation_action({}, { locale }), href: linkTo(`/invitation/${token}`) }
	});
}

/** Tells the approvers whose word is needed: the ministry's own, or the other one's while it has none. */
async function askMinistry(db: ActorDb, office: OfficeRow, wish: InvitationWish): Promise<void> {
	const approvers = await db.sql<{ id: string; name: string; email: string; locale: string; org_id: string }[]>`
		select p.id, p.name, p.email, p.locale, m.org_id
		from membership m join organisation o on o.id = m.org_id join person p on p.id = m.person_id
		where o.kind = any(${MINISTRIES as readonly string[] as string[]}::text[]) and m.duty = 'approver' and m.ended_at is null and p.disabled_at is null`;
	const own = approvers.filter((person) => person.org_id === office.orgId);
	for (const person of own.length > 0 ? own : approvers) {
		const locale = person.locale as MailLocale;
		await queueMail(db, {
			template: 'confirmation_awaited',
			locale,
			to: person.email,
			personId: person.id,
			name: person.name,
			subject: m.mail_confirmation_subject({}, { locale }),
			paragraphs: [
				m.mail_confirmation_text(
					{ name: wish.name, email: wish.email, office: officeName(office, locale), duty: dutyWordIn(office.kind, wish.duty, locale) },
					{ locale }
				)
			],
			link: { label: m.mail_confirmation_action({}, { locale }), href: linkTo('/ministry/people') }
		});
	}
}
