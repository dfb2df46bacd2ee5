import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';

/** A view as a menu and the page of views show it. */
export interface SavedView {
	readonly id: string;
	readonly name: string;
	readonly page: string;
	/** With its question mark; '' for the whole list. */
	readonly query: string;
	readonly own: boolean;
	readonly shared: boolean;
	/** Whose it is. */
	readonly by: string;
}

/** Powers the menu of a list (`page`) and /views (all of them): one's own, then what colleagues of the same office share. */
export async function savedViews(actor: Actor, page: string | null = null): Promise<SavedView[]> {
	return asActor(
		actor,
		async ({ sql }) => {
			const rows = await sql<{ id: string; name: string; page: string; query: string; shared: boolean; person_id: string; person_name: string }[]>`
				select v.id, v.name, v.page, v.query, v.shared, v.person_id, v.person_name from saved_view v
				where v.org_id = ${actor.orgId}::bigint and (v.shared or v.person_id = ${actor.personId}) and (${page}::text is null or v.page = ${page})
				order by v.person_id <> ${actor.personId}, v.page, v.name, v.id limit 300`;
			return rows.map((row) => ({
				id: row.id,
				name: row.name,
				page: row.page,
				query: row.query,
				own: row.person_id === actor.personId,
				shared: row.shared,
				by: row.person_name
			}));
		},
		{ readOnly: true }
	);
}
