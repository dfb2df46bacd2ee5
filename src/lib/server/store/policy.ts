import { DEFAULT_POLICY, policyOf, type Policy } from '#lib/domain/policy.ts';
import type { Db } from '../db.ts';

/** The policy a year was opened with: one that came with the release is known, one the ministries wrote is in the database. */
export async function loadPolicy({ sql }: Db, version: string): Promise<Policy> {
	const known = policyOf(version);
	if (known) return known;
	const [row] = await sql<{ content: unknown }[]>`select content from policy where version = ${version}`;
	if (!row) throw new Error(`policy ${version} does not exist`);
	return { ...DEFAULT_POLICY, ...(row.content as Partial<Policy>), version };
}
