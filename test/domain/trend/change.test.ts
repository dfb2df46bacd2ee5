import { describe, expect, test } from 'vitest';
import { changeOf } from '#lib/domain/trend/change.ts';
import { forecastError, forecastPairs } from '#lib/domain/trend/forecast-error.ts';
import { sameEnterprises, yearGroup, type YearGroup } from '#lib/domain/trend/same-enterprises.ts';
import { amount, fraction, less, minus, over, plus, quantile, read, seeded, size, sum, text } from './second-statistics.ts';
import { frameOf, member, metricCalled } from './trend-members.ts';

describe('how a figure moved', () => {
	const audited = (value: string) => ({ value, basis: 'final' as const });

	test.each([
		['100', '112', '12', '0.12', null],
		['100', '0', '-100', '-1', null],
		['100', '-20', '-120', '-1.2', 'turned_loss'],
		['-50', '20', '70', null, 'turned_profit'],
		['-50', '-20', '30', null, 'loss_narrowed'],
		['-50', '0', '50', null, 'loss_narrowed'],
		['-50', '-80', '-30', null, 'loss_widened'],
		['-50', '-50', '0', null, null],
		['0', '20', '20', null, 'zero_base'],
		['0', '-20', '-20', null, 'zero_base'],
		['0', '0', '0', null, null],
		['3', '4', '1', '0.333333', null]
	])('%s → %s: %s, rate %s, %s', (from, to, delta, rate, word) => {
		expect(changeOf(audited(from), audited(to), 'wan')).toEqual({ known: true, delta, rate, points: null, word });
	});

	test('a share moves in points', () => {
		expect(changeOf(audited('0.05'), audited('0.0625'), 'rate')).toEqual({ known: true, delta: '0.0125', rate: null, points: '1.25', word: null });
	});

	test('nothing is told from a forecast to an audited figure, from nothing, or across a break', () => {
		expect(changeOf({ value: '1', basis: 'forecast' }, audited('2'), 'wan')).toEqual({ known: false, why: 'mixed_basis' });
		expect(changeOf(null, audited('2'), 'wan')).toEqual({ known: false, why: 'unknown' });
		expect(changeOf(audited('1'), audited('2'), 'wan', true)).toEqual({ known: false, why: 'break' });
	});
});

const group = (year: number, values: Readonly<Record<string, string | null>>, basis: YearGroup['basis'] = 'final'): YearGroup => ({
	year,
	basis,
	values: new Map(Object.entries(values).flatMap(([id, value]) => (value === null ? [] : [[id, value] as const]))),
	present: new Set(Object.keys(values))
});
const money = { unit: 'wan', nature: 'flow' } as const;
const partsOf = (...given: Parameters<typeof sameEnterprises>) => {
	const answer = sameEnterprises(...given);
	if (!answer.known) throw new Error(answer.why);
	return answer.parts;
};

