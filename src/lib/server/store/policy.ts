import { DEFAULT_POLICY, policyOf, type Policy } from '#lib/domain/policy.ts';
import type { Db } from '../db.ts';

/** The policy a year was opened with: from the database, so that a version the ministries wrote is found too. */
export async function loadPolicy({ sql }: Db, version: string): Promise<Policy> {
	const [row] = await sql<{ content: unknown }[]>`select content from policy where version = ${version}`;
	if (!row) throw new Error(`policy ${version} does not exist`);
	const known = policyOf(version);
	return known ?? ({ ...DEFAULT_POLICY, ...(row.content as Partial<Policy>), version });
}
