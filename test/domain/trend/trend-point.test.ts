import { describe, expect, test } from 'vitest';
import { METRICS } from '#lib/domain/form/figure-metric.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { limitOf, metricsOf, reaches, readingOf, TREND_METRICS } from '#lib/domain/trend/trend-metric.ts';
import { totalOverBoth } from '#lib/domain/trend/total-over-both.ts';
import { sameEnterprises, yearGroup } from '#lib/domain/trend/same-enterprises.ts';
import { breakAt, cellOf, channelIn, medianChange, membersIn, pointOf, seriesFrom, seriesOf, tallyOf, type PointTally } from '#lib/domain/trend/trend-point.ts';
import { stated } from '../form/filing-examples.ts';
import { amount, over, quantile, read, seeded, sum, text } from './second-statistics.ts';
import { frameOf, groupOf, member, metricCalled, policyAt } from './trend-members.ts';

const revenue = metricCalled('revenue');
const share = metricCalled('informatisation_share');

describe('what can be followed', () => {
	test('every number of the report and every share of two of them, no growth', () => {
		expect(TREND_METRICS).toHaveLength(METRICS.length + 5);
		expect(TREND_METRICS.map(({ id }) => id)).not.toContain('revenue_growth');
		expect(new Set(TREND_METRICS.map(({ id }) => id)).size).toBe(TREND_METRICS.length);
	});

	test('stock, flow and ratio; whose it is; on which scale', () => {
		expect(metricCalled('employees')).toMatchObject({
			unit: 'count',
			nature: 'stock',
			firmWide: true,
			scale: 'log',
			categories: ['manufacturing', 'it_outsourcing']
		});
		expect(metricCalled('profit')).toMatchObject({ unit: 'wan', nature: 'flow', firmWide: true, scale: 'linear' });
		expect(metricCalled('ito_executed')).toMatchObject({ nature: 'flow', firmWide: false, scale: 'log', categories: ['it_outsourcing'], article: '5.3.2' });
		expect(share).toMatchObject({ unit: 'rate', nature: 'ratio', scale: 'linear', categories: ['manufacturing'], article: '5.2.4' });
		expect(metricsOf('it_outsourcing').map(({ id }) => id)).not.toContain('networking_rate');
	});

	test('a limit is the criterion’s own, with its article', () => {
		expect(limitOf(share, 'manufacturing', DEFAULT_POLICY)).toEqual({ criterion: 'M4', article: '5.2.4', threshold: '0.05', policyVersion: '2026-1' });
		expect(limitOf(revenue, 'manufacturing', DEFAULT_POLICY)).toMatchObject({ criterion: 'M6', threshold: '50000' });
		expect(limitOf(revenue, 'it_outsourcing', DEFAULT_POLICY)).toBeNull();
	});
});

describe('which value counts as what (方案第六条)', () => {
	const history = [
		stated(2024, 'forecast', { revenueWan: '90' }),
		stated(2024, 'final', { revenueWan: '100' }),
		stated(2024, 'final', { revenueWan: '101' }, 2026),
		stated(2025, 'forecast', { revenueWan: '110', informatisationWan: '0' })
	];

	test('the latest statement, each basis for itself', () => {
		expect(readingOf(revenue, history, 2024, 'final')).toEqual({ value: '101', parts: null, reportYear: 2026 });
		expect(readingOf(revenue, history, 2024, 'forecast')).toMatchObject({ value: '90' });
		expect(readingOf(revenue, history, 2025, 'final')).toBe('not_answered');
	});

	test('zero is a value; a share of nothing has no meaning; half a share is not answered', () => {
		expect(readingOf(share, history, 2025, 'forecast')).toMatchObject({ value: '0', parts: { numerator: '0', denominator: '110' } });
		expect(readingOf(share, history, 2024, 'final')).toBe('not_answered');
		expect(readingOf(share, [stated(2024, 'final', { revenueWan: '0', informatisationWan: '5' })], 2024, 'final')).toBe('not_applicable');
	});

	test('a threshold is held against what was stated, not against a rounded ratio', () => {
		const hair = readingOf(share, [stated(2024, 'final', { revenueWan: '99999999999999.99', informatisationWan: '4999999999999.99' })], 2024, 'final');
		if (typeof hair === 'string') throw new Error(hair);
		expect(hair.value).toBe('0.05');
		expect(reaches(hair, '0.05')).toBe(false);
	});

	test('four signs where no figure is', () => {
		const none = member('d', { '2025': { employees: '5' } }, { reports: { 2025: { owed: true } } });
		expect(cellOf(none, revenue, 2025, 'final').kind).toBe('not_answered');
		expect(cellOf(none, revenue, 2024, 'final').kind).toBe('not_filed');
		expect(cellOf(none, revenue, 2023, 'final').kind).toBe('not_owed');
		expect(cellOf(none, metricCalled('ito_executed'), 2025, 'final').kind).toBe('not_applicable');
	});
});

