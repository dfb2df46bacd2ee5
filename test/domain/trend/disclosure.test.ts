import { describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { decimal, decimalText } from '#lib/domain/decimal.ts';
import { ORGANISATION_KINDS } from '#lib/domain/parties.ts';
import { coarse, disclose, publicCount, type AskedCell, type CellValue, type Viewer } from '#lib/domain/trend/disclosure.ts';
import { publicTable } from '#lib/domain/trend/public-table.ts';
import { seeded } from './second-statistics.ts';

const CELL: AskedCell = {
	metric: { unit: 'wan', categories: ['manufacturing'] },
	basis: 'final',
	category: 'manufacturing',
	stated: 'as_closed',
	of: 'nation',
	narrowedBy: [],
	asOf: null
};
const viewer = (kind: Viewer['kind'], own: Partial<Viewer> = {}): Viewer => ({ kind, channelId: null, enterpriseId: null, ...own });
const MINISTRY = viewer('mofcom');
const CHANNEL = viewer('commerce', { channelId: '320000' });
const ENTERPRISE = viewer('enterprise', { enterpriseId: 'e0' });
const PUBLIC = viewer(null);

/** The first `own` are of the channel 320000. */
const values = (all: readonly string[], own = 0): CellValue[] =>
	all.map((value, index) => ({ enterpriseId: `e${String(index)}`, channelId: index < own ? '320000' : `x${String(index % 7)}`, value }));
const to = (n: number) => Array.from({ length: n }, (_, index) => String((index + 1) * 111.11));

describe('who may see what of the cohort', () => {
	test('the ministries see everything, narrowed or not, of any day and any n', () => {
		for (const kind of ['mofcom', 'miit'] as const) {
			const asked = { ...CELL, category: null, stated: 'open', narrowedBy: ['channel', 'status'], asOf: day('2026-11-23') } as const;
			expect(disclose(viewer(kind), asked, values(['7']))).toEqual({ shown: 'whole', distribution: { kind: 'dots', n: 1, values: ['7'] }, mayOrderBy: true });
		}
	});

	test.each([
		['both categories', { category: null }, 'both_categories'],
		['a channel, cohort, tier or status', { narrowedBy: ['cohort'] }, 'narrowed'],
		['a past day', { asOf: day('2026-11-23') }, 'as_of'],
		['a year that is open', { stated: 'open' }, 'open_year'],
		['figures corrected since the close', { stated: 'corrected_since' }, 'corrected_since']
	] as const)('nobody else sees %s', (_, changes, why) => {
		for (const who of [CHANNEL, ENTERPRISE, PUBLIC])
			expect(disclose(who, { ...CELL, ...changes }, values(to(40)))).toEqual({ shown: 'masked', why, mayOrderBy: false });
	});

	test.each([
		[9, 0, 'masked'],
		[10, 0, 'benchmark'],
		[14, 10, 'masked'],
		[15, 10, 'benchmark']
	] as const)('a channel, n = %i with %i of its own: %s', (n, own, shown) => expect(disclose(CHANNEL, CELL, values(to(n), own)).shown).toBe(shown));

	test('an enterprise and the public, from ten on; the public reads n to the nearest five', () => {
		for (const who of [ENTERPRISE, PUBLIC]) expect([9, 10].map((n) => disclose(who, CELL, values(to(n))).shown)).toEqual(['masked', 'benchmark']);
		expect(disclose(ENTERPRISE, CELL, values(to(13)))).toMatchObject({ n: 13 });
		expect(disclose(PUBLIC, CELL, values(to(13)))).toMatchObject({ n: 15 });
	});

	test('nothing but n and three quartiles leaves, three digits each', () => {
		const found = disclose(ENTERPRISE, CELL, values(to(13)));
		expect(found).toEqual({ shown: 'benchmark', n: 13, lower: '444', median: '778', upper: '1110', mayOrderBy: false });
	});

	test.each([
		['0.0524', '0.05'],
		['0.0525', '0.055'],
		['0.0499', '0.05'],
		['0.6', '0.6'],
		['0.6026', '0.605'],
		['1', '1']
	])('a share of %s is shown as %s: half a point', (value, shown) => expect(decimalText(coarse(decimal(value), 'rate'))).toBe(shown));

	test('whoever sees the enterprises whole sees no benchmark but their figures, and dots under five', () => {
		const own = { ...CELL, of: 'own', narrowedBy: ['channel'], stated: 'open' } as const;
		expect(disclose(CHANNEL, own, values(to(4), 4))).toMatchObject({ shown: 'whole', distribution: { kind: 'dots' }, mayOrderBy: true });
		expect(disclose(CHANNEL, own, values(to(6), 6))).toMatchObject({ shown: 'whole', distribution: { kind: 'quartiles' } });
		expect(disclose(ENTERPRISE, own, values(['5']))).toMatchObject({ shown: 'whole' });
		expect(disclose(ENTERPRISE, own, values(['5', '6']))).toMatchObject({ shown: 'masked', why: 'not_yours' });
		expect(disclose(CHANNEL, own, values(to(6), 5))).toMatchObject({ shown: 'masked', why: 'not_yours' });
		expect(disclose(PUBLIC, own, [])).toMatchObject({ shown: 'masked' });
	});

	test('two firms of one channel are two; one firm twice is one', () => {
		const twice = values(to(12)).map((one, index) => ({ ...one, enterpriseId: `e${String(index % 6)}` }));
		expect(disclose(ENTERPRISE, CELL, twice)).toMatchObject({ shown: 'masked', why: 'few' });
	});

	test('every kind of office has its answer, and only the ministries see all', () => {
		const shown = ORGANISATION_KINDS.map((kind) => [kind, disclose(viewer(kind, { channelId: '320000', enterpriseId: 'e0' }), CELL, values(to(20))).shown]);
		expect(Object.fromEntries(shown)).toEqual({
			enterprise: 'benchmark',
			commerce: 'benchmark',
			industry: 'benchmark',
			group: 'benchmark',
			mofcom: 'whole',
			miit: 'whole',
			expert_pool: 'masked',
			administration: 'masked',
			audit: 'masked'
		});
	});

	test('a sort order tells what a figure tells', () => {
		for (const who of [MINISTRY, CHANNEL, ENTERPRISE, PUBLIC]) expect(disclose(who, CELL, values(to(20))).mayOrderBy).toBe(who === MINISTRY);
	});
});

describe('nobody can work out another’s value', () => {
	/** Everything that can be asked for beside one cell. */
	const ASKED: readonly AskedCell[] = (['as_closed', 'corrected_since', 'open'] as const).flatMap((stated) =>
		([[], ['cohort'], ['channel'], ['tier'], ['status']] as const).flatMap((narrowedBy) =>
			[null, day('2026-11-23')].flatMap((asOf) => ([null, 'manufacturing'] as const).map((category) => ({ ...CELL, stated, narrowedBy, asOf, category })))
		)
	);

	test('before and after one report, with and without one’s own channel, by category and without: only one of sixty cells answers at all', () => {
		for (const who of [CHANNEL, ENTERPRISE, PUBLIC]) {
			const answered = ASKED.filter((asked) => disclose(who, asked, values(to(40), 5)).shown !== 'masked');
			expect([ASKED.length, answered]).toEqual([60, [CELL]]);
		}
	});

	test('a report that comes, goes or is corrected while its year is open moves nothing that is shown', () => {
		const random = seeded(1);
		for (let round = 0; round < 100; round += 1) {
			const before = to(10 + random(20));
			const after = [...before.slice(1), String(random(100_000))];
			for (const stated of ['open', 'corrected_since'] as const)
				for (const who of [CHANNEL, ENTERPRISE, PUBLIC])
					expect(disclose(who, { ...CELL, stated }, values(before))).toEqual(disclose(who, { ...CELL, stated }, values(after)));
		}
	});

	test('no benchmark leaves one single set of figures possible for the others: by trying them all', () => {
		// Figures of a small world, 0 to 3, so that every set of five others can be tried against what the channel sees and knows.
		const sets: string[][] = [];
		const build = (set: string[], from: number): void => {
			if (set.length === 5) sets.push(set);
			else for (let value = from; value <= 3; value += 1) build([...set, String(value)], value);
		};
		build([], 0);
		const random = seeded(2);
		for (let round = 0; round < 12; round += 1) {
			const own = Array.from({ length: 5 + random(6) }, () => String(random(4)));
			const seen = sets.map((others) => ({ others, shown: JSON.stringify(disclose(CHANNEL, CELL, values([...own, ...others], own.length))) }));
			for (const { others, shown } of seen.filter((one) => one.shown.includes('benchmark'))) {
				const possible = seen.filter((one) => one.shown === shown).map((one) => one.others);
				expect(possible).toContain(others);
				// Known of a firm by name is only what all the others state alike, in every set that is possible.
				expect(possible.every((set) => new Set(set).size === 1)).toBe(false);
			}
		}
	});

	test('where all the others state the same, there is no benchmark', () => {
		const same = [...to(6), ...Array<string>(5).fill('100')];
		expect(disclose(CHANNEL, CELL, values(same, 6))).toMatchObject({ shown: 'masked', why: 'few_others' });
		expect(disclose(CHANNEL, CELL, values([...same, '101'], 6)).shown).toBe('benchmark');
	});

	test('what is masked says neither a figure nor how many', () => {
		expect(Object.keys(disclose(ENTERPRISE, CELL, values(to(9)))).toSorted()).toEqual(['mayOrderBy', 'shown', 'why']);
	});
});

describe('public statistics', () => {
	test.each([
		[0, null],
		[9, null],
		[10, 10],
		[12, 10],
		[13, 15],
		[1202, 1200]
	])('%i is published as %j', (n, shown) => expect(publicCount(n)).toBe(shown));

	test('one cell alone is never had by taking the rest from the total', () => {
		expect(
			publicTable([
				{ key: 'a', n: 40 },
				{ key: 'b', n: 3 }
			])
		).toMatchObject({ total: 45 });
		const table = publicTable([10, 10, 9].map((n, index) => ({ key: String(index), n })));
		expect(table.cells.filter(({ n }) => n === null).length).toBeGreaterThan(0);
	});

	test('each cell that is left out can still be one of five numbers: by trying all tables', () => {
		const random = seeded(4);
		for (let round = 0; round < 30; round += 1) {
			const counts = Array.from({ length: 2 + random(2) }, (_, index) => ({ key: String(index), n: random(24) }));
			const shown = publicTable(counts);
			expect(shown.cells.every(({ n }, index) => n === null || n === publicCount(counts[index]?.n ?? -1))).toBe(true);
			const limit = 40;
			const possible: number[][] = [];
			const build = (table: number[]): void => {
				if (table.length < counts.length) {
					for (let n = 0; n < limit; n += 1) {
						const told = shown.cells[table.length]?.n ?? null;
						if (told === null || publicCount(n) === told) build([...table, n]);
					}
				} else if (shown.total === null || publicCount(table.reduce((a, b) => a + b, 0)) === shown.total) possible.push(table);
			};
			build([]);
			shown.cells.forEach(({ n }, index) => {
				if (n === null) expect(new Set(possible.map((table) => table[index])).size).toBeGreaterThanOrEqual(5);
			});
		}
	});
});
