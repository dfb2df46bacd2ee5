/** The rule of outliers as SQL finds them is the domain's, over random histories with corrections, gaps, zeros, ties and reports nobody forwarded. */
import { beforeAll, describe, expect, test } from 'vitest';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { day } from '#lib/domain/day.ts';
import { decimal, decimalText } from '#lib/domain/decimal.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { outlierRows, type OutlierRow } from '#lib/domain/trend/outlier-list.ts';
import { metricsOf } from '#lib/domain/trend/trend-metric.ts';
import type { Member, TrendFrame } from '#lib/domain/trend/trend-point.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { loadFigures } from '#lib/server/store/report/annual-figure.ts';
import { findOutliers } from '#lib/server/store/trend/outliers.ts';
import { seeded } from '../../domain/trend/second-statistics.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { openYear } from '../../support/scene.ts';

const YEARS = [2024, 2025, 2026];
let database: TestDatabase;

/** Columns in pairs of whole and part, so that every metric has something to be far outside of. */
const COUNTS = ['employees', 'bachelor_or_above', 'intermediate_title_or_above', 'equipment_total', 'equipment_networked', 'manufacturing_customers'];
const PATENTS = ['patents_invention', 'patents_utility', 'patents_design', 'software_copyrights'];
const MONEY = ['total_assets_wan', 'total_liabilities_wan', 'revenue_wan', 'rd_spending_wan', 'informatisation_wan', 'ito_executed_wan'];
const REST = ['manufacturing_revenue_wan', 'profit_wan'];

/** Forty designations of either category with three years of reports. */
async function layHistories(seed: number): Promise<void> {
	const random = seeded(seed);
	const figure = (column: string): string | null => {
		if (random(12) === 0) return null;
		if (random(9) === 0) return '0';
		// Half of some columns are alike, so that the median deviation is zero there.
		const usual = column === 'patents_design' || column === 'equipment_networked' ? (random(3) > 0 ? 7 : 3 + random(9)) : 400 + random(900);
		const slip = random(25) === 0 ? 10_000 : 1;
		const amount = MONEY.includes(column) || REST.includes(column) ? `${String(usual * slip)}.${String(random(100)).padStart(2, '0')}` : String(usual * slip);
		return column === 'profit_wan' && random(3) === 0 ? `-${amount}` : amount;
	};
	const columns = [...COUNTS, ...PATENTS, ...MONEY, ...REST];
	const reports: object[] = [];
	const versions: object[] = [];
	const figures: object[] = [];
	for (let firm = 1; firm <= 80; firm += 1)
		for (const year of YEARS) {
			if (random(8) === 0) continue;
			const id = seed * 100_000 + firm * 10 + (year - 2020);
			const count = 1 + random(2);
			reports.push({ id, firm: seed * 1_000 + firm, year, version: count });
			for (let no = 1; no <= count; no += 1) {
				versions.push({ id, no, forwarded: random(7) > 0 });
				const stated = [[year - 1, 'final'], [year, 'forecast'], ...(random(5) === 0 ? [[year - 2, 'final']] : [])] as const;
				for (const [figureYear, basis] of stated)
					figures.push({
						report_id: id,
						version_no: no,
						figure_year: figureYear,
						basis,
						designation_id: seed * 1_000 + firm,
						...Object.fromEntries(columns.map((column) => [column, figure(column)]))
					});
			}
		}
	const owner = database.adminSql;
	const firms = Array.from({ length: 80 }, (_, index) => ({
		id: seed * 1_000 + index + 1,
		code: syntheticCreditCode(seed * 1_000 + index + 1) as string,
		category: CATEGORIES[index % 2],
		channel: ['320000', '440000', '110000'][index % 3]
	}));
	await owner`
		with given as (select * from jsonb_to_recordset(${JSON.stringify(firms)}::text::jsonb) as g (id bigint, code text, category text, channel text)),
		firm as (insert into enterprise (id, credit_code, name, channel_id) overriding system value select id, code, '随机企业' || id, channel from given)
		insert into designation (id, enterprise_id, category, cohort_year, announced_on, announcement_no) overriding system value
		select id, id, category, 2021, '2022-06-01', '示例公告' from given`;
	await owner`
		insert into annual_report (id, designation_id, enterprise_id, year, category, cohort_year, channel_id, channel_kind, enterprise_name, credit_code,
			current_version)
		overriding system value
		select g.id, d.id, e.id, g.year, d.category, d.cohort_year, e.channel_id, 'province', e.name, e.credit_code, g.version
		from jsonb_to_recordset(${JSON.stringify(reports)}::text::jsonb) as g (id bigint, firm bigint, year integer, version integer)
		join designation d on d.id = g.firm join enterprise e on e.id = d.enterprise_id`;
	await owner`
		insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
			content_hash, forwarded_at)
		select g.id, g.no, '2026-1', '2026-1', now(), 's', 's', 'random-' || g.id || '-' || g.no, '{"explained":[]}',
			encode(sha256('{"explained":[]}'), 'hex'), case when g.forwarded then now() end
		from jsonb_to_recordset(${JSON.stringify(versions)}::text::jsonb) as g (id bigint, no integer, forwarded boolean)`;
	await owner`insert into annual_figure select f.* from jsonb_populate_recordset(null::annual_figure, ${JSON.stringify(figures)}::text::jsonb) f`;
}