describe('one plotted point', () => {
	test('says n known of n owed, basis, standing and total', () => {
		const group = groupOf(['40000', '50000', '60000', '70000', '80000.5', null], '2024');
		expect(pointOf(group, revenue, 2024, 'final', frameOf())).toEqual({
			metric: 'revenue',
			year: 2024,
			basis: 'final',
			nKnown: 5,
			nOwed: 6,
			absent: { notFiled: 1, notAnswered: 0, notApplicable: 0 },
			distribution: { kind: 'quartiles', n: 5, lower: '50000', median: '60000', upper: '70000', tenths: null },
			total: '300000.5',
			ofTotals: null,
			standing: { met: 4, unmet: 1, unknown: 1 },
			limit: { criterion: 'M6', article: '5.2.6', threshold: '50000', policyVersion: '2026-1' },
			marks: [],
			settled: true,
			asOf: '2026-11-30'
		});
	});

	test('the other category never comes into it', () => {
		const mixed = [...groupOf(['1', '2'], '2024'), ...groupOf(['1000'], '2024', 'revenueWan', 'it_outsourcing')];
		expect(pointOf(mixed, revenue, 2024, 'final', frameOf())).toMatchObject({ nKnown: 2, nOwed: 2, total: '3' });
		expect(pointOf(mixed, revenue, 2024, 'final', frameOf({ category: 'it_outsourcing' }))).toMatchObject({ nKnown: 1, limit: null, standing: null });
	});

	test('empty, and one enterprise', () => {
		expect(pointOf([], revenue, 2024, 'final', frameOf())).toMatchObject({ nKnown: 0, nOwed: 0, total: '0', distribution: { kind: 'none' } });
		expect(pointOf(groupOf(['7'], '2024'), revenue, 2024, 'final', frameOf())).toMatchObject({ nKnown: 1, distribution: { kind: 'dots', values: ['7'] } });
	});

	test('a forecast is marked, and a corrected figure', () => {
		const group = [member('d', { '2025f': { revenueWan: '5' } }, { reports: { 2025: { corrected: true } } })];
		expect(pointOf(group, revenue, 2025, 'forecast', frameOf())).toMatchObject({ marks: ['forecast', 'corrected'], settled: true });
		expect(pointOf(group, revenue, 2025, 'final', frameOf())).toMatchObject({ nKnown: 0, settled: false });
	});

	test('a share is two figures: total ÷ total, and the median of the enterprises’ own', () => {
		const group = (['1', '2', '3', '4', '50'] as const).map((spent, index) =>
			member(`d${String(index)}`, { '2024': { informatisationWan: spent, revenueWan: index === 4 ? '1000' : '100' } })
		);
		// Own ratios 1, 2, 3, 4 and 5 %; totals 60 of 1,400.
		expect(pointOf(group, share, 2024, 'final', frameOf())).toMatchObject({
			distribution: { median: '0.03' },
			ofTotals: '0.042857',
			total: null,
			standing: { met: 1, unmet: 4, unknown: 0 }
		});
	});

	test('agrees with the second implementation on random groups', () => {
		const random = seeded(7);
		for (let round = 0; round < 40; round += 1) {
			const pairs = Array.from({ length: 5 + random(20) }, () => ({ informatisationWan: amount(random, false), revenueWan: `${String(1 + random(9000))}.25` }));
			const group = pairs.map((row, index) => member(`d${String(index)}`, { '2024': row }));
			const point = pointOf(group, share, 2024, 'final', frameOf());
			const ratios = pairs.map((row) => over(read(row.informatisationWan), read(row.revenueWan)));
			const shown = [point.distribution.kind === 'quartiles' ? point.distribution.median : null, point.ofTotals];
			const expected = [quantile(ratios, 50), over(sum(pairs.map((row) => read(row.informatisationWan))), sum(pairs.map((row) => read(row.revenueWan))))];
			expect(shown).toEqual(expected.map((value) => text(value, 6)));
			expect(point.standing?.met).toBe(ratios.filter(({ top, bottom }) => top * 20n >= bottom).length);
		}
	});
});

