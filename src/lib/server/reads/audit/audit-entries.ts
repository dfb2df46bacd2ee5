import type { AuditCursor, AuditFilter } from '#lib/forms/audit-filter.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { PAGE_SIZE, pageOf } from '#lib/server/reads/page.ts';
import { entriesOf, type AuditEntry } from '#lib/server/store/records/journal-entries.ts';

export interface AuditPage {
	readonly entries: readonly AuditEntry[];
	readonly next: AuditCursor | null;
	readonly acts: readonly string[];
	readonly kinds: readonly string[];
}

/** Powers /audit: newest first, by key and not by offset. */
export function readAuditPage(actor: Actor, filter: AuditFilter, after: AuditCursor | null): Promise<AuditPage> {
	return asActor(
		actor,
		async (db) => {
			const found = await entriesOf(db, filter, after, PAGE_SIZE + 1);
			// What can be chosen: the few acts there are, found by hopping through them, not by reading the journal.
			const [choices] = await db.sql<{ acts: string[] | null; kinds: string[] | null }[]>`
				select (select array_agg(distinct j.act order by j.act) from (select act from journal order by at desc limit 20000) j) as acts,
					(select array_agg(distinct j.object_kind order by j.object_kind) from (select object_kind from journal order by at desc limit 20000) j) as kinds`;
			const page = pageOf(found, { after, before: null }, ({ at, orgId, seq }) => ({ at, org: orgId, seq }));
			return {
				entries: page.rows,
				next: page.next,
				acts: choices?.acts ?? [],
				kinds: choices?.kinds ?? []
			};
		},
		{ readOnly: true, deadlineMs: 30_000 }
	);
}

export interface ChainCheck {
	readonly orgId: string;
	readonly orgName: string | null;
	readonly entries: number;
	readonly brokenSeq: string | null;
	readonly reason: string | null;
}

/** Powers the chain check on /audit: every chain, the broken ones first. */
export function readChainChecks(actor: Actor): Promise<{ readonly chains: readonly ChainCheck[]; readonly at: Date }> {
	return asActor(
		actor,
		async ({ sql }) => {
			const rows = await sql<
				{ org_id: string | null; org_name: string | null; entries: string | null; broken_seq: string | null; reason: string | null; at: Date | null }[]
			>`
				select v.org_id, (select o.name_zh) as org_name, v.entries, v.broken_seq, v.reason, app_now()::timestamptz as at
				from journal_verify() v left join organisation o on o.id = v.org_id
				order by v.broken_seq is null, v.org_id`;
			const chains = rows.map((row) => ({
				orgId: row.org_id ?? '',
				orgName: row.org_name,
				entries: Number(row.entries ?? '0'),
				brokenSeq: row.broken_seq,
				reason: row.reason
			}));
			return { chains, at: rows[0]?.at ?? new Date() };
		},
		{ readOnly: true, isolation: 'repeatable read', deadlineMs: 120_000 }
	);
}
