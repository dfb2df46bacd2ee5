import type { Day } from '#lib/domain/day.ts';
import { DEFAULT_POLICY, policyOf, type Policy } from '#lib/domain/policy.ts';
import type { Db } from '#lib/server/db/door.ts';

/** The policy a year was opened with: one that came with the release is known, one the ministries wrote is in the database. */
export async function loadPolicy({ sql }: Db, version: string): Promise<Policy> {
	const known = policyOf(version);
	if (known) return known;
	const [row] = await sql<{ content: unknown }[]>`select content from policy where version = ${version}`;
	if (!row) throw new Error(`policy ${version} does not exist`);
	return { ...DEFAULT_POLICY, ...(row.content as Partial<Policy>), version };
}

/** The newest policy in force on a day, by which the next year would be opened; the one that comes with the system where the ministries have made none. */
export async function loadPolicyInForce(db: Db, on: Day): Promise<Policy> {
	const [row] = await db.sql<
		{ version: string }[]
	>`select version from policy where valid_from_on <= ${on}::date order by valid_from_on desc, created_at desc limit 1`;
	return row ? loadPolicy(db, row.version) : DEFAULT_POLICY;
}
