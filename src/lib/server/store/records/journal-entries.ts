import { addDays, startOf } from '#lib/domain/day.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import type { AuditCursor, AuditFilter } from '#lib/forms/audit-filter.ts';
import type { Db } from '#lib/server/db/door.ts';

export interface AuditEntry {
	readonly orgId: string;
	readonly seq: string;
	/** With microseconds, UTC: the key of the page after. */
	readonly at: string;
	readonly personId: string | null;
	readonly personName: string | null;
	readonly orgKind: OrganisationKind | null;
	readonly orgName: string | null;
	readonly address: string | null;
	readonly requestId: string | null;
	readonly act: string;
	readonly objectKind: string;
	readonly objectId: string;
	readonly article: string | null;
	/** JSON text. */
	readonly before: string | null;
	readonly after: string | null;
	/** Lower-case hex. */
	readonly hash: string;
}

/** Entries that match, newest first, from a key on. */
export async function entriesOf({ sql }: Db, filter: AuditFilter, after: AuditCursor | null, limit: number): Promise<AuditEntry[]> {
	const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
	const rows = await sql<
		{
			org_id: string;
			seq: string;
			at: string | null;
			person_id: string | null;
			person_name: string | null;
			org_kind: string | null;
			org_name: string | null;
			address: string | null;
			request_id: string | null;
			act: string;
			object_kind: string;
			object_id: string;
			article: string | null;
			before: string | null;
			after: string | null;
			hash: string | null;
		}[]
	>`
		select j.org_id, j.seq, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')::text as at, j.person_id, j.person_name,
			(select o.kind) as org_kind, (select o.name_zh) as org_name, j.address, j.request_id, j.act, j.object_kind, j.object_id, j.article,
			jsonb_pretty(j.before)::text as before, jsonb_pretty(j.after)::text as after, encode(j.hash, 'hex')::text as hash
		from journal j
		left join organisation o on o.id = j.org_id
		where (${filter.who} = '' or j.person_id = ${filter.who} or j.person_name ilike ${like(filter.who)})
			and (${filter.act} = '' or j.act = ${filter.act})
			and (${filter.kind} = '' or j.object_kind = ${filter.kind})
			and (${filter.object} = '' or j.object_id = ${filter.object})
			and (${filter.org} = '' or j.org_id = nullif(${filter.org}, '')::bigint)
			and j.at >= coalesce(${filter.from === null ? null : startOf(filter.from)}::timestamptz, '-infinity')
			and j.at < coalesce(${filter.to === null ? null : startOf(addDays(filter.to, 1))}::timestamptz, 'infinity')
			and (${after === null} or j.at <= ${after?.at ?? null}::timestamptz and (j.at < ${after?.at ?? null}::timestamptz
				or (j.org_id, j.seq) > (${after?.org ?? null}::bigint, ${after?.seq ?? null}::bigint)))
		order by j.at desc, j.org_id, j.seq limit ${limit}`;
	return rows.map((row) => ({
		orgId: row.org_id,
		seq: row.seq,
		at: row.at ?? '',
		personId: row.person_id,
		personName: row.person_name,
		orgKind: row.org_kind as OrganisationKind | null,
		orgName: row.org_name,
		address: row.address,
		requestId: row.request_id,
		act: row.act,
		objectKind: row.object_kind,
		objectId: row.object_id,
		article: row.article,
		before: row.before,
		after: row.after,
		hash: row.hash ?? ''
	}));
}
