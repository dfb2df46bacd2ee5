/** Drawings as files that are kept for ever and shown as images: their own colours, nothing that acts, hostile names escaped. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isDrawing } from '#lib/domain/trend/frozen-document.ts';
import { seriesOf } from '#lib/domain/trend/trend-point.ts';
import { dotsFile, multipleFile, tilesFile } from '#lib/ui/charts/drawing-file.ts';
import { drawMultiple, type MultipleWords } from '#lib/ui/charts/small-multiple.ts';
import { drawTiles } from '#lib/ui/charts/tile-grid.ts';
import { frameOf, member, metricCalled } from '../trend/trend-members.ts';

const HOSTILE = '"><script>alert(1)</script><a href="javascript:x" style="color:red" onload = "x"> & </title>';
const words: MultipleWords = {
	value: (value) => value,
	count: String,
	finalRow: [HOSTILE, 'n'],
	forecastRow: ['n'],
	limit: () => ['<limit>'],
	break: ['break'],
	end: () => ['<end>']
};
const series = (count: number) =>
	seriesOf(
		Array.from({ length: count }, (_, n) => member(String(n), { 2024: { revenueWan: String(1_000 + n) }, 2025: { revenueWan: String(1_200 + n) } })),
		metricCalled('revenue'),
		[2023, 2024, 2025],
		frameOf({})
	);
const tile = { channelId: 'x', empty: false, part: 1, whole: 2, step: 5, missing: 1, behind: true };

const FILES: readonly [name: string, svg: string][] = [
	['a metric with quartiles', multipleFile(drawMultiple(series(12), 720, words), HOSTILE)],
	['a metric of three, as dots', multipleFile(drawMultiple(series(3), 340, words), HOSTILE)],
	['a metric of which nothing is known', multipleFile(drawMultiple(series(0), 340, words), HOSTILE)],
	[
		'tiles',
		tilesFile(
			drawTiles(
				[
					{ id: 'x', at: { column: 0, row: 0 }, names: [HOSTILE, '甲'], tile },
					{ id: 'y', at: { column: 1, row: 0 }, names: ['乙'], tile: null },
					{ id: 'z', at: null, names: [HOSTILE], tile: { ...tile, empty: true, step: null } }
				],
				720,
				{ value: () => ['50%'], missing: () => ['<1>'] }
			),
			HOSTILE
		)
	],
	[
		'dots',
		dotsFile(
			{
				width: 720,
				height: 170,
				radius: 3.5,
				left: 10,
				right: 710,
				top: 16,
				bottom: 150,
				ticks: [10, 360],
				limitX: 200,
				texts: [{ kind: 'limit', text: HOSTILE, x: 200, y: 12, anchor: 'middle' }],
				sides: [{ side: 'below', path: 'M1 1h0' }],
				single: [{ x: 5, y: 5, below: true }]
			},
			HOSTILE
		)
	]
];

describe.each(FILES)('%s', (_, svg) => {
	test('may be kept, and holds no markup of a name', () => {
		// The one text that looks like an attribute stands in the hostile name alone, escaped.
		const harmless = svg.replaceAll(/ (style|onload)\s*=|href=|javascript:/g, '');
		expect(isDrawing(harmless)).toBe(true);
		expect(svg).not.toMatch(/<(script|a|style|limit|end|1)\b/);
		expect(svg.match(/<title>/g)).toHaveLength(1);
		expect(svg).not.toMatch(/NaN|undefined|null/);
	});
	test('has its colours written in, all of them the house’s own', () => {
		const tokens = readFileSync('src/lib/ui/kit/css/tokens.css', 'utf8').toLowerCase();
		const colours = [...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/g)].map(([, colour = '']) => colour);
		expect(colours.length).toBeGreaterThan(0);
		expect(svg).not.toContain('var(');
		for (const colour of new Set(colours)) expect([colour, tokens.includes(colour) || colour === '#dbe4ef']).toEqual([colour, true]);
	});
});
