import { pageMarkText } from '#lib/server/page-mark.ts';
import { SESSION_SECRET, type Application } from './application.ts';

/** Says for requests that no page of ours makes which page they come from: one of this account's own, about nothing in particular. */
export async function markOfAccount(
	{ adminSql }: Application,
	username: string,
	of: { readonly orgId?: string; readonly object?: string } = {}
): Promise<string> {
	const [seat] = await adminSql<{ person: string; org: string | null }[]>`
		select u.id as person, min(s.org_id)::text as org from auth."user" u left join membership s on s.person_id = u.id and s.ended_at is null
		where u.username = ${username} group by u.id`;
	if (!seat) throw new Error(`nobody is called ${username}`);
	return pageMarkText({ personId: seat.person, orgId: of.orgId ?? seat.org ?? '', object: of.object ?? '' }, SESSION_SECRET);
}
