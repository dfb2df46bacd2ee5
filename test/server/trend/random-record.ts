/**
 * A record of some years as it might have gone: reports filed, forwarded, corrected, excused, enterprises moved, in random order. It keeps its own ledger
 * beside what it lays into the database, so that statistics can be worked out again without asking the database.
 */
import { createHash } from 'node:crypto';
import type postgres from 'postgres';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { amount } from '../../domain/trend/second-statistics.ts';

export const COLUMNS = [
	'employees',
	'total_assets_wan',
	'total_liabilities_wan',
	'revenue_wan',
	'profit_wan',
	'informatisation_wan',
	'equipment_total',
	'equipment_networked',
	'ito_executed_wan',
	'manufacturing_customers',
	'manufacturing_revenue_wan',
	'patents_invention',
	'patents_utility',
	'patents_design'
] as const;
export type Column = (typeof COLUMNS)[number];

export interface Said {
	readonly year: number;
	readonly basis: FigureBasis;
	readonly figures: Readonly<Partial<Record<Column, string>>>;
}

export interface LedgerVersion {
	readonly no: number;
	readonly said: readonly Said[];
	forwardedAt: number | null;
}

export interface LedgerReport {
	readonly id: string;
	readonly year: number;
	/** Channel from an instant on, oldest first. */
	readonly channels: { readonly at: number; readonly id: string }[];
	readonly versions: LedgerVersion[];
	/** Whether a report was expected, from an instant on. */
	readonly owed: { readonly at: number; readonly is: boolean }[];
	state: string;
}

export interface LedgerFirm {
	readonly designationId: string;
	readonly enterpriseId: string;
	readonly category: Category;
	readonly cohort: number;
	channel: string;
	readonly reports: LedgerReport[];
}

export interface RandomRecord {
	readonly firms: readonly LedgerFirm[];
	/** Instants between two steps, oldest first. */
	readonly instants: readonly number[];
}

type Random = (below: number) => number;
const HOUR = 3_600_000;
const CHANNELS = ['320000', '440000', '110000'] as const;
const COHORTS = [2021, 2022] as const;

/** Lays a record of `count` firms over the years into the database, step by step through whatever triggers there are. */
export async function layRecord(
	sql: postgres.Sql,
	random: Random,
	{ count, years, salt }: { readonly count: number; readonly years: readonly number[]; readonly salt: number }
): Promise<RandomRecord> {
	const pick = <T>(all: readonly T[]): T => all[random(all.length)] as T;
	const begun = Date.parse(`${years[0] ?? 2023}-10-10T00:30:00Z`);
	const firms: LedgerFirm[] = [];
	for (let index = 0; index < count; index += 1) {
		const firm = { category: random(3) === 0 ? ('it_outsourcing' as const) : ('manufacturing' as const), cohort: pick(COHORTS), channel: pick(CHANNELS) };
		const code = syntheticCreditCode(500_000 + salt * 1_000 + index);
		const [row] = await sql<{ designation_id: string; enterprise_id: string }[]>`
			with firm as (insert into enterprise (credit_code, name, channel_id) values (${code}, ${`随机示例企业${code}`}, ${firm.channel}) returning id)
			insert into designation (enterprise_id, category, cohort_year, announced_on, announcement_no)
			select id, ${firm.category}, ${firm.cohort}, ${`${firm.cohort}-06-01`}, '示例公告' from firm returning id as designation_id, enterprise_id`;
		firms.push({ ...firm, designationId: String(row?.designation_id), enterpriseId: String(row?.enterprise_id), reports: [] });
	}
	for (const year of years)
		for (const firm of firms) {
			// A year one of them does not owe has no report at all.
			if (random(12) === 0) continue;
			const [row] = await sql<{ id: string }[]>`
				insert into annual_report (designation_id, enterprise_id, year, category, cohort_year, channel_id, channel_kind, enterprise_name, credit_code)
				select d.id, e.id, ${year}, d.category, d.cohort_year, ${firm.channel}, 'province', e.name, e.credit_code
				from designation d join enterprise e on e.id = d.enterprise_id where d.id = ${firm.designationId} returning id`;
			firm.reports.push({
				id: String(row?.id),
				year,
				channels: [{ at: 0, id: firm.channel }],
				versions: [],
				owed: [{ at: 0, is: true }],
				state: 'not_started'
			});
		}
	const instants: number[] = [];
	let at = begun;
	for (let step = 0; step < count * years.length * 3; step += 1) {
		at += 5 * HOUR;
		const firm = pick(firms);
		if (random(40) === 0) await move(sql, firm, pick(CHANNELS), at);
		else if (firm.reports.length > 0) await act(sql, random, firm, pick(firm.reports), at);
		if (step % 37 === 0) instants.push(at + HOUR);
	}
	return { firms, instants };
}

