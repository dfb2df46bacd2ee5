import type { CohortRow } from '#lib/domain/register/cohort-import.ts';
import { maskStored, type PlannedRow } from '#lib/domain/register/cohort-plan.ts';
import type { SheetChoice } from '#lib/domain/register/sheet-facts.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type Db } from '#lib/server/db/door.ts';

/** Lists tried before codes could be in doubt have no such count. */
export type ImportCounts = Readonly<Record<CohortRow['outcome'], number> & { doubtful?: number }>;

export interface ImportOnRecord {
	readonly id: string;
	readonly fileName: string;
	readonly counts: ImportCounts;
	readonly plannedAt: Date;
	readonly plannedBy: string;
	readonly appliedAt: Date | null;
	readonly appliedBy: string | null;
}

export interface CohortImport extends ImportOnRecord {
	readonly sha256: string;
	readonly rows: readonly PlannedRow[];
	/** Which sheet was read and which were not; null for lists tried before sheets were named. */
	readonly sheet: SheetChoice | null;
	/** Short names of the channels the rows speak of. */
	readonly channels: Readonly<Record<string, string>>;
}

interface Row {
	id: string;
	file_name: string;
	counts: unknown;
	planned_at: Date;
	planned_by: string;
	applied_at: Date | null;
	applied_by: string | null;
}

/** Powers /ministry/cohort/import: the last lists that were tried or applied. One query. */
export function cohortImports(actor: Actor): Promise<readonly ImportOnRecord[]> {
	return asActor(
		actor,
		async ({ sql }) => {
			const rows = await sql<Row[]>`select id, file_name, counts, planned_at, coalesce((select q.name from person q where q.id = i.planned_by), i.planned_by)
				as planned_by, applied_at, case when i.applied_at is not null then coalesce((select q.name from person q where q.id = i.applied_by), i.applied_by) end
				as applied_by from cohort_import i order by id desc limit 20`;
			return rows.map(recordOf);
		},
		{ readOnly: true }
	);
}

/** Powers /ministry/cohort/import?plan=…. Undefined when there is none. Two queries. */
export function cohortImport(actor: Actor, importId: string): Promise<CohortImport | undefined> {
	return asActor(
		actor,
		async (db) => {
			const [row] = await db.sql<(Row & { file_sha256: string; rows: unknown })[]>`
				select id, file_name, counts, planned_at, coalesce((select q.name from person q where q.id = i.planned_by), i.planned_by)
					as planned_by, applied_at, case when i.applied_at is not null then coalesce((select q.name from person q where q.id = i.applied_by), i.applied_by)
					end as applied_by, file_sha256, rows from cohort_import i where id = ${importId}::bigint`;
			if (!row) return undefined;
			const plan = row.rows as { readonly rows?: readonly PlannedRow[]; readonly sheet?: SheetChoice };
			return {
				...recordOf(row),
				sha256: row.file_sha256,
				rows: (plan.rows ?? []).map(maskStored),
				sheet: plan.sheet ?? null,
				channels: await channelNames(db)
			};
		},
		{ readOnly: true }
	);
}

export async function channelNames({ sql }: Pick<Db, 'sql'>): Promise<Record<string, string>> {
	const rows = await sql<{ id: string; short_zh: string }[]>`select id, short_zh from channel`;
	return Object.fromEntries(rows.map(({ id, short_zh }) => [id, short_zh]));
}

function recordOf(row: Row): ImportOnRecord {
	return {
		id: row.id,
		fileName: row.file_name,
		counts: row.counts as ImportCounts,
		plannedAt: row.planned_at,
		plannedBy: row.planned_by,
		appliedAt: row.applied_at,
		appliedBy: row.applied_by
	};
}