async function members(): Promise<readonly Member[]> {
	return asSystem(
		'test',
		async (db) => {
			const { sql } = db;
			const histories = await loadFigures(db, sql`true`, 'forwarded');
			const reports = await sql<{ id: string; designation_id: string; enterprise_id: string; category: string; year: number; channel_id: string }[]>`
				select r.id, r.designation_id, r.enterprise_id, r.category, r.year, r.channel_id from annual_report r`;
			return [...Map.groupBy(reports, (report) => report.designation_id)].map(([designationId, own]): Member => ({
				designationId,
				enterpriseId: own[0]?.enterprise_id ?? '',
				category: own[0]?.category as Category,
				history: histories.get(designationId) ?? [],
				reports: new Map(own.map(({ year, channel_id }) => [year, { owed: true, forwarded: true, corrected: false, channelId: channel_id }]))
			}));
		},
		{ readOnly: true }
	);
}

const frameOf = (category: Category): TrendFrame => ({
	category,
	channels: null,
	policyOf: () => DEFAULT_POLICY,
	definitionBreaks: [],
	closedThrough: 2025,
	asOf: day('2026-12-05')
});

beforeAll(async () => {
	database = await applicationDatabase();
	for (const year of YEARS) await openYear(database, year);
});

describe('what SQL finds far outside, the rule does too', () => {
	test.each([3, 8])('histories drawn from %i', { timeout: 120_000 }, async (seed) => {
		await database.adminSql`truncate annual_report, designation, enterprise cascade`;
		await layHistories(seed);
		const everybody = await members();
		let [found, asSteps, byMean] = [0, 0, 0];
		for (const category of CATEGORIES)
			for (const [year, basis] of [
				[2024, 'final'],
				[2025, 'final'],
				[2025, 'forecast'],
				[2026, 'forecast']
			] as readonly (readonly [number, FigureBasis])[]) {
				const metrics = metricsOf(category);
				const bySql = await asSystem('test', (db) => findOutliers(db, { category, year, basis, metrics }), { readOnly: true });
				for (const metric of metrics) {
					const byRule = outlierRows(everybody, metric, year, basis, frameOf(category));
					const own = bySql
						.filter((row) => row.metric.id === metric.id)
						.map(({ designationId, reportYear, value, before, inCategory, asStep }) => ({
							designationId,
							metric: metric.id,
							year,
							basis,
							reportYear,
							value,
							before,
							inCategory,
							asStep
						}));
					// A column pads its figures with noughts.
					const plain = (text: string) => decimalText(decimal(text));
					const inOrder = (rows: readonly OutlierRow[]) =>
						rows
							.map((row) => ({ ...row, value: plain(row.value), before: row.before === null ? null : plain(row.before) }))
							.toSorted((a, b) => Number(a.designationId) - Number(b.designationId));
					expect(inOrder(own), `${category} ${metric.id} ${year} ${basis}`).toEqual(inOrder(byRule));
					found += own.length;
					asSteps += own.filter(({ asStep }) => asStep?.scored && asStep.far).length;
					byMean += own.filter(({ inCategory }) => inCategory.scored && inCategory.by === 'mean_deviation').length;
				}
			}
		// Equal because nothing was found would prove nothing.
		expect(found).toBeGreaterThan(60);
		expect(asSteps).toBeGreaterThan(10);
		expect(byMean).toBeGreaterThan(0);
	});
});
