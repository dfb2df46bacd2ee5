import type { KeptVerdict } from '#lib/domain/report/report-version.ts';
import { VERDICT_RULE } from '#lib/domain/check/criteria.ts';
import type { Db } from '#lib/server/db/door.ts';

/** Keeps what a version says of the criteria, once per version. */
export async function addVerdict({ sql }: Db, reportId: string, versionNo: number, policyVersion: string, verdict: KeptVerdict): Promise<void> {
	await sql`
		insert into version_verdict (report_id, version_no, policy_version, rule, unmet, unknown, outlook_unmet)
		values (${reportId}::bigint, ${versionNo}, ${policyVersion}, ${VERDICT_RULE}, ${verdict.unmet as string[]}::text[], ${verdict.unknown as string[]}::text[],
			${verdict.outlookUnmet as string[]}::text[])`;
}

/** Keeps a verdict anew, whatever stood there. */
export async function replaceVerdict({ sql }: Db, reportId: string, versionNo: number, policyVersion: string, verdict: KeptVerdict): Promise<void> {
	await sql`
		insert into version_verdict (report_id, version_no, policy_version, rule, unmet, unknown, outlook_unmet)
		values (${reportId}::bigint, ${versionNo}, ${policyVersion}, ${VERDICT_RULE}, ${verdict.unmet as string[]}::text[], ${verdict.unknown as string[]}::text[],
			${verdict.outlookUnmet as string[]}::text[])
		on conflict (report_id, version_no) do update
			set policy_version = excluded.policy_version, rule = excluded.rule, unmet = excluded.unmet, unknown = excluded.unknown,
				outlook_unmet = excluded.outlook_unmet, judged_at = app_now()`;
}
