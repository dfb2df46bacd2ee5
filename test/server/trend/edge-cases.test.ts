/**
 * Records at the edge: nobody, one enterprise, one year, forecasts alone, a rule changed in the middle, losses, nothing but equals. What the dashboard and
 * the page of a metric say and draw of each, in both languages: no NaN, no empty axis, no percentage on a base that bears none.
 */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_2026_1 } from '#lib/domain/policy.ts';
import { NO_FILTER } from '#lib/domain/trend/trend-filter.ts';
import { trendMetric } from '#lib/domain/trend/trend-metric.ts';
import { m } from '#lib/paraglide/messages.js';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { Actor } from '#lib/server/actor.ts';
import { ministryCohort } from '#lib/server/reads/ministry/ministry-cohort.ts';
import { ministryMetric, type MinistryMetric } from '#lib/server/reads/ministry/ministry-metric.ts';
import { multipleFile } from '#lib/ui/charts/picture-file.ts';
import type { MultipleDrawing } from '#lib/ui/charts/small-multiple.ts';
import { boxOf } from '#lib/ui/charts/text-width.ts';
import { cohortPicture } from '../../../src/routes/ministry/trend-pictures.ts';
import { cohortView } from '../../../src/routes/ministry/cohort/cohort-view.ts';
import { listFilters } from '../../../src/routes/ministry/metrics/[metric]/list-filters.ts';
import { metricView } from '../../../src/routes/ministry/metrics/[metric]/metric-view.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';
import { layPlainRecord, type PlainFirm } from './plain-record.ts';

const NOW = new Date('2026-12-05T02:00:00Z');
const LANGUAGES = ['zh-CN', 'en'] as const;

let database: TestDatabase;
let mofcom: Actor;

beforeAll(async () => {
	database = await applicationDatabase();
	mofcom = await buildOfficial(database, 'mofcom');
});
afterEach(() => overwriteGetLocale(() => 'zh-CN'));

const share = (percent: string): PlainFirm['told'][string] => ({ informatisation_wan: String(Number(percent) * 1_000), revenue_wan: '100000' });
const many = (count: number, told: (index: number) => PlainFirm['told']): PlainFirm[] =>
	Array.from({ length: count }, (_, index) => ({ told: told(index), silent: [2026] }));

interface Edge {
	readonly firms: readonly PlainFirm[];
	readonly metric: string;
	readonly sentence: Readonly<Record<(typeof LANGUAGES)[number], string>>;
}

