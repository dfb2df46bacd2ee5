import { VERDICT_RULE } from '#lib/domain/check/criteria.ts';
import { judgeFigures } from '#lib/domain/check/judgement.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { draftOf, readContent } from '#lib/domain/form/report-content.ts';
import { keptVerdictOf } from '#lib/domain/report/report-version.ts';
import { asSystem, type Db } from '#lib/server/db/door.ts';
import { loadFigures } from '#lib/server/store/report/annual-figure.ts';
import { loadPolicies, policyIn } from '#lib/server/store/report/policy.ts';
import { replaceVerdict } from '#lib/server/store/report/version-verdict.ts';

/** Versions in one transaction: small enough that no lock is held for long. */
const BATCH = 200;

interface StaleRow {
	report_id: string;
	version_no: number;
	designation_id: string;
	year: number;
	content: string;
}

/**
 * Judges again what is kept of the criteria (方案第六条: audited figures decide): what was never judged or by an older rule, and what rests on an earlier
 * year that was corrected since. The counts frozen in a version stay. Safe to do twice and by several at once: the same figures give the same verdict.
 *
 * @param every judge everything, not only what is stale
 */
export async function judgeVersions({ dry, every = false }: { readonly dry: boolean; readonly every?: boolean }): Promise<{ judged: number; changed: number }> {
	let judged = 0;
	let changed = 0;
	let after = '0';
	for (;;) {
		const batch = await asSystem('judge versions', (db) => judgeBatch(db, after, every, dry), { deadlineMs: 60_000 });
		judged += batch.judged;
		changed += batch.changed;
		if (batch.last === null) return { judged, changed };
		after = batch.last;
	}
}

async function judgeBatch(db: Db, after: string, every: boolean, dry: boolean): Promise<{ judged: number; changed: number; last: string | null }> {
	const { sql } = db;
	const clause = sql;
	const stale = await sql<StaleRow[]>`
		select r.id as report_id, v.no as version_no, r.designation_id, r.year, v.content
		from annual_report r
		join annual_report_version v on v.report_id = r.id and v.no = r.current_version
		left join version_verdict k on k.report_id = v.report_id and k.version_no = v.no
		where r.id > ${after}::bigint and (${every} or k.report_id is null or k.rule <> ${VERDICT_RULE} or exists (
			select from annual_report e join annual_report_version s on s.report_id = e.id and s.no = e.current_version
			where e.designation_id = r.designation_id and e.year < r.year and s.submitted_at > k.judged_at))
		order by r.id limit ${BATCH}`;
	const last = stale.at(-1);
	if (!last) return { judged: 0, changed: 0, last: null };
	if (dry) return { judged: stale.length, changed: 0, last: last.report_id };
	const contents = stale.map((row) => readContent(row.content));
	const designations = stale.map((row) => row.designation_id);
	const [figures, policies] = await Promise.all([
		loadFigures(db, clause`r.designation_id = any(${designations}::bigint[])`, 'filed'),
		loadPolicies(
			db,
			contents.map((content) => content.policyVersion)
		)
	]);
	const before = await sql<{ report_id: string; version_no: number; unmet: string[] }[]>`
		select k.report_id, k.version_no, k.unmet from version_verdict k where k.report_id = any(${stale.map((row) => row.report_id)}::bigint[])`;
	let changed = 0;
	for (const [index, row] of stale.entries()) {
		const content = contents[index];
		const form = content === undefined ? null : formFor(content.formVersion, content.category);
		if (content === undefined || form === null) throw new Error(`form ${content?.formVersion ?? ''} does not exist`);
		const answers = draftOf(content);
		const earlier = (figures.get(row.designation_id) ?? []).filter((stated) => stated.reportYear < row.year);
		const policy = policyIn(policies, content.policyVersion);
		const verdict = keptVerdictOf(judgeFigures({ form, year: row.year, answers, history: earlier, policy }).findings);
		const was = before.find((kept) => kept.report_id === row.report_id && kept.version_no === row.version_no);
		if (was?.unmet.join() !== verdict.unmet.join()) changed += 1;
		await replaceVerdict(db, row.report_id, row.version_no, content.policyVersion, verdict);
	}
	return { judged: stale.length, changed, last: last.report_id };
}
