import { dutyRefusal } from '#lib/domain/duties.ts';
import type { Ministry } from '#lib/domain/parties.ts';
import { frozenStatuses, type FrozenStatus } from '#lib/domain/trend/frozen-view.ts';
import type { FrozenDocument } from '#lib/domain/trend/frozen-document.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { basisOf, ofMinistries } from '#lib/server/store/trend/frozen-view.ts';

export interface ShownFrozenView {
	readonly code: string;
	/** The pictures are asked for one by one: `/s/[code]/[no].svg`, numbered over all parts. */
	readonly document: FrozenDocument;
	readonly frozenAt: Date;
	readonly by: Ministry;
	readonly personName: string;
	readonly contentHash: string;
	/** The most serious first; never empty. */
	readonly statuses: readonly FrozenStatus[];
	readonly comments: readonly { readonly id: string; readonly text: string; readonly by: Ministry; readonly personName: string; readonly at: Date }[];
	readonly mayComment: boolean;
}

/** Powers /s/[code]. Three queries; null: no such view, or not one of the two ministries. */
export function frozenView(actor: Actor, code: string): Promise<ShownFrozenView | null> {
	return asActor(
		actor,
		async (db) => {
			const { sql } = db;
			const [row] = await sql<
				{
					document: string;
					document_hash: string;
					rules: string[];
					statements: number;
					latest_forwarded_at: Date | null;
					frozen_at: Date;
					by_kind: string;
					person_name: string;
				}[]
			>`
				select v.document, v.document_hash, v.rules, v.statements, v.latest_forwarded_at, v.frozen_at, v.by_kind, v.person_name
				from frozen_view v where v.code = ${code} and ${ofMinistries(db)}`;
			if (!row) return null;
			const document = JSON.parse(row.document) as FrozenDocument;
			const comments = await sql<{ id: string; text: string; by_kind: string; person_name: string; at: Date }[]>`
				select x.id, x.text, x.by_kind, x.person_name, x.at from frozen_view_comment x where x.code = ${code} and ${ofMinistries(db)} order by x.id`;
			const frozen = { rules: row.rules, statements: row.statements, latestForwardedAt: row.latest_forwarded_at };
			return {
				code,
				document,
				frozenAt: row.frozen_at,
				by: row.by_kind as Ministry,
				personName: row.person_name,
				contentHash: row.document_hash,
				statuses: frozenStatuses(frozen, row.frozen_at, await basisOf(db, document, row.frozen_at)),
				comments: comments.map(({ by_kind, person_name, ...one }) => ({ ...one, by: by_kind as Ministry, personName: person_name })),
				mayComment: dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'commentOnView') === null
			};
		},
		{ readOnly: true }
	);
}

/** One picture of a frozen view, numbered over all its parts from 1; null where there is none. One query. */
export function frozenPicture(actor: Actor, code: string, no: number): Promise<string | null> {
	return asActor(
		actor,
		async (db) => {
			const [row] = await db.sql<{ document: string }[]>`select v.document from frozen_view v where v.code = ${code} and ${ofMinistries(db)}`;
			const pictures = row ? (JSON.parse(row.document) as FrozenDocument).parts.flatMap((part) => part.pictures) : [];
			return pictures[no - 1]?.svg ?? null;
		},
		{ readOnly: true }
	);
}
