import type { KeptView } from '#lib/domain/saved-view.ts';
import type { ActorDb } from '#lib/server/db/door.ts';

export interface StoredView extends KeptView {
	readonly id: string;
	readonly page: string;
	readonly name: string;
}

/** A view of the actor's office, theirs or shared with them, locked; null for any other. */
export async function lockView({ sql, actor }: ActorDb, id: string): Promise<StoredView | null> {
	const [row] = await sql<{ id: string; page: string; name: string; shared: boolean; person_id: string }[]>`
		select v.id, v.page, v.name, v.shared, v.person_id from saved_view v
		where v.id = ${id}::bigint and v.org_id = ${actor.orgId}::bigint and (v.shared or v.person_id = ${actor.personId})`;
	if (!row) return null;
	// Only one's own is changed, so only one's own is waited for.
	if (row.person_id === actor.personId) await sql<{ id: string }[]>`select id from saved_view where id = ${id}::bigint for update`;
	return { id: row.id, page: row.page, name: row.name, shared: row.shared, personId: row.person_id };
}

/** What the actor's own views of a list are called. */
export async function ownViewNames({ sql, actor }: ActorDb, page: string): Promise<string[]> {
	const rows = await sql<{ name: string }[]>`
		select v.name from saved_view v where v.org_id = ${actor.orgId}::bigint and v.person_id = ${actor.personId} and v.page = ${page}`;
	return rows.map(({ name }) => name);
}
