import { describe, expect, test } from 'vitest';
import { drawDots, type DotDrawing, type DotInput } from '#lib/ui/charts/dot-distribution.ts';
import { DRAWN_WIDTHS } from '#lib/ui/charts/small-multiple.ts';
import { boxOf } from '#lib/ui/charts/text-width.ts';
import { seeded } from '../trend/second-statistics.ts';

const WORDS = { value: (value: string) => value.replace(/\B(?=(\d{3})+$)/g, ','), limit: ['第五条（二）6 下限 50,000 万元', '下限 50,000', '下限'] };
const input = (values: readonly string[], changes: Partial<DotInput> = {}): DotInput => ({
	values: values.map((value, index) => ({ id: `d${String(index).padStart(4, '0')}`, value, reaches: Number(value) >= 50000 })),
	threshold: '50000',
	scale: 'linear',
	...changes
});

function faultsOf({ width, height, plot, dots, texts, radius }: DotDrawing): readonly string[] {
	const faults: string[] = [];
	texts.forEach((text, index) => {
		const box = boxOf(text);
		if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) faults.push(`outside: ${text.text}`);
		for (const other of texts.slice(index + 1).map(boxOf))
			if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) faults.push(`over: ${text.text}`);
	});
	for (const { id, x, y } of dots)
		if (!(x >= plot.left - 0.01 && x <= plot.right + 0.01 && y - radius >= plot.top - 0.01 && y + radius <= plot.bottom + 0.01))
			faults.push(`dot outside: ${id} ${x} ${y}`);
	return faults;
}

describe('one dot for each enterprise', () => {
	test.each<[string, DotInput]>([
		['nobody', input([])],
		['one', input(['60000'])],
		['all equal', input(Array<string>(40).fill('50000'))],
		['losses', input(['-4000', '-1', '0', '9000'], { threshold: null })],
		['a giant', input(['10', '20', '30', '99999999999'])],
		['by tens', input(['10.5', '2000', '30000', '99999999999'], { scale: 'log' })],
		['shares', input(['0.048', '0.05', '0.9'], { threshold: '0.05' })],
		['shares by tens', input(['0.0004', '0.05', '0.9'], { threshold: '0.05', scale: 'log' })]
	])('%s: nothing outside, nothing over anything', (_, given) => {
		for (const width of DRAWN_WIDTHS) expect(faultsOf(drawDots(given, width, WORDS))).toEqual([]);
	});

	test('whatever the figures are, up to 1,500 of them', () => {
		const random = seeded(15);
		for (let round = 0; round < 15; round += 1) {
			const size = 10 ** (1 + random(9));
			const values = Array.from({ length: 1 + random(round === 0 ? 1500 : 200) }, () => `${random(6) === 0 ? '-' : ''}${String(random(size))}`);
			for (const width of DRAWN_WIDTHS)
				for (const scale of ['linear', 'log'] as const) {
					const drawing = drawDots(input(values, { scale }), width, WORDS);
					expect(faultsOf(drawing)).toEqual([]);
					const xs = drawing.dots.map(({ x }) => x);
					expect(xs).toEqual([...xs].sort((a, b) => a - b));
					expect(drawing.dots).toHaveLength(values.length);
				}
		}
	});

	test('the same figures are the same picture, in whatever order they come', () => {
		const values = input(['3', '1', '2', '2']).values;
		const draw = (order: DotInput['values']) => drawDots({ values: order, threshold: null, scale: 'linear' }, 340, WORDS);
		expect(draw([...values].reverse())).toEqual(draw(values));
	});

	test('piled, not shaken about: two of one value stand on each other', () => {
		const [first, second] = drawDots(input(['2', '2'], { threshold: null }), 340, WORDS).dots;
		expect([second?.x, (first?.y ?? 0) - (second?.y ?? 0)]).toEqual([first?.x, 7]);
	});

	test('a dot stands on its own side of the threshold', () => {
		const { dots, limitX } = drawDots(input(['49000', '50000', '51000']), 720, WORDS);
		expect(dots.map(({ x, reaches }) => [x >= (limitX ?? 0), reaches])).toEqual([
			[false, false],
			[true, true],
			[true, true]
		]);
	});

	test('by tens only where every figure is above zero', () => {
		expect(drawDots(input(['1', '100'], { scale: 'log' }), 340, WORDS).scale).toBe('log');
		expect(drawDots(input(['0', '100'], { scale: 'log' }), 340, WORDS).scale).toBe('linear');
	});

	test('the threshold is named in the longest form there is room for', () => {
		const named = (width: (typeof DRAWN_WIDTHS)[number]) => drawDots(input(['1']), width, WORDS).texts.find(({ kind }) => kind === 'limit')?.text;
		expect([named(720), named(340)]).toEqual([WORDS.limit[0], WORDS.limit[0]]);
	});
});
