import { isLink, linkHash } from '#lib/server/auth/link.ts';
import type { Duty, OrganisationKind } from '#lib/domain/parties.ts';
import type { Person } from '#lib/server/auth/session.ts';
import { now } from '#lib/server/clock.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { officeNameIn } from '#lib/words/place-words.ts';

export type InvitationPage = {
	email: string;
	name: string;
	duty: Duty;
	kind: OrganisationKind;
	officeName: string;
	inviter: string;
	until: Date;
	succeeds: string | null;
	hasAccount: boolean;
};

/** Powers /invitation/[token]. Null: used, withdrawn, run out, not yet confirmed, or made up. */
export function invitationOfLink(token: string, locale: 'zh-CN' | 'en', at: Date = now()): Promise<InvitationPage | null> {
	if (!isLink(token)) return Promise.resolve(null);
	return asSystem(
		'invitation',
		async ({ sql }) => {
			const [row] = await sql<
				{
					email: string;
					name: string;
					duty: string;
					kind: string;
					name_zh: string;
					name_en: string | null;
					inviter: string;
					expires_at: Date;
					succeeds: string | null;
					has_account: boolean;
				}[]
			>`
				select i.email, i.name, i.duty, o.kind, o.name_zh, o.name_en, p.name as inviter, i.expires_at, s.name as succeeds,
					exists (select from person k where lower(k.email) = lower(i.email)) as has_account
				from invitation i
				join organisation o on o.id = i.org_id
				join person p on p.id = i.invited_by
				left join person s on s.id = i.succeeds_person_id
				where i.token_hash = ${linkHash(token)} and i.accepted_at is null and i.cancelled_at is null and i.confirmation <> 'awaited' and i.expires_at > ${at}`;
			return row
				? {
						email: row.email,
						name: row.name,
						duty: row.duty as Duty,
						kind: row.kind as OrganisationKind,
						officeName: officeNameIn(locale, { nameZh: row.name_zh, nameEn: row.name_en }),
						inviter: row.inviter,
						until: row.expires_at,
						succeeds: row.succeeds,
						hasAccount: row.has_account === true
					}
				: null;
		},
		{ readOnly: true }
	);
}

export type AccountPage = {
	name: string;
	email: string;
	phone: string;
	digests: boolean;
	feedMadeAt: Date | null;
	sessions: { id: string; current: boolean; signedInAt: Date; usedAt: Date; address: string; agent: string }[];
};

/** Powers /me. */
export function accountOf(person: Person, at: Date = now()): Promise<AccountPage> {
	return asSystem(
		'account',
		async ({ sql }) => {
			const [row] = await sql<{ name: string; email: string; phone: string | null; digests: boolean; feed_made_at: Date | null }[]>`
				select name, email, phone, digests, (select f.made_at from calendar_feed f where f.person_id = person.id and f.revoked_at is null) as feed_made_at
				from person where id = ${person.id}`;
			const sessions = await sql<
				{ session_id: string | null; signed_in_at: Date | null; touched_at: Date | null; address: string | null; agent: string | null }[]
			>`
				select session_id, signed_in_at, touched_at, address, agent from session_list(${person.id})
				where ends_at > ${at} and touched_at > ${new Date(at.getTime() - 30 * 60_000)}`;
			return {
				name: row?.name ?? person.name,
				email: row?.email ?? person.email,
				phone: row?.phone ?? '',
				digests: row?.digests ?? true,
				feedMadeAt: row?.feed_made_at ?? null,
				sessions: sessions.map((session) => ({
					id: session.session_id as string,
					current: session.session_id === person.sessionId,
					signedInAt: session.signed_in_at as Date,
					usedAt: session.touched_at as Date,
					address: session.address ?? '',
					agent: session.agent ?? ''
				}))
			};
		},
		{ readOnly: true }
	);
}
