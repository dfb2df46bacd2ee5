/** A record of the trends told in one line for each enterprise: each report submitted and forwarded once, in the year it belongs to. */
import { createHash } from 'node:crypto';
import type postgres from 'postgres';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { reportYearOf } from '#lib/domain/trend/trend-point.ts';
import type { Column } from './random-record.ts';

export interface PlainFirm {
	/** `2025f` is the forecast of 2025, `2025` what was audited of it. */
	readonly told: Readonly<Record<string, Readonly<Partial<Record<Column, string>>>>>;
	/** Reports that are expected and not filed. */
	readonly silent?: readonly number[];
	readonly name?: string;
	readonly category?: Category;
	readonly channelId?: string;
}

/** Lays the enterprises into a database whose years are open. @param salt keeps credit codes of several records apart */
export async function layPlainRecord(sql: postgres.Sql, firms: readonly PlainFirm[], salt = 90): Promise<void> {
	for (const [index, firm] of firms.entries()) {
		const code = syntheticCreditCode(700_000 + salt * 1_000 + index);
		const { category = 'manufacturing', channelId = '320000', name = `合成示例企业${code}` } = firm;
		const [made] = await sql<{ designation_id: string }[]>`
			with firm as (insert into enterprise (credit_code, name, channel_id) values (${code}, ${name}, ${channelId}) returning id)
			insert into designation (enterprise_id, category, cohort_year, announced_on, announcement_no)
			select id, ${category}, 2021, '2021-06-01', '示例公告' from firm returning id as designation_id`;
		const designationId = String(made?.designation_id);
		const told = Object.entries(firm.told).map(([key, figures]) => ({
			year: Number(key.slice(0, 4)),
			basis: (key.endsWith('f') ? 'forecast' : 'final') as FigureBasis,
			figures
		}));
		const byReport = Map.groupBy(told, ({ year, basis }) => reportYearOf(year, basis));
		for (const year of new Set([...byReport.keys(), ...(firm.silent ?? [])])) {
			const [report] = await sql<{ id: string }[]>`
				insert into annual_report (designation_id, enterprise_id, year, category, cohort_year, channel_id, channel_kind, enterprise_name, credit_code)
				select d.id, e.id, ${year}, d.category, d.cohort_year, ${channelId}, 'province', e.name, e.credit_code
				from designation d join enterprise e on e.id = d.enterprise_id where d.id = ${designationId} returning id`;
			const stated = byReport.get(year);
			if (stated) await forward(sql, { reportId: String(report?.id), year, designationId }, stated);
		}
	}
}

async function forward(
	sql: postgres.Sql,
	{ reportId, year, designationId }: { readonly reportId: string; readonly year: number; readonly designationId: string },
	stated: readonly { readonly year: number; readonly basis: FigureBasis; readonly figures: Readonly<Partial<Record<Column, string>>> }[]
): Promise<void> {
	const at = `${String(year)}-11-01T02:00:00Z`;
	const content = JSON.stringify({ report: reportId });
	await sql`insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
			content_hash)
		values (${reportId}, 1, '2026-1', '2026-1', ${at}, 'x', '王某', ${`P-${reportId}`}, ${content}, ${createHash('sha256').update(content).digest('hex')})`;
	for (const row of stated)
		await sql`insert into annual_figure ${sql([
			{ report_id: reportId, version_no: 1, figure_year: row.year, basis: row.basis, designation_id: designationId, ...row.figures } as Record<
				string,
				string | number
			>
		])}`;
	await sql`update annual_report set current_version = 1, first_submitted_at = ${at}, submitted_at = ${at}, state = 'submitted' where id = ${reportId}`;
	await sql`update annual_report set commerce_version = 1, industry_version = 1, commerce_approved_at = ${at}, industry_approved_at = ${at},
			first_forwarded_at = ${at}, forwarded_at = ${at}, state = 'forwarded' where id = ${reportId}`;
	for (const [act, state] of [
		['submit-annual-report', 'submitted'],
		['forward-annual-reports', 'forwarded']
	] as const)
		await sql`insert into report_event (report_id, at, act, by_kind, state, court, detail)
			select id, ${at}, ${act}, 'commerce', ${state}, court, '{}'::jsonb from annual_report where id = ${reportId}`;
	await sql`update annual_report_version set forwarded_at = ${at} where report_id = ${reportId} and no = 1`;
}
