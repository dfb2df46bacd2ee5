import { maskEmail } from '#lib/domain/contact-mask.ts';
import { mayChangeDuty, mayConfirmRole, mayEndRole, rightOverPeople } from '#lib/domain/people.ts';
import type { Duty, OrganisationKind } from '#lib/domain/parties.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';
import type { Actor } from '#lib/server/actor.ts';
import { now } from '#lib/server/clock.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { PAGE_SIZE, pageOf } from '#lib/server/reads/page.ts';
import { findOffice } from '#lib/server/store/people/office.ts';
import { officeNameIn } from '#lib/words/place-words.ts';

/** `email`: of one's own office as it is, of another masked. */
export type MemberLine = { personId: string; name: string; email: string; duty: Duty; since: Date; disabled: boolean };
export type InvitationLine = {
	id: string;
	name: string;
	email: string;
	duty: Duty;
	state: 'open' | 'expired' | 'awaited';
	expiresAt: Date;
	officeName: string;
	mayConfirm: boolean;
	mayCancel: boolean;
};

export type OfficePeople = {
	orgId: string;
	name: string;
	kind: OrganisationKind;
	members: MemberLine[];
	invitations: InvitationLine[];
	/** Recorded contacts of the enterprise; null where the office is none. */
	contacts: number | null;
	mayInvite: boolean;
	mayChange: boolean;
	mayEnd: boolean;
	mayHandOver: boolean;
};

/** Powers /enterprise/people, /ministry/people, and one office on /channel/people and /admin/people. Null: no such office, or not theirs. */
export function officePeople(actor: Actor, orgId: string, locale: 'zh-CN' | 'en'): Promise<OfficePeople | null> {
	return asActor(
		actor,
		async (db) => {
			const office = await findOffice(db, orgId);
			if (!office || (rightOverPeople(actor, office) === 'none' && office.orgId !== actor.orgId)) return null;
			const members = await db.sql<{ person_id: string; name: string; email: string; duty: string; since: Date; disabled: boolean }[]>`
				select p.id as person_id, p.name, p.email, m.duty, m.since, p.disabled_at is not null as disabled
				from membership m join person p on p.id = m.person_id
				where m.org_id = ${orgId}::bigint and m.ended_at is null
				order by m.since, p.id`;
			const [contacts] =
				office.enterpriseId === null
					? []
					: await db.sql<{ n: number }[]>`select count(*)::int as n from enterprise_contact where enterprise_id = ${office.enterpriseId}::bigint`;
			const right = rightOverPeople(actor, office);
			return {
				orgId,
				name: officeNameIn(locale, office),
				kind: office.kind,
				members: members.map((row) => ({
					personId: row.person_id,
					name: row.name,
					email: orgId === actor.orgId ? row.email : maskEmail(row.email),
					duty: row.duty as Duty,
					since: row.since,
					disabled: row.disabled === true
				})),
				invitations: await openInvitations(db, locale, orgId),
				contacts: actor.orgKind === 'administration' ? null : (contacts?.n ?? null),
				mayInvite: right === 'invite' || right === 'invite_confirmed',
				mayChange: mayChangeDuty(actor, office),
				mayEnd: mayEndRole(actor, office),
				mayHandOver: right === 'invite' && office.kind === 'enterprise' && actor.orgKind !== 'administration'
			};
		},
		{ readOnly: true }
	);
}

/** Powers the list on /ministry/people: roles an administrator proposed that this approver may confirm. */
export function invitationsToConfirm(actor: Actor, locale: 'zh-CN' | 'en'): Promise<InvitationLine[]> {
	return asActor(actor, async (db) => (await openInvitations(db, locale, null)).filter((line) => line.state === 'awaited' && line.mayConfirm), {
		readOnly: true
	});
}

async function openInvitations({ sql, actor }: ActorDb, locale: 'zh-CN' | 'en', orgId: string | null): Promise<InvitationLine[]> {
	const rows = await sql<
		{
			id: string;
			org_id: string;
			kind: string;
			name_zh: string;
			name_en: string | null;
			channel_id: string;
			name: string;
			email: string;
			duty: string;
			confirmation: string;
			expires_at: Date;
			approvers: number | null;
		}[]
	>`
		select i.id, i.org_id, o.kind, o.name_zh, o.name_en, coalesce(o.channel_id, e.channel_id)
			as channel_id, i.name, i.email, i.duty, i.confirmation, i.expires_at,
			(select count(*)::int from membership m join person p on p.id = m.person_id
				where m.org_id = i.org_id and m.duty = 'approver' and m.ended_at is null and p.disabled_at is null) as approvers
		from invitation i
		join organisation o on o.id = i.org_id
		left join enterprise e on e.id = o.enterprise_id
		where i.accepted_at is null and i.cancelled_at is null and (${orgId}::bigint is null or i.org_id = ${orgId}::bigint)
		order by i.id desc limit 200`;
	const at = now();
	return rows.map((row) => {
		const office = { orgId: row.org_id, kind: row.kind as OrganisationKind, channelId: row.channel_id };
		return {
			id: row.id,
			name: row.name,
			email: row.org_id === actor.orgId ? row.email : maskEmail(row.email),
			duty: row.duty as Duty,
			state: row.confirmation === 'awaited' ? 'awaited' : row.expires_at <= at ? 'expired' : 'open',
			expiresAt: row.expires_at,
			officeName: officeNameIn(locale, { nameZh: row.name_zh, nameEn: row.name_en }),
			mayConfirm: row.confirmation === 'awaited' && mayConfirmRole(actor, office, row.approvers ?? 0),
			mayCancel: mayEndRole(actor, office)
		};
	});
}