async function act(sql: postgres.Sql, random: Random, firm: LedgerFirm, report: LedgerReport, at: number): Promise<void> {
	const last = report.versions.at(-1);
	switch (report.state) {
		case 'not_started':
			if (random(10) === 0) return step(sql, report, at, 'excuse-annual-report', 'excused');
			return submit(sql, random, firm, report, at);
		case 'returned':
			return submit(sql, random, firm, report, at);
		case 'excused':
			return random(3) === 0 ? step(sql, report, at, 'reopen-annual-report', 'not_started') : undefined;
		case 'submitted':
			if (last) last.forwardedAt = at;
			await sql`update annual_report set commerce_version = current_version, industry_version = current_version, commerce_approved_at = ${date(at)},
				industry_approved_at = ${date(at)}, first_forwarded_at = coalesce(first_forwarded_at, ${date(at)}), forwarded_at = ${date(at)} where id = ${report.id}`;
			await step(sql, report, at, 'forward-annual-reports', 'forwarded');
			await sql`update annual_report_version set forwarded_at = ${date(at)} where report_id = ${report.id} and no = ${last?.no ?? 0}`;
			return;
		case 'forwarded':
			return random(3) === 0 ? step(sql, report, at, 'return-annual-report', 'returned') : undefined;
	}
}

/** A change of the state alone, dated like every step. */
async function step(sql: postgres.Sql, report: LedgerReport, at: number, act: string, state: string, detail: Record<string, string> = {}): Promise<void> {
	const owed = state !== 'excused';
	if (owed !== report.owed.at(-1)?.is) report.owed.push({ at, is: owed });
	report.state = state;
	await sql`update annual_report set state = ${state} where id = ${report.id}`;
	await sql`insert into report_event (report_id, at, act, by_kind, state, court, detail)
		select id, ${date(at)}, ${act}, 'commerce', ${state}, court, ${sql.json(detail)} from annual_report where id = ${report.id}`;
}

async function submit(sql: postgres.Sql, random: Random, firm: LedgerFirm, report: LedgerReport, at: number): Promise<void> {
	const no = (report.versions.at(-1)?.no ?? 0) + 1;
	const row = (): Said['figures'] => {
		const figures: Partial<Record<Column, string>> = {};
		for (const column of COLUMNS) {
			if (random(7) === 0) continue;
			const whole = !column.endsWith('_wan');
			figures[column] = whole ? String(random(4) === 0 ? 10 : random(3_000)) : amount(random, column === 'profit_wan');
		}
		return figures;
	};
	const said: Said[] = [
		{ year: report.year - 1, basis: 'final', figures: row() },
		{ year: report.year, basis: 'forecast', figures: row() }
	];
	// Audited years before last year's: now and then, and of two figures only.
	for (const back of [2, 3])
		if (random(3) === 0)
			said.push({ year: report.year - back, basis: 'final', figures: { revenue_wan: amount(random, false), informatisation_wan: amount(random, false) } });
	report.versions.push({ no, said, forwardedAt: null });
	const content = JSON.stringify({ report: report.id, version: no });
	await sql`insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
			content_hash)
		values (${report.id}, ${no}, '2026-1', '2026-1', ${date(at)}, 'x', '王某', ${`R-${report.id}-${no}`}, ${content},
			${createHash('sha256').update(content).digest('hex')})`;
	for (const { year, basis, figures } of said)
		await sql`insert into annual_figure ${sql([
			{ report_id: report.id, version_no: no, figure_year: year, basis, designation_id: firm.designationId, ...figures } as Record<string, string | number>
		])}`;
	await sql`update annual_report set current_version = ${no}, first_submitted_at = coalesce(first_submitted_at, ${date(at)}), submitted_at = ${date(at)}
		where id = ${report.id}`;
	await step(sql, report, at, 'submit-annual-report', 'submitted');
}

/** What was never forwarded goes along (方案第十一条: each year stays with the channel it had). */
async function move(sql: postgres.Sql, firm: LedgerFirm, to: string, at: number): Promise<void> {
	if (to === firm.channel) return;
	await sql`update enterprise set channel_id = ${to} where id = ${firm.enterpriseId}`;
	for (const report of firm.reports.filter(({ versions }) => versions.every(({ forwardedAt }) => forwardedAt === null))) {
		const from = report.channels.at(-1)?.id ?? '';
		report.channels.push({ at, id: to });
		await sql`update annual_report set channel_id = ${to} where id = ${report.id}`;
		await step(sql, report, at, 'record-enterprise-event', report.state, { channelFrom: from, channelTo: to });
	}
	firm.channel = to;
}

const date = (at: number): Date => new Date(at);
