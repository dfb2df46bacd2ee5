/** Pictures that leave: nothing in them acts or styles or loads, whatever a name holds; and what they say stands inside them. */
import { describe, expect, test } from 'vitest';
import { isDrawing } from '#lib/domain/trend/frozen-document.ts';
import { seriesOf } from '#lib/domain/trend/trend-point.ts';
import { criteriaFile, dotsFile, inLines, multipleFile, tilesFile, type PictureWords } from '#lib/ui/charts/picture-file.ts';
import { drawMultiple } from '#lib/ui/charts/small-multiple.ts';
import { textWidth } from '#lib/ui/charts/text-width.ts';
import { drawTiles } from '#lib/ui/charts/tile-grid.ts';
import { frameOf, groupOf, metricCalled } from '../trend/trend-members.ts';

const HOSTILE = `"><script>alert(1)</script><svg onload='x' style="fill:red"> & 'var(--late)' url(javascript:1) \u0000]]>`;
const WORDS: PictureWords = { title: `标题 ${HOSTILE}`, lines: [`筛选 ${HOSTILE}`, '截至 2026年12月5日'] };
const wordings = {
	value: () => HOSTILE,
	count: (n: number) => String(n),
	finalRow: [HOSTILE, '审计'],
	forecastRow: ['预计'],
	limit: () => [HOSTILE, '下限'],
	break: ['口径变化'],
	end: () => [HOSTILE, '5.8%']
};

const series = seriesOf(
	['2023', '2024', '2025', '2026f'].flatMap((key, year) =>
		groupOf(
			['3000', '4000', '5000', '6000', '7000', '8000'].map((value) => `${value}.${year}`),
			key
		)
	),
	metricCalled('revenue'),
	[2023, 2024, 2025, 2026],
	frameOf()
);
const FILES: Readonly<Record<string, string>> = {
	multiple: multipleFile(drawMultiple(series, 720, wordings), WORDS),
	dots: dotsFile(
		{
			width: 720,
			height: 170,
			radius: 3.5,
			left: 10,
			right: 700,
			top: 20,
			bottom: 150,
			ticks: [10, 300],
			limitX: 200,
			texts: [{ kind: 'limit', text: HOSTILE, x: 200, y: 12, anchor: 'middle' }],
			sides: [{ side: 'below', path: 'M10 10h0', href: `/x"${HOSTILE}`, title: HOSTILE }],
			single: [{ id: '1', x: 50, y: 50, href: HOSTILE, title: HOSTILE, below: true }]
		},
		WORDS
	),
	tiles: tilesFile(
		drawTiles(
			[
				{
					id: HOSTILE,
					at: { column: 1, row: 1 },
					names: [HOSTILE],
					tile: { channelId: HOSTILE, empty: false, part: 1, whole: 2, step: 6, missing: 1, behind: true }
				},
				{ id: 'x', at: null, names: ['集团'], tile: null }
			],
			720,
			{ value: () => [HOSTILE], missing: () => [HOSTILE] }
		),
		WORDS
	),
	criteria: criteriaFile(
		{ years: [2025, 2026], rows: [{ label: HOSTILE, cells: [{ year: 2025, met: 3, unmet: 1, unknown: 0, of: 4 }] }], legend: [HOSTILE, '未达标', '未知'] },
		WORDS
	)
};

describe.each(Object.entries(FILES))('%s', (_, svg) => {
	/** Everything between tags is text; what remains are the tags themselves. */
	const tags = svg.match(/<[^>]*>/g) ?? [];

	test('holds elements of drawing alone, and none of their attributes acts, styles or loads', () => {
		const names = new Set(tags.map((tag) => /^<\/?([a-zA-Z]+)/.exec(tag)?.[1] ?? tag));
		expect([...names].filter((name) => !['svg', 'g', 'rect', 'path', 'circle', 'text'].includes(name))).toEqual([]);
		const attributes = tags.flatMap((tag) => [...tag.matchAll(/\s([a-zA-Z-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => ({ name, value })));
		expect(attributes.filter(({ name }) => /^on|^style$|href|^class$|^id$/i.test(name))).toEqual([]);
		expect(attributes.filter(({ name, value }) => name !== 'aria-label' && /var\(|url\(|javascript/.test(value))).toEqual([]);
		expect(svg).not.toMatch(/<script|<style|\u0000/i);
		for (const { name, value } of attributes) if (['fill', 'stroke'].includes(name)) expect(value).toMatch(/^(none|#[0-9a-f]{6})$/);
	});

	test('says its sentence, filters and day inside, all text within its width', () => {
		const text = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, said = '']) => said).join(' ');
		for (const said of ['标题', '筛选', '2026年12月5日']) expect(text).toContain(said);
		expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
	});
});

test('of ordinary words a picture may be kept in a frozen view', () => {
	const plain = multipleFile(drawMultiple(series, 720, { ...wordings, value: String, finalRow: ['审计 n'], limit: () => ['下限'], end: () => ['5.8%'] }), {
		title: '信息化投入占比中位数 5.5%',
		lines: ['筛选条件：无']
	});
	expect(isDrawing(plain)).toBe(true);
});

test('a long sentence is broken into lines that fit, and none of it is lost', () => {
	const sentence = '制造业类信息化投入占比中位数 5.8%（实际），14 家低于五（二）4 的 5%，and one word of English after another until the line is full'.repeat(
		3
	);
	const lines = inLines(sentence, 300);
	expect(lines.length).toBeGreaterThan(3);
	expect(lines.join('').replaceAll(' ', '')).toBe(sentence.replaceAll(' ', ''));
	for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(300);
});