export type PersonFound = {
	personId: string;
	name: string;
	email: string;
	disabled: boolean;
	seats: { orgId: string; officeName: string; kind: OrganisationKind; duty: Duty }[];
};

/** Powers /admin/people: people by name, address or office, fifty at most. */
export function findPeople(actor: Actor, question: string): Promise<PersonFound[]> {
	return asActor(
		actor,
		async ({ sql }) => {
			const like = `%${question.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
			const rows = await sql<
				{
					id: string;
					name: string;
					email: string;
					disabled: boolean;
					seats: { orgId: string | null; officeName: string | null; kind: string | null; duty: string | null }[];
				}[]
			>`
				select p.id, p.name, p.email, p.disabled_at is not null as disabled,
					coalesce(jsonb_agg(jsonb_build_object('orgId', o.id::text, 'officeName', o.name_zh, 'kind', o.kind, 'duty', m.duty) order by o.id) filter (where o.id
						is not null), '[]'::jsonb) as seats
				from person p
				left join membership m on m.person_id = p.id and m.ended_at is null
				left join organisation o on o.id = m.org_id
				where normalize(p.name, nfkc) ilike ${like} or p.email ilike ${like}
					or exists (select from membership x join organisation y on y.id = x.org_id where x.person_id = p.id and x.ended_at is null
						and normalize(y.name_zh, nfkc) ilike ${like})
				group by p.id
				order by p.name, p.id limit 50`;
			return rows.map((row) => ({
				personId: row.id,
				name: row.name,
				email: maskEmail(row.email),
				disabled: row.disabled === true,
				seats: row.seats as PersonFound['seats']
			}));
		},
		{ readOnly: true }
	);
}

export type OfficeLine = { orgId: string; name: string; kind: OrganisationKind; people: number; invited: number };

/** Powers /admin/organisations and /channel/people: offices whose people the actor looks after, by name, a page of fifty after the key. */
export function findOffices(
	actor: Actor,
	{ question, kind, after }: { question: string; kind: OrganisationKind | null; after: string | null },
	locale: 'zh-CN' | 'en'
): Promise<{ offices: OfficeLine[]; total: number; next: string | null }> {
	return asActor(
		actor,
		async (db) => {
			const { sql } = db;
			const like = `%${question.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
			// An office sees its channel's enterprises; the administrator has no channel and sees every office.
			const channelId: string | null = actor.orgKind === 'administration' ? null : (actor.channelId ?? '');
			const kindAsked: string | null = kind;
			const rows = await sql<
				{ id: string; name_zh: string; name_en: string | null; kind: string; people: number | null; invited: number | null; total: number | null }[]
			>`
				with found as (
					select o.id, o.name_zh, o.name_en, o.kind from organisation o
					where (${question}::text = '' or normalize(o.name_zh, nfkc) ilike ${like}::text or o.name_en ilike ${like}::text
						or o.enterprise_id in (select e.id from enterprise e where ${findsEnterprise(db, question, 'enterprise')}))
						and (${kindAsked}::text is null or o.kind = ${kindAsked}::text)
						and (${channelId}::text is null or o.kind = 'enterprise' and exists (select from enterprise e where e.id = o.enterprise_id
							and e.channel_id = ${channelId}::text))
				)
				select f.id, f.name_zh, f.name_en, f.kind, (select count(*)::int from found) as total,
					(select count(*)::int from membership m where m.org_id = f.id and m.ended_at is null) as people,
					(select count(*)::int from invitation i where i.org_id = f.id and i.accepted_at is null and i.cancelled_at is null) as invited
				from found f
				where ${after}::bigint is null or f.id > ${after}::bigint
				order by f.id limit ${PAGE_SIZE + 1}`;
			const page = pageOf(rows, { after, before: null }, ({ id }) => id);
			return {
				offices: page.rows.map((row) => ({
					orgId: row.id,
					name: officeNameIn(locale, { nameZh: row.name_zh, nameEn: row.name_en }),
					kind: row.kind as OrganisationKind,
					people: row.people ?? 0,
					invited: row.invited ?? 0
				})),
				total: rows[0]?.total ?? 0,
				next: page.next
			};
		},
		{ readOnly: true }
	);
}

/** Powers the choice of a province on /admin/organisations. */
export function provinces(actor: Actor, locale: 'zh-CN' | 'en'): Promise<{ value: string; label: string }[]> {
	return asActor(
		actor,
		async ({ sql }) => {
			const rows = await sql<{ id: string; name_zh: string; name_en: string }[]>`select id, name_zh, name_en from channel where kind = 'province' order by id`;
			return rows.map((row) => ({ value: row.id, label: locale === 'en' ? row.name_en : row.name_zh }));
		},
		{ readOnly: true }
	);
}