describe('the same enterprises', () => {
	test('stayers, entries and exits, each with its n; who was only silent is told from who came and left', () => {
		const parts = partsOf(group(2023, { a: '100', b: '50', c: '10.5', d: null }), group(2024, { a: '130', b: '40', d: '7', e: '1000', c: null }), money);
		expect(parts.n).toEqual({ from: 3, to: 4, stayers: 2, entries: 2, silentBefore: 1, exits: 1, silentNow: 1 });
		expect(parts.amounts).toEqual({
			from: '160.5',
			to: '1177',
			total: '1016.5',
			stayers: '20',
			entries: '1007',
			exits: '10.5',
			same: { before: '150', after: '170', change: { known: true, delta: '20', rate: '0.133333', points: null, word: null } }
		});
		expect(parts.medians).toEqual({ plain: null, same: null });
	});

	test('growth of the group is not growth of its enterprises', () => {
		const before = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id) => [id, '100']));
		const after = { ...Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id) => [id, '90'])), f: '900', g: '900', h: '900', i: '900', j: '900', k: '900' };
		const { plain, same } = partsOf(group(2023, before), group(2024, after), money).medians;
		expect(plain).toMatchObject({ before: '100', after: '900', change: { rate: '8' } });
		expect(same).toMatchObject({ before: '100', after: '90', change: { rate: '-0.1' } });
	});

	test('a ratio has medians and no sums', () => {
		const values = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id, index) => [id, `0.0${String(index + 3)}`]));
		const parts = partsOf(group(2023, values), group(2024, values), { unit: 'rate', nature: 'ratio' });
		expect(parts.amounts).toBeNull();
		expect(parts.medians.same).toMatchObject({ before: '0.05', after: '0.05', change: { points: '0' } });
	});

	test('empty on either side, and nobody in both', () => {
		expect(partsOf(group(2023, {}), group(2024, {}), money).amounts).toMatchObject({ total: '0', same: { change: { known: false } } });
		expect(partsOf(group(2023, { a: '5' }), group(2024, { b: '3' }), money)).toMatchObject({
			n: { stayers: 0, entries: 1, exits: 1 },
			amounts: { total: '-2', stayers: '0', entries: '3', exits: '5', same: { change: { known: false } } }
		});
	});

	test('a negative base has an amount and a word', () => {
		expect(partsOf(group(2023, { a: '-5' }), group(2024, { a: '3' }), money).amounts?.same.change).toMatchObject({
			delta: '8',
			rate: null,
			word: 'turned_profit'
		});
	});

	test('not from forecast to audited, and not across a break', () => {
		expect(sameEnterprises(group(2023, { a: '1' }, 'forecast'), group(2024, { a: '1' }), money)).toEqual({ known: false, why: 'mixed_basis' });
		const breaks = [{ year: 2024, of: 'definition' as const }];
		expect(sameEnterprises(group(2023, { a: '1' }), group(2024, { a: '1' }), money, breaks)).toEqual({ known: false, why: 'break' });
		expect(sameEnterprises(group(2024, { a: '1' }), group(2025, { a: '1' }), money, breaks)).toMatchObject({ known: true });
	});

	test('total change = stayers + entries − exits, to the last digit, over 200 random cohorts', () => {
		const random = seeded(11);
		for (let round = 0; round < 200; round += 1) {
			const side = (year: number) =>
				group(year, Object.fromEntries(Array.from({ length: random(25) }, () => [`d${String(random(30))}`, random(6) === 0 ? null : amount(random)])));
			const [from, to] = [side(2023), side(2024)];
			const { amounts, n } = partsOf(from, to, money);
			if (amounts === null) throw new Error('amounts');
			const [all, stayed, came, left] = [amounts.total, amounts.stayers, amounts.entries, amounts.exits].map(read);
			if (!all || !stayed || !came || !left) throw new Error('parts');
			expect(minus(plus(stayed, came), left)).toEqual(all);
			// By brute force over every id there can be.
			const ids = Array.from({ length: 30 }, (_, index) => `d${String(index)}`);
			const of = ({ values }: YearGroup, id: string) => values.get(id) ?? null;
			const total = ids.reduce((now, id) => minus(plus(now, read(of(to, id) ?? '0')), read(of(from, id) ?? '0')), fraction(0n));
			expect(all).toEqual(total);
			expect(n.stayers).toBe(ids.filter((id) => of(from, id) !== null && of(to, id) !== null).length);
			expect([n.from, n.to]).toEqual([n.stayers + n.exits, n.stayers + n.entries]);
			expect(amounts.same.after).toBe(text(sum(ids.filter((id) => of(from, id) !== null).map((id) => read(of(to, id) ?? '0'))), 2));
		}
	});

	test('the figures of a year by designation', () => {
		const members = [member('a', { '2024': { revenueWan: '5' } }), member('b', {}, { reports: { 2025: { owed: true } } }), member('c', {})];
		const found = yearGroup(members, metricCalled('revenue'), 2024, 'final');
		expect([[...found.values], [...found.present]]).toEqual([[['a', '5']], ['a', 'b']]);
		expect(frameOf().category).toBe('manufacturing');
	});
});

describe('how far forecasts missed', () => {
	test('median signed and median absolute, in shares of the final; a final of zero apart', () => {
		const pairs = [
			['110', '100'],
			['90', '100'],
			['150', '100'],
			['100', '100'],
			['60', '50'],
			['10', '0']
		].map(([forecast = '', final = '']) => ({ forecast, final }));
		// Errors 10, −10, 50, 0, 20 %: signed median 10 %, absolute 10 %.
		expect(forecastError(pairs)).toEqual({ n: 5, signed: '0.1', absolute: '0.1', nFinalZero: 1, nTooHigh: 3, nTooLow: 1, nExact: 1, dots: [] });
	});

	test('a loss: the error is of its size, its sign that of the forecast', () => {
		expect(forecastError([{ forecast: '-80', final: '-100' }])).toMatchObject({ n: 1, signed: null, absolute: null, nTooHigh: 1, dots: ['0.2'] });
	});

	test('nobody', () => expect(forecastError([])).toMatchObject({ n: 0, signed: null, absolute: null, dots: [] }));

	test('agrees with the second implementation on random pairs', () => {
		const random = seeded(3);
		for (let round = 0; round < 200; round += 1) {
			const pairs = Array.from({ length: 5 + random(25) }, () => ({ forecast: amount(random), final: amount(random) }));
			const kept = pairs
				.filter(({ final }) => read(final).top !== 0n)
				.map((pair) => over(minus(read(pair.forecast), read(pair.final)), size(read(pair.final))));
			const found = forecastError(pairs);
			expect([found.n, found.nFinalZero]).toEqual([kept.length, pairs.length - kept.length]);
			if (kept.length < 5) continue;
			expect(found.nTooHigh).toBe(kept.filter((error) => less(fraction(0n), error)).length);
			expect([found.signed, found.absolute]).toEqual([text(quantile(kept, 50), 6), text(quantile(kept.map(size), 50), 6)]);
		}
	});

	test('only whom both figures are known of', () => {
		const members = [
			member('a', { '2024f': { revenueWan: '5' }, '2024': { revenueWan: '4' } }),
			member('b', { '2024f': { revenueWan: '5' } }),
			member('c', { '2024': { revenueWan: '5' } })
		];
		expect(forecastPairs(members, metricCalled('revenue'), 2024)).toEqual([{ forecast: '5', final: '4' }]);
	});
});