const EDGES: Readonly<Record<string, Edge>> = {
	'nobody at all': { firms: [], metric: 'informatisation_share', sentence: { 'zh-CN': '尚无数据', en: 'no figures yet' } },
	'expected, and nobody filed': {
		firms: [{ told: {}, silent: [2026] }],
		metric: 'informatisation_share',
		sentence: { 'zh-CN': '尚无数据', en: 'no figures yet' }
	},
	'one enterprise': {
		firms: [{ told: { '2023': share('6'), '2024': share('4'), '2026f': share('7') } }],
		metric: 'informatisation_share',
		sentence: {
			'zh-CN': '2024年审计数有数 1 / 1 家，少于五家，只列各家，1 家低于方案第五条（二）4的 5%',
			en: '2024 final, 1 of 1: fewer than five, shown one by one, 1 below the 5% of Plan, article 5(2)4'
		}
	},
	'one year': {
		firms: many(6, (index) => ({ '2024': share(String(5 + index)) })),
		metric: 'informatisation_share',
		sentence: {
			'zh-CN': '2024年审计数中位数 7.5%（6 / 6 家），没有企业低于方案第五条（二）4的 5%',
			en: '2024 final: median 7.5% (6 of 6), none below the 5% of Plan, article 5(2)4'
		}
	},
	'forecasts alone, in the first year there is': {
		firms: many(6, (index) => ({ '2026f': share(String(4 + index)) })),
		metric: 'informatisation_share',
		sentence: {
			'zh-CN': '2026年预计中位数 6.5%（6 / 6 家），1 家低于方案第五条（二）4的 5%',
			en: '2026 forecast: median 6.5% (6 of 6), 1 below the 5% of Plan, article 5(2)4'
		}
	},
	'a loss that narrows': {
		firms: many(5, () => ({ '2023': { profit_wan: '-300' }, '2024': { profit_wan: '-120.5' } })),
		metric: 'profit',
		sentence: {
			'zh-CN': '2024年审计数中位数 −120.50 万元（5 / 5 家），比 2023年升 179.50 万元（减亏），同口径 5 家升 179.50 万元（减亏）',
			en:
				'2024 final: median −120.50 × CNY 10,000 (5 of 5), up 179.50 × CNY 10,000 (loss narrowed) on 2023, ' +
				'the same 5 enterprises up 179.50 × CNY 10,000 (loss narrowed)'
		}
	},
	'a profit that turns into a loss': {
		firms: many(5, () => ({ '2023': { profit_wan: '200' }, '2024': { profit_wan: '-100' } })),
		metric: 'profit',
		sentence: {
			'zh-CN': '2024年审计数中位数 −100 万元（5 / 5 家），比 2023年降 300 万元（转亏），同口径 5 家降 300 万元（转亏）',
			en:
				'2024 final: median −100 × CNY 10,000 (5 of 5), down 300 × CNY 10,000 (turned to loss) on 2023, ' +
				'the same 5 enterprises down 300 × CNY 10,000 (turned to loss)'
		}
	},
	'from zero': {
		firms: many(5, () => ({ '2023': { profit_wan: '0' }, '2024': { profit_wan: '80' } })),
		metric: 'profit',
		sentence: {
			'zh-CN': '2024年审计数中位数 80 万元（5 / 5 家），比 2023年升 80 万元（基数为零），同口径 5 家升 80 万元（基数为零）',
			en: '2024 final: median 80 × CNY 10,000 (5 of 5), up 80 × CNY 10,000 (from zero) on 2023, the same 5 enterprises up 80 × CNY 10,000 (from zero)'
		}
	},
	'all equal, on the threshold': {
		firms: many(12, () => ({ '2023': share('5'), '2024': share('5'), '2026f': share('5') })),
		metric: 'informatisation_share',
		sentence: {
			'zh-CN': '2024年审计数中位数 5.0%（12 / 12 家），没有企业低于方案第五条（二）4的 5%，比 2023年持平，同口径 12 家持平，2026年预计中位数 5.0%（12 家）',
			en:
				'2024 final: median 5.0% (12 of 12), none below the 5% of Plan, article 5(2)4, unchanged on 2023, ' +
				'the same 12 enterprises unchanged, forecast for 2026: median 5.0% (12)'
		}
	},
	'all zero': {
		firms: many(6, () => ({ '2023': { profit_wan: '0' }, '2024': { profit_wan: '0' } })),
		metric: 'profit',
		sentence: {
			'zh-CN': '2024年审计数中位数 0 万元（6 / 6 家），比 2023年持平，同口径 6 家持平',
			en: '2024 final: median 0 × CNY 10,000 (6 of 6), unchanged on 2023, the same 6 enterprises unchanged'
		}
	},
	'who came hides that the others fell': {
		firms: [...many(5, () => ({ '2023': share('6'), '2024': share('5.5') })), ...many(7, () => ({ '2024': share('9') }))],
		metric: 'informatisation_share',
		sentence: {
			'zh-CN': '2024年审计数中位数 9.0%（12 / 12 家），没有企业低于方案第五条（二）4的 5%，比 2023年升 3 个百分点，同口径 5 家降 0.5 个百分点',
			en: '2024 final: median 9.0% (12 of 12), none below the 5% of Plan, article 5(2)4, up 3 points on 2023, the same 5 enterprises down 0.5 points'
		}
	}
};

const RULE_CHANGED: Edge = {
	firms: many(6, (index) => ({ '2022': share(String(4 + index)), '2023': share(String(5 + index)), '2024': share(String(5 + index)) })),
	metric: 'informatisation_share',
	sentence: {
		'zh-CN': '2024年审计数中位数 7.5%（6 / 6 家），1 家低于方案第五条（二）4的 6%，口径变化，不与 2023年比较',
		en: '2024 final: median 7.5% (6 of 6), 1 below the 6% of Plan, article 5(2)4, rule changed: not compared with 2023'
	}
};