test('a tally that was written down and read again makes the same point and the same series', () => {
	const group = (['1', '2', '3', '4', '50'] as const).map((spent, index) =>
		member(`d${String(index)}`, { '2023': { informatisationWan: spent, revenueWan: '90' }, '2024f': { informatisationWan: spent, revenueWan: '100' } })
	);
	const frame = frameOf();
	const kept = (year: number, basis: 'final' | 'forecast') => JSON.parse(JSON.stringify(tallyOf(group, share, year, basis, frame))) as PointTally;
	expect(seriesFrom(kept, share, [2023, 2024], frame)).toEqual(seriesOf(group, share, [2023, 2024], frame));
	expect(seriesFrom(() => null, share, [2023, 2024], frame)).toMatchObject({ final: [], ahead: [] });
	expect(tallyOf(group, share, 2023, 'final', frame)).toMatchObject({
		total: null,
		parts: { numerator: '60', denominator: '450' },
		met: 1,
		group: { n: 5, dots: [] }
	});
});

describe('over the years', () => {
	const five = (year: string, from: number) => [0, 1, 2, 3, 4].map((step) => ({ id: `d${String(step)}`, year, row: { revenueWan: String(from + step) } }));
	const membersOf = (rows: ReturnType<typeof five>) =>
		[...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => member(id, Object.fromEntries(own.map(({ year, row }) => [year, row]))));

	test('forecasts stand apart until the audited year is closed, and are joined to it', () => {
		const members = membersOf([...five('2023', 10), ...five('2024', 20), ...five('2024f', 25), ...five('2025f', 30), ...five('2026f', 40)]);
		const series = seriesOf(members, revenue, [2026, 2023, 2024, 2025], frameOf());
		expect(series.final.map(({ year }) => year)).toEqual([2023, 2024]);
		expect(series.forecast.map(({ year }) => year)).toEqual([2024, 2025, 2026]);
		expect(series.ahead.map(({ year }) => year)).toEqual([2025, 2026]);
		expect(series.joint).toEqual({ from: 2024, to: 2025 });
	});

	test('two audited figures of an open year do not push five forecasts aside', () => {
		const members = membersOf([...five('2024', 20), ...five('2025f', 30), ...five('2025', 31).slice(0, 2)]);
		const series = seriesOf(members, revenue, [2024, 2025], frameOf());
		expect(series.final.map(({ year, nKnown, settled }) => [year, nKnown, settled])).toEqual([
			[2024, 5, true],
			[2025, 2, false]
		]);
		expect(series.ahead.map(({ year, nKnown }) => [year, nKnown])).toEqual([[2025, 5]]);
		expect(series.joint).toEqual({ from: 2024, to: 2025 });
	});

	test('all forecast: no audited line, and nothing to be joined to', () => {
		const series = seriesOf(membersOf([...five('2025f', 1), ...five('2026f', 2)]), revenue, [2025, 2026], frameOf());
		expect([series.final, series.joint]).toEqual([[], null]);
		expect(series.ahead.map(({ marks }) => marks)).toEqual([['forecast'], ['forecast']]);
	});

	test('one year, and none', () => {
		expect(seriesOf(membersOf(five('2024', 1)), revenue, [2024], frameOf())).toMatchObject({ ahead: [], joint: null, breaks: [] });
		expect(seriesOf([], revenue, [2024], frameOf())).toMatchObject({ final: [], ahead: [], joint: null, breaks: [] });
	});

	test('another threshold in the middle is a break: drawn, counted by its own year’s rule, and no change across it', () => {
		const rows = ['2022', '2023', '2024'].flatMap((year) =>
			[4, 5, 6, 7, 8].map((percent) => ({ id: `d${String(percent)}`, year, row: { informatisationWan: String(percent), revenueWan: '100' } }))
		);
		const members = [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => member(id, Object.fromEntries(own.map(({ year, row }) => [year, row]))));
		const changed = frameOf({ policyOf: (year) => policyAt(year >= 2024 ? '0.06' : '0.050') });
		const series = seriesOf(members, share, [2022, 2023, 2024], changed);
		expect(series.breaks).toEqual([{ year: 2024, of: 'rule' }]);
		expect(series.final.map(({ marks, standing }) => [marks, standing?.met])).toEqual([
			[[], 4],
			[[], 4],
			[['break'], 3]
		]);
		const [first, second, third] = series.final;
		if (!first || !second || !third) throw new Error('three points');
		expect(medianChange(first, second, share, series.breaks)).toMatchObject({ known: true, points: '0', word: null });
		expect(medianChange(second, third, share, series.breaks)).toEqual({ known: false, why: 'break' });
		// The rule of one metric is nothing to another.
		expect(seriesOf(members, revenue, [2022, 2023, 2024], changed).breaks).toEqual([]);
	});

	test('another definition is a break, in a year without a point as well', () => {
		const members = membersOf([...five('2022', 1), ...five('2024', 1)]);
		const frame = frameOf({ definitionBreaks: [{ metric: 'revenue', year: 2023 }] });
		expect(breakAt(revenue, 2023, frame)).toEqual({ year: 2023, of: 'definition' });
		const series = seriesOf(members, revenue, [2022, 2024], frame);
		const [first, last] = series.final;
		if (!first || !last) throw new Error('two points');
		expect(medianChange(first, last, revenue, series.breaks)).toEqual({ known: false, why: 'break' });
	});

	test('the same threshold written with another number of places is no break', () => {
		expect(breakAt(share, 2024, frameOf({ policyOf: (year) => policyAt(year >= 2024 ? '0.0500' : '0.05') }))).toBeNull();
	});
});

