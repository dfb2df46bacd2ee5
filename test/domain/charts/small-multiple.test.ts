import { describe, expect, test } from 'vitest';
import { boxOf, textWidth, type PlacedText } from '#lib/ui/charts/text-width.ts';
import { DRAWN_WIDTHS, drawMultiple, type MultipleDrawing, type MultipleWords } from '#lib/ui/charts/small-multiple.ts';
import { valueScale } from '#lib/ui/charts/value-scale.ts';
import { seriesOf, type Member, type TrendSeries } from '#lib/domain/trend/trend-point.ts';
import { seeded } from '../trend/second-statistics.ts';
import { frameOf, member, metricCalled, policyAt } from '../trend/trend-members.ts';

const revenue = metricCalled('revenue');
const share = metricCalled('informatisation_share');

const grouped = (value: string): string => {
	const [whole = '0', fraction] = value.replace('-', '').split('.');
	return `${value.startsWith('-') ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction.slice(0, 2)}`}`;
};
const WORDS: Readonly<Record<'zh' | 'en', MultipleWords>> = {
	zh: {
		value: grouped,
		count: (n) => grouped(String(n)),
		finalRow: ['实际 n', 'n'],
		forecastRow: ['预计 n', '预'],
		limit: () => ['五（二）4 下限 5%', '下限 5%'],
		break: ['口径变化'],
		end: ({ distribution, basis }) =>
			distribution.kind === 'quartiles' ? [`${grouped(distribution.median)}（${basis === 'final' ? '实际' : '预计'}）`, grouped(distribution.median)] : []
	},
	en: {
		value: grouped,
		count: (n) => grouped(String(n)),
		finalRow: ['final n', 'n'],
		forecastRow: ['forecast n', 'f’cast', 'f'],
		limit: () => ['Article 5(2)4: at least 5%', 'at least 5%', '5%'],
		break: ['definition or rule changed', 'changed'],
		end: ({ distribution, basis }) => (distribution.kind === 'quartiles' ? [`${grouped(distribution.median)} (${basis})`, grouped(distribution.median)] : [])
	}
};

/** What touches or leaves the box: empty where all is well. */
function faultsOf(drawing: MultipleDrawing): readonly string[] {
	const faults: string[] = [];
	const say = ({ kind, text }: PlacedText): string => `${kind} ${text}`;
	drawing.texts.forEach((text, index) => {
		const box = boxOf(text);
		if (box.left < 0 || box.right > drawing.width || box.top < 0 || box.bottom > drawing.height) faults.push(`outside: ${say(text)} ${JSON.stringify(box)}`);
		for (const other of drawing.texts.slice(index + 1)) {
			const beside = boxOf(other);
			if (box.left < beside.right && beside.left < box.right && box.top < beside.bottom && beside.top < box.bottom)
				faults.push(`over: ${say(text)} and ${say(other)}`);
		}
	});
	const places = drawing.points.flatMap(({ x, y, dots }) => [...(y === null ? [] : [y]), ...dots].map((place) => [x, place] as const));
	for (const [x, y] of places)
		if (!(x >= drawing.plot.left && x <= drawing.plot.right && y >= drawing.plot.top - 0.1 && y <= drawing.plot.bottom + 0.1))
			faults.push(`mark outside the plot: ${x} ${y}`);
	if (JSON.stringify(drawing).includes('NaN') || Object.values(drawing).some((path) => typeof path === 'string' && /NaN|Infinity/.test(path)))
		faults.push('not a number');
	return faults;
}

const drawings = (series: TrendSeries) => DRAWN_WIDTHS.flatMap((width) => [drawMultiple(series, width, WORDS.zh), drawMultiple(series, width, WORDS.en)]);

/** `values` by year; every enterprise tells all years. */
function membersOf(years: readonly number[], count: number, value: (year: number, index: number) => string, forecastFrom = 9999): Member[] {
	return Array.from({ length: count }, (_, index) =>
		member(
			`d${String(index)}`,
			Object.fromEntries(
				years.map((year) => [year >= forecastFrom ? `${String(year)}f` : String(year), { revenueWan: value(year, index), informatisationWan: '5' }])
			)
		)
	);
}

describe('small multiples: nothing lies over anything else, or outside its box', () => {
	const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
	const CASES: readonly (readonly [name: string, series: TrendSeries])[] = [
		['nobody', seriesOf([], revenue, [2024], frameOf())],
		[
			'one enterprise, one year',
			seriesOf(
				membersOf([2024], 1, () => '5'),
				revenue,
				[2024],
				frameOf()
			)
		],
		[
			'one year',
			seriesOf(
				membersOf([2024], 12, (_, index) => String(index * 7)),
				revenue,
				[2024],
				frameOf()
			)
		],
		[
			'four enterprises',
			seriesOf(
				membersOf(span(2020, 2024), 4, (year, index) => String(year + index)),
				revenue,
				span(2020, 2024),
				frameOf()
			)
		],
		[
			'all equal',
			seriesOf(
				membersOf(span(2020, 2024), 12, () => '50000'),
				revenue,
				span(2020, 2024),
				frameOf()
			)
		],
		[
			'all zero',
			seriesOf(
				membersOf(span(2020, 2024), 12, () => '0'),
				metricCalled('profit'),
				span(2020, 2024),
				frameOf()
			)
		],
		[
			'all forecast',
			seriesOf(
				membersOf(span(2025, 2026), 12, (_, index) => String(index * 1000), 2025),
				revenue,
				span(2025, 2026),
				frameOf()
			)
		],
		[
			'ten years, large figures',
			seriesOf(
				membersOf(span(2017, 2026), 1500, (year, index) => `${String((index + 1) * (year - 2000))}000000.25`, 2025),
				revenue,
				span(2017, 2026),
				frameOf()
			)
		],
		[
			'twenty years',
			seriesOf(
				membersOf(span(2007, 2026), 30, (year, index) => `${String(index * year)}.5`, 2025),
				revenue,
				span(2007, 2026),
				frameOf()
			)
		],
		[
			'losses',
			seriesOf(
				membersOf(span(2020, 2024), 12, (year, index) => String((index - 6) * (year - 2018) * 100)),
				revenue,
				span(2020, 2024),
				frameOf()
			)
		],
		[
			'hardly any spread, far from zero',
			seriesOf(
				membersOf(span(2020, 2024), 12, (_, index) => `800000.${String(10 + index)}`),
				revenue,
				span(2020, 2024),
				frameOf()
			)
		],
		[
			'rules that change twice',
			seriesOf(
				membersOf(span(2019, 2026), 12, (_, index) => String(100 + index), 2025),
				share,
				span(2019, 2026),
				frameOf({ policyOf: (year) => policyAt(year < 2021 ? '0.04' : year < 2022 ? '0.05' : '0.06') })
			)
		],
		[
			'a gap',
			seriesOf(
				membersOf([2019, 2022, 2023], 12, (_, index) => String(index)),
				revenue,
				span(2019, 2023),
				frameOf()
			)
		]
	];

	test.each(CASES)('%s', (_, series) => {
		for (const drawing of drawings(series)) expect(faultsOf(drawing)).toEqual([]);
	});

	test('25 random groups', () => {
		const random = seeded(12);
		for (let round = 0; round < 25; round += 1) {
			const size = 10 ** random(9);
			const from = 2026 - random(12);
			const members = membersOf(
				span(from, 2026),
				1 + random(14),
				() => `${random(3) === 0 ? '-' : ''}${String(random(size))}.${String(random(100)).padStart(2, '0')}`,
				2025 - random(2)
			);
			for (const drawing of drawings(seriesOf(members, revenue, span(from, 2026), frameOf()))) expect(faultsOf(drawing)).toEqual([]);
		}
	});

	test('the fault finder finds faults', () => {
		const drawing = drawMultiple(
			seriesOf(
				membersOf([2024], 12, (_, index) => String(index)),
				revenue,
				[2024],
				frameOf()
			),
			340,
			WORDS.zh
		);
		const text: PlacedText = { kind: 'end', text: '越界的文字', x: 330, y: 20, anchor: 'start' };
		expect(faultsOf({ ...drawing, texts: [...drawing.texts, text, text] })).toHaveLength(3);
	});
});

describe('what is drawn', () => {
	const members = membersOf([2021, 2022, 2023, 2024], 12, (year, index) => String((year - 2020) * 1000 + index * 10)).map((one, index) =>
		member(one.designationId, {
			...Object.fromEntries(one.history.map(({ forYear, row }) => [String(forYear), row])),
			'2025f': { revenueWan: String(6000 + index) },
			'2026f': { revenueWan: String(7000 + index) }
		})
	);
	const series = seriesOf(members, revenue, [2021, 2022, 2023, 2024, 2025, 2026], frameOf());
	const drawing = drawMultiple(series, 720, WORDS.zh);
	const movesIn = (path: string) => (path.match(/[ML]/g) ?? []).join('');

	test('the median of four years, the forecasts apart, and one joint between them', () => {
		expect(movesIn(drawing.median)).toBe('MLLL');
		expect(movesIn(drawing.ahead)).toBe('ML');
		const [last, first] = [drawing.points.find(({ year }) => year === 2024), drawing.points.find(({ year }) => year === 2025)];
		expect(drawing.joint).toBe(`M${last?.x.toFixed(1)} ${last?.y?.toFixed(1)}L${first?.x.toFixed(1)} ${first?.y?.toFixed(1)}`);
		expect(drawing.points.map(({ year, basis }) => `${String(year)} ${basis}`)).toContain('2026 forecast');
	});

	test('higher is higher, and later is further to the right', () => {
		const ys = drawing.points.map(({ y }) => y ?? 0);
		expect(ys).toEqual([...ys].sort((a, b) => b - a));
		const xs = drawing.points.map(({ x }) => x);
		expect(xs).toEqual([...xs].sort((a, b) => a - b));
	});

	test('n stands under each year, audited and forecast in rows of their own', () => {
		expect(drawing.texts.filter(({ kind }) => kind === 'year').map(({ text }) => text)).toEqual(['2021', '2022', '2023', '2024', '2025', '2026']);
		expect(drawing.texts.filter(({ kind }) => kind === 'n')).toHaveLength(6);
		expect(drawing.texts.filter(({ kind }) => kind === 'row').map(({ text }) => text)).toEqual(['实际 n', '预计 n']);
	});

	test('the threshold is named, with its article', () => expect(drawing.texts.find(({ kind }) => kind === 'limit')?.text).toBe('五（二）4 下限 5%'));

	test('the threshold’s name covers no median where there is room, and stands with its own line after a break', () => {
		const frame = frameOf({ policyOf: (year) => policyAt(year < 2023 ? '0.04' : '0.06') });
		const rising = membersOf([2021, 2022, 2023, 2024], 12, (year, index) => String(100 + index - (year - 2020) * 5));
		const broken = drawMultiple(seriesOf(rising, share, [2021, 2022, 2023, 2024], frame), 720, WORDS.zh);
		const label = broken.texts.find(({ kind }) => kind === 'limit');
		if (!label) throw new Error('no label');
		const box = boxOf(label);
		expect(broken.points.filter(({ x, y }) => y !== null && x > box.left && x < box.right && y > box.top && y < box.bottom)).toEqual([]);
		expect(box.left).toBeGreaterThan(broken.breaks[0] ?? Infinity);
	});

	test('few are dots, and no line joins them', () => {
		const few = drawMultiple(seriesOf(members.slice(0, 4), revenue, [2021, 2022], frameOf()), 340, WORDS.zh);
		expect([few.median, few.band, few.points.map(({ dots }) => dots.length)]).toEqual(['', '', [4, 4]]);
	});

	test('no line crosses a gap or a break; a year by itself keeps its band', () => {
		const gap = drawMultiple(
			seriesOf(
				membersOf([2019, 2022, 2023], 12, (_, index) => String(index)),
				revenue,
				[2019, 2022, 2023],
				frameOf()
			),
			340,
			WORDS.zh
		);
		expect([movesIn(gap.median), (gap.band.match(/Z/g) ?? []).length]).toEqual(['ML', 2]);
		const frame = frameOf({ definitionBreaks: [{ metric: 'revenue', year: 2023 }] });
		const broken = drawMultiple(seriesOf(members, revenue, [2021, 2022, 2023, 2024], frame), 720, WORDS.zh);
		expect([movesIn(broken.median), broken.breaks.length, broken.texts.filter(({ kind }) => kind === 'break').length]).toEqual(['MLML', 1, 1]);
	});

	test('a joint never crosses a break', () => {
		const frame = frameOf({ definitionBreaks: [{ metric: 'revenue', year: 2025 }] });
		expect(drawMultiple(seriesOf(members, revenue, [2023, 2024, 2025], frame), 720, WORDS.zh).joint).toBe('');
	});

	test('the places pointed at cover the plot without a gap', () => {
		const ends = drawing.hits.map(({ x, width }) => [x, x + width] as const);
		ends.slice(1).forEach(([left], index) => expect(left).toBeCloseTo(ends[index]?.[1] ?? -1, 6));
	});
});

describe('the upright axis', () => {
	test.each([
		[[3, 8], [0, 2, 4, 6, 8], true],
		[[0.048, 0.09], [0, 0.025, 0.05, 0.075, 0.1], true],
		[[-40, 60], [-50, -25, 0, 25, 50, 75], true],
		[[5000, 5100], [5000, 5025, 5050, 5075, 5100], false],
		[[0, 0], [0, 1], true],
		[[], [0, 0.25, 0.5, 0.75, 1], true]
	] as const)('%j: %j', (values, ticks, fromZero) => {
		const scale = valueScale(values);
		expect([scale.ticks, scale.fromZero]).toEqual([ticks, fromZero]);
	});

	test('a text is measured wide rather than narrow', () => expect([textWidth('制造业'), textWidth('2026'), textWidth('')]).toEqual([36, 30, 0]));
});