/** Every text and number of a view, wherever it stands. */
function leavesOf(value: unknown): readonly (string | number)[] {
	if (typeof value === 'string' || typeof value === 'number') return [value];
	if (Array.isArray(value)) return value.flatMap(leavesOf);
	return value !== null && typeof value === 'object' && !(value instanceof Date) ? Object.values(value).flatMap(leavesOf) : [];
}

function expectSound(what: string, view: unknown): void {
	for (const leaf of leavesOf(view))
		if (typeof leaf === 'number') expect(Number.isFinite(leaf), what).toBe(true);
		else expect(leaf, what).not.toMatch(/NaN|Infinity|undefined|null\b|\[object/);
}

/** A picture that is drawn has something in it, and all of it stands inside. */
function expectDrawn(what: string, drawing: MultipleDrawing): void {
	const { plot, width, points, grid, texts, hits } = drawing;
	expectSound(what, drawing);
	expect(plot.left < plot.right && plot.top < plot.bottom, what).toBe(true);
	expect(new Set(grid).size, `${what}: an axis with steps`).toBeGreaterThan(1);
	expect(points.flatMap(({ y, dots }) => [...(y === null ? [] : [y]), ...dots]).length, `${what}: something on the axis`).toBeGreaterThan(0);
	for (const y of points.flatMap(({ y: median, dots }) => [...(median === null ? [] : [median]), ...dots]))
		expect(y >= plot.top - 0.01 && y <= plot.bottom + 0.01, `${what}: ${String(y)} inside`).toBe(true);
	for (const text of texts) {
		const box = boxOf(text);
		expect(box.left >= -0.5 && box.right <= width + 0.5, `${what}: ${text.text} inside`).toBe(true);
	}
	expect(hits.length, what).toBeGreaterThan(0);
	expect(multipleFile(drawing, { title: 'x', lines: [] })).not.toMatch(/NaN|Infinity|undefined/);
}

/** Each case in a channel of its own. */
const CHANNELS = ['110000', '120000', '130000', '140000', '150000', '210000', '220000', '230000', '310000', '330000', '340000', '350000', '360000'] as const;
const channelOf = (name: string): string => CHANNELS[[...Object.keys(EDGES), 'rule'].indexOf(name)] ?? '';
const YEARS = [2022, 2023, 2024, 2025, 2026];

const readMetric = (id: string, channelId: string | null = null): Promise<MinistryMetric> => {
	const metric = trendMetric(id);
	if (!metric) throw new RangeError(id);
	const query = { metric, filter: { ...NO_FILTER, category: 'manufacturing' as const, channelId }, of: null, basis: null, reach: null, by: 'channel' as const };
	return ministryMetric(mofcom, { ...query, descending: false, after: null, before: null }, NOW);
};

test('before the first year is opened there is a page, and no figure on it', async () => {
	expect(cohortView(await ministryCohort(mofcom, NO_FILTER, NOW), NOW)).toBeNull();
	const metric = trendMetric('profit');
	expect(metricView(await readMetric('profit'), metric as never, NOW).shown).toBeNull();
});

describe('with years and reports', () => {
	beforeAll(async () => {
		const { adminSql } = database;
		for (const year of YEARS) await openYear(database, year);
		await adminSql`update reporting_year set opened_at = opens_on - interval '10 days',
			closed_at = case when year < 2026 then (year + 1 || '-04-10')::timestamptz end`;
		for (const [index, [name, edge]] of [...Object.entries(EDGES), ['rule', RULE_CHANGED] as const].entries())
			await layPlainRecord(
				adminSql,
				edge.firms.map((firm) => ({ ...firm, channelId: channelOf(name) })),
				index
			);
		await layPlainRecord(
			adminSql,
			[
				{ told: { '2025': share('6') }, channelId: '620000' },
				{ told: {}, silent: [2026], channelId: '630000' }
			],
			50
		);
	});

	describe.each(Object.entries(EDGES))('%s', sayAndDraw);

	test('of one channel, or of a tier, nothing is said of the nation', async () => {
		const titleOf = async (filter: object) => cohortView(await ministryCohort(mofcom, { ...NO_FILTER, ...filter }, NOW), NOW)?.tilesTitle;
		expect(await titleOf({})).toMatch(/^全国按时 \d+%（\d+ \/ \d+）；\d+ 个渠道低于全国$/);
		expect(await titleOf({ channelId: '620000' })).toBe('按时 100%（1 / 1）');
		expect(await titleOf({ channelId: '630000' })).toBe('按时 0%（0 / 1）');
		expect(await titleOf({ tier: 'other' })).toMatch(/^按时 \d+%（\d+ \/ \d+）；\d+ 个渠道低于所列渠道的总比率$/);
	});

	describe('a rule changed in the middle', () => {
		beforeAll(async () => {
			const { adminSql } = database;
			const criteria = { ...POLICY_2026_1.criteria, M4: { ...POLICY_2026_1.criteria.M4, minRate: '0.06' } };
			await adminSql`insert into policy (version, valid_from_on, content)
				values ('strict', '2026-02-01', ${adminSql.json({ ...POLICY_2026_1, criteria } as never)})`;
			await adminSql`update reporting_year set policy_version = 'strict' where year >= 2024`;
		});
		sayAndDraw('rule', RULE_CHANGED);
	});
});

function sayAndDraw(name: string, edge: Edge): void {
	test('the page of the metric says and draws what fits', async () => {
		const metric = trendMetric(edge.metric);
		const found = await readMetric(edge.metric, channelOf(name));
		for (const language of LANGUAGES) {
			overwriteGetLocale(() => language);
			const { shown } = metricView(found, metric as never, NOW);
			expectSound(language, shown);
			const [picture] = shown?.pictures ?? [];
			for (const filter of listFilters(found, { categories: ['manufacturing'] }))
				if ('inForce' in filter && filter.inForce !== undefined)
					expect(
						filter.options.map(({ value }) => value),
						filter.label
					).toContain(filter.inForce);
			expect(picture?.sentence).toBe(edge.sentence[language]);
			// A percentage of a change stands on a base above zero alone.
			if (edge.metric === 'profit') expect(JSON.stringify([picture?.sentence, picture?.changes])).not.toContain('%');
			const drawings = [picture?.drawn?.wide, picture?.drawn?.narrow].flatMap((one) => one ?? []);
			expect(drawings).toHaveLength((picture?.points.length ?? 0) === 0 ? 0 : 2);
			for (const drawing of drawings) expectDrawn(language, drawing);
		}
	});

	test('the dashboard says and draws what fits, in each of its pictures and files', async () => {
		const found = await ministryCohort(mofcom, { ...NO_FILTER, channelId: channelOf(name), metric: edge.metric as never }, NOW);
		for (const language of LANGUAGES) {
			overwriteGetLocale(() => language);
			const view = cohortView(found, NOW);
			expectSound(language, view);
			expect(view?.anybody).toBe(edge.firms.length > 0);
			const cards = (view?.metrics.sections ?? []).flatMap((section) => section.cards);
			// Eight queries leave no room for the same enterprises: they stand on the page of the metric.
			const same = edge.sentence[language].replace(/[，,] ?(同口径|the same) [^，]*?(?=[，]|, forecast|$)/, '');
			expect(cards.find(({ id }) => id === `manufacturing-${edge.metric}`)?.sentence).toBe(same);
			for (const { drawing, hits, sentence } of cards) {
				expect(drawing === null).toBe(hits.length === 0);
				if (drawing !== null) expectDrawn(sentence, drawing);
			}
			for (const part of ['tiles', 'dots', 'criteria-manufacturing', 'criteria-it_outsourcing', ...cards.map(({ id }) => id)]) {
				const picture = cohortPicture(found, part);
				if (picture === null) continue;
				expect(picture.draw({ title: picture.title, lines: [...picture.notes] }), part).not.toMatch(/NaN|Infinity|undefined/);
				expectSound(
					part,
					picture.rows.map((row) => picture.columns.map(({ cell }) => cell(row)))
				);
			}
			if (view?.metrics.dots) {
				const { data } = view.metrics.dots;
				expect(data.single.length + data.sides.length, 'a picture of dots has dots').toBeGreaterThan(0);
				for (const { x, y } of data.single) expect(x >= 0 && x <= data.width && y >= 0 && y <= data.height).toBe(true);
			}
			expect(view?.near.said === m.trend_near_none()).toBe(view?.near.rows.length === 0);
		}
	});
}
