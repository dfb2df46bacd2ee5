/** What a close keeps of a cell is what `disclose` shows of it to every viewer there is, and no figure more. */
import { describe, expect, test } from 'vitest';
import { decimal, decimalText } from '#lib/domain/decimal.ts';
import { coarse, disclose, type CellValue, type Viewer } from '#lib/domain/trend/disclosure.ts';
import { keptBenchmark, shownBenchmark, type SeenValue } from '#lib/domain/trend/kept-benchmark.ts';
import { amount, seeded } from './second-statistics.ts';

const CELL = { category: 'manufacturing', metric: { unit: 'wan', categories: ['manufacturing'] }, basis: 'final' } as const;
const CHANNELS = ['320000', '440000', '110000'];
const department = (channelId: string): Viewer => ({ kind: 'industry', channelId, enterpriseId: null });
const enterprise = (enterpriseId: string): Viewer => ({ kind: 'enterprise', channelId: null, enterpriseId });

/** As `disclose` takes them: to a viewer, what its channel has ever seen is its own. */
const asSeenBy = ({ channelId }: Viewer, values: readonly SeenValue[]): CellValue[] =>
	values.map(({ enterpriseId, value, seenBy }) => ({
		enterpriseId,
		value,
		channelId: channelId !== null && seenBy.includes(channelId) ? channelId : 'another'
	}));

describe('kept by the close', () => {
	test('is what the figures themselves would show, to every channel and every enterprise, over random cells', () => {
		const random = seeded(31);
		const outcomes = new Map<string, number>();
		for (let round = 0; round < 120; round += 1) {
			const worn = random(3) === 0;
			const values: SeenValue[] = Array.from({ length: 8 + random(14) }, (_, index) => ({
				enterpriseId: `e${String(random(10) === 0 ? 0 : index)}`,
				value: worn ? (random(12) === 0 ? '7' : '5') : amount(random),
				seenBy: CHANNELS.filter((channel, place) => random(3) === 0 || place === index % 3 || channel === CHANNELS[random(3)])
			}));
			const kept = keptBenchmark(CELL, values);
			const viewers = [...CHANNELS, '650000'].map(department).concat([...values.map(({ enterpriseId }) => enterpriseId), 'elsewhere'].map(enterprise));
			for (const viewer of viewers) {
				const asked = { ...CELL, stated: 'as_closed', of: 'nation', narrowedBy: [], asOf: null } as const;
				const shown = shownBenchmark(viewer, kept);
				expect(shown).toEqual(disclose(viewer, asked, asSeenBy(viewer, values)));
				const outcome = shown.shown === 'masked' ? shown.why : 'shown';
				outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
			}
		}
		// Every outcome was met often enough to mean something.
		for (const outcome of ['shown', 'few', 'few_others']) expect(outcomes.get(outcome) ?? 0, outcome).toBeGreaterThan(30);
	}, 20_000);

	test('whoever alone states another figure is shown nothing, and everybody else is', () => {
		const values = Array.from({ length: 12 }, (_, index) => ({ enterpriseId: `e${String(index)}`, value: index === 0 ? '7' : '5', seenBy: ['320000'] }));
		const kept = keptBenchmark(CELL, values);
		expect(kept).toMatchObject({ n: 12, hiddenEnterprises: ['e0'], hiddenChannels: ['320000'] });
	});

	test('no text of it is a figure of anybody, however finely figures are stated', () => {
		const random = seeded(32);
		for (let round = 0; round < 100; round += 1) {
			const values = Array.from({ length: 10 + random(30) }, (_, index) => ({
				enterpriseId: `e${String(index)}`,
				value: `${String(10_000 + random(90_000))}.${String(10 + random(90))}`,
				seenBy: []
			}));
			const kept = keptBenchmark(CELL, values);
			if (kept.n === null) continue;
			for (const shown of [kept.lower, kept.median, kept.upper]) {
				expect(shown).toBe(decimalText(coarse(decimal(shown), 'wan')));
				expect(values.some(({ value }) => value === shown)).toBe(false);
			}
		}
	});
});
