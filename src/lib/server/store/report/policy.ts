import { criterionLimits } from '#lib/domain/check/criteria.ts';
import { day, type Day } from '#lib/domain/day.ts';
import type { ReportContent } from '#lib/domain/form/report-content.ts';
import { POLICY_2026_1, policyOf, type Policy } from '#lib/domain/policy.ts';
import type { Db } from '#lib/server/db/door.ts';

const SETTINGS = Object.keys(POLICY_2026_1) as (keyof Policy)[];

/**
 * The policies of these versions: those that came with the release are known, those the ministries published are read in one question.
 * A version there is not is a fault of the data.
 */
export async function loadPolicies({ sql }: Pick<Db, 'sql'>, versions: readonly string[]): Promise<ReadonlyMap<string, Policy>> {
	const wanted = [...new Set(versions)];
	const found = new Map(wanted.flatMap((version): [string, Policy][] => (policyOf(version) ? [[version, policyOf(version) as Policy]] : [])));
	const published = wanted.filter((version) => !found.has(version));
	if (published.length > 0) {
		const rows = await sql<
			{ version: string; valid_from_on: string; content: unknown }[]
		>`select version, valid_from_on, content from policy where version = any(${published}::text[])`;
		for (const row of rows) found.set(row.version, policyFrom(row.version, day(row.valid_from_on), row.content as Partial<Policy>));
	}
	for (const version of wanted) if (!found.has(version)) throw new Error(`policy ${version} does not exist`);
	return found;
}

/** The limits a version was judged by, for whoever shows its figures. */
export async function limitsOf(db: Pick<Db, 'sql'>, version: Pick<ReportContent, 'policyVersion' | 'category'>): Promise<ReadonlyMap<string, string>> {
	return criterionLimits(await loadPolicy(db, version.policyVersion), version.category);
}

/** The policy of one version. */
export async function loadPolicy(db: Pick<Db, 'sql'>, version: string): Promise<Policy> {
	const policies = await loadPolicies(db, [version]);
	return policyIn(policies, version);
}

/** The policy of a version that was loaded before. */
export function policyIn(policies: ReadonlyMap<string, Policy>, version: string): Policy {
	const policy = policies.get(version);
	if (!policy) throw new Error(`policy ${version} was not loaded`);
	return policy;
}

/** By which the next year would be opened: the same as `policyInForceOn`, asked of all that were published. */
export async function loadPolicyInForce(db: Pick<Db, 'sql'>, on: Day): Promise<Policy> {
	const [row] = await db.sql<{ version: string }[]>`
		select version from policy
		order by valid_from_on <= ${on}::date desc, case when valid_from_on <= ${on}::date then valid_from_on end desc, valid_from_on, created_at desc limit 1`;
	if (!row) throw new Error('no policy was published');
	return loadPolicy(db, row.version);
}

/** A published policy says everything itself: a setting it lacks is not lent from another version. */
function policyFrom(version: string, validFromOn: Day, content: Partial<Policy>): Policy {
	const policy = { ...content, version, validFromOn };
	const lacking = SETTINGS.filter((setting) => policy[setting] === undefined);
	if (lacking.length > 0) throw new Error(`policy ${version} says nothing of ${lacking.join(', ')}`);
	return policy as Policy;
}