describe('who moved counts in the channel of that year', () => {
	const moved = member(
		'm',
		{ '2024f': { revenueWan: '10' }, '2024': { revenueWan: '11' }, '2025f': { revenueWan: '12' }, '2025': { revenueWan: '13' }, '2026f': { revenueWan: '14' } },
		{ reports: { 2025: { channelId: '440000' }, 2026: { channelId: '440000' } } }
	);
	const of = (channel: string) => frameOf({ channels: new Set([channel]) });

	test('forecast and audited figure of a year stand with the same one, whoever forwarded them', () => {
		expect([2023, 2024, 2025, 2026, 2027].map((year) => channelIn(moved, year))).toEqual(['320000', '320000', '440000', '440000', '440000']);
		expect(channelIn(member('none', {}), 2024)).toBeNull();
		const yearsIn = (channel: string, basis: 'final' | 'forecast') =>
			[2024, 2025, 2026].filter((year) => pointOf([moved], revenue, year, basis, of(channel)).nKnown === 1);
		expect([yearsIn('320000', 'forecast'), yearsIn('320000', 'final')]).toEqual([[2024], [2024]]);
		expect([yearsIn('440000', 'forecast'), yearsIn('440000', 'final')]).toEqual([[2025, 2026], [2025]]);
	});

	test('the channels add up to the nation, each year', () => {
		const members = [moved, ...groupOf(['1', '2', '3'], '2024'), ...groupOf(['4'], '2025')];
		for (const year of [2024, 2025]) {
			const whole = pointOf(members, revenue, year, 'final', frameOf());
			const parts = ['320000', '440000'].map((channel) => pointOf(members, revenue, year, 'final', of(channel)));
			expect(parts.reduce((n, { nKnown }) => n + nKnown, 0)).toBe(whole.nKnown);
			expect(text(sum(parts.map(({ total }) => read(total ?? '0'))), 2)).toBe(whole.total);
		}
	});

	test('it leaves one group and enters the other', () => {
		const groupIn = (channel: string, year: number) => yearGroup(membersIn([moved], year, of(channel)), revenue, year, 'final');
		expect(sameEnterprises(groupIn('320000', 2024), groupIn('320000', 2025), revenue)).toMatchObject({ parts: { n: { exits: 1, entries: 0, silentNow: 0 } } });
		expect(sameEnterprises(groupIn('440000', 2024), groupIn('440000', 2025), revenue)).toMatchObject({ parts: { n: { exits: 0, entries: 1 } } });
	});
});

describe('a firm with two designations is one firm', () => {
	const both = [
		member('m', { '2024': { employees: '1200', revenueWan: '500' } }, { enterpriseId: 'one' }),
		member('s', { '2024': { employees: '1200', revenueWan: '500.00', itoExecutedWan: '7' } }, { enterpriseId: 'one', category: 'it_outsourcing' }),
		member('t', { '2024': { employees: '300', revenueWan: '40', itoExecutedWan: '5' } }, { enterpriseId: 'two', category: 'it_outsourcing' })
	];

	test('in employees and revenue; not in what belongs to the designation', () => {
		expect(totalOverBoth(both, metricCalled('employees'), 2024, 'final')).toEqual({ total: '1500', nEnterprises: 2, nDiffering: 0 });
		expect(totalOverBoth(both, revenue, 2024, 'final')).toEqual({ total: '540', nEnterprises: 2, nDiffering: 0 });
		expect(totalOverBoth(both, metricCalled('ito_executed'), 2024, 'final')).toMatchObject({ total: '12', nEnterprises: 2 });
		expect(totalOverBoth(both, metricCalled('debt_ratio'), 2024, 'final').total).toBeNull();
	});

	test('what was reported twice and differently is counted once, and said', () => {
		const torn = [...both.slice(0, 1), member('s', { '2024': { employees: '1250' } }, { enterpriseId: 'one', category: 'it_outsourcing' })];
		expect(totalOverBoth(torn, metricCalled('employees'), 2024, 'final')).toEqual({ total: '1250', nEnterprises: 1, nDiffering: 1 });
	});
});
