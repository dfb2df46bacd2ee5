/** One formatter writes every figure: what it promises for any figure, and that nobody writes one beside it. */
import { afterEach, describe, expect, test } from 'vitest';
import { compare, decimalText, parseDecimal, round, shift, subtract, absolute } from '#lib/domain/decimal.ts';
import { FORM_VERSIONS } from '#lib/domain/form/annual-report-form.ts';
import { readNumber } from '#lib/domain/form/number-reading.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { counted } from '#lib/words/counted.ts';
import { figureText, tableFigure } from '#lib/words/figure-text.ts';
import { kindOf, unitOf, valueText } from '#lib/words/form-words.ts';
import { formatExact, formatFigure, formatPoints, formatRate, missing, roundedFrom, type FigureKind, type FigurePlace } from '#lib/words/format.ts';
import { SOURCE } from '../../support/source-tree.ts';

const speak = (locale: 'zh-CN' | 'en') => overwriteGetLocale(() => locale);
afterEach(() => speak('zh-CN'));
speak('zh-CN');

const KINDS: readonly FigureKind[] = ['money', 'count', 'rate', 'points', 'mean'];
const PLACES: readonly FigurePlace[] = ['table', 'form', 'sentence', 'tile'];

/** The same figures in every run. */
function chance(seed: number) {
	let state = seed;
	return (below: number): number => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

/** Decimal text of up to fourteen whole digits and eight places, now and then negative, whole or nought. */
function someFigure(random: (below: number) => number): string {
	const digits = (most: number) => Array.from({ length: random(most + 1) }, () => String(random(10))).join('');
	const whole = digits(14).replace(/^0+/, '') || '0';
	const fraction = random(3) === 0 ? '' : digits(8);
	return `${random(4) === 0 && /[1-9]/.test(whole + fraction) ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

const read = (text: string) => {
	const value = parseDecimal(text);
	if (!value) throw new Error(`unreadable: ${text}`);
	return value;
};
/** What a reader takes from the text: the figure in the unit it was given in. */
const readBack = (text: string, kind: FigureKind) => shift(read(text.replaceAll(',', '').replace('−', '-')), kind === 'rate' || kind === 'points' ? -2 : 0);
const placesIn = (text: string) => text.split('.')[1]?.length ?? 0;

test('a count in a sentence is grouped like any figure, and a nought is not said', () => {
	expect(
		counted([
			[98_000, ({ count }) => `应报 ${count}`],
			[0, ({ count }) => `逾期 ${count}`]
		])
	).toEqual(['应报 98,000']);
});

describe('any figure', () => {
	const random = chance(20261130);
	const figures = Array.from({ length: 800 }, () => someFigure(random));
	test.each(KINDS.flatMap((kind) => PLACES.map((place) => [kind, place] as const)))(
		'%s in a %s: grouped, real minus, the places of its unit',
		(kind, place) => {
			for (const value of figures) {
				const text = formatFigure(value, kind, { place });
				expect(text, value).toMatch(/^−?\d{1,3}(,\d{3})*(\.\d+)?$/);
				// Half of the last place at most lies between what is said and what is.
				const off = absolute(subtract(readBack(text, kind), read(value)));
				const step = shift(read('5'), -1 - placesIn(text) - (kind === 'rate' || kind === 'points' ? 2 : 0));
				expect(compare(off, step) <= 0, `${value} reads ${text}`).toBe(true);
				// Where nothing was rounded nothing more is offered; where something was, all of it.
				const exact = roundedFrom(value, kind, { place });
				expect(exact === undefined, `${value} reads ${text}`).toBe(compare(readBack(text, kind), read(value)) === 0);
				if (exact !== undefined) expect(decimalText(readBack(exact, kind))).toBe(decimalText(read(value)));
			}
		}
	);
	test('the places of a unit: 万元 none in a table and two in a form, a rate one, a count whole wherever it is', () => {
		for (const value of figures) {
			expect(placesIn(formatFigure(value, 'money'))).toBe(0);
			expect(placesIn(formatFigure(value, 'money', { place: 'form' }))).toBe(2);
			for (const place of PLACES) expect(placesIn(formatFigure(value, 'rate', { place }))).toBe(place === 'tile' ? 0 : 1);
			expect(placesIn(formatFigure(value, 'count'))).toBe(0);
		}
		expect(PLACES.map((place) => formatFigure('98000.00', 'money', { place }))).toEqual(['98,000', '98,000.00', '98,000', '98,000']);
		expect(PLACES.map((place) => formatFigure('8222.75', 'count', { place }))).toEqual(['8,223', '8,222.75', '8,222.75', '8,223']);
		// Not all of them is never all of them.
		expect([formatRate('0.9996', { limit: '1' }), formatRate('0.999', { place: 'tile', limit: '1' }), formatRate('1', { place: 'tile', limit: '1' })]).toEqual([
			'99.96%',
			'99.9%',
			'100%'
		]);
		expect(tableFigure('employees', '8222.75')).toEqual({ text: '8,223', exact: '8,222.75' });
	});
	test.each(KINDS.flatMap((kind) => PLACES.map((place) => [kind, place] as const)))('%s in a %s stands on its side of any limit', (kind, place) => {
		for (const [index, value] of figures.entries()) {
			const limit = figures[(index * 7 + 1) % figures.length] ?? '0';
			// Random figures lie far apart: half of the limits are set beside the figure.
			const near = index % 2 === 0 ? limit : decimalText(subtract(read(value), shift(read(String(random(5) - 2)), -random(8))));
			for (const edge of [limit, near, decimalText(round(read(value), 1))]) {
				const text = formatFigure(value, kind, { place, limit: edge });
				expect(compare(readBack(text, kind), read(edge)) >= 0, `${value} beside ${edge} reads ${text}`).toBe(compare(read(value), read(edge)) >= 0);
			}
		}
	});
	test('those of one row have the same places, and each stands on its side', () => {
		const along = ['0.0499', '0.05', '0.049999', null, '0.123'];
		expect(along.map((value) => tableFigure('informatisation_share', value, { limit: '0.05', along }).text)).toEqual([
			'4.9900',
			'5.0000',
			'4.9999',
			missing,
			'12.3000'
		]);
		for (let at = 0; at + 5 < figures.length; at += 5) {
			const row = figures.slice(at, at + 5);
			const places = new Set(row.map((value) => placesIn(formatFigure(value, 'money', { limit: row[0] ?? null, along: row }))));
			expect(places.size).toBe(1);
		}
	});
	test('a figure of the form is read again as what it is', () => {
		for (const value of figures) {
			const stated = decimalText(round(read(value), 2));
			expect(readNumber(formatFigure(stated, 'money', { place: 'form' }), 'money', { negative: true })).toEqual({ ok: true, value: stated });
			const whole = decimalText(round(read(value), 0));
			if (!whole.startsWith('-')) expect(readNumber(formatFigure(whole, 'count', { place: 'form' }), 'count')).toEqual({ ok: true, value: whole });
		}
	});
	test('a difference is nothing only where it is nothing, and a limit has its digits and no more', () => {
		for (const value of figures) expect(/[1-9]/.test(formatPoints(value)), value).toBe(/[1-9]/.test(value));
		expect([formatExact('0.05', 'rate'), formatExact('50000', 'money'), formatExact('0.2004', 'rate')]).toEqual(['5', '50,000', '20.04']);
	});
	test('a missing or unreadable one is —, in every place', () => {
		for (const kind of KINDS)
			for (const place of PLACES)
				for (const value of [null, undefined, '', 'abc', '1,2', Number.NaN]) expect(formatFigure(value, kind, { place })).toBe(missing);
	});
});

test('kind and unit of a field are those of its form, in every version', () => {
	for (const form of FORM_VERSIONS) {
		for (const field of form.fields) if (field.kind === 'money' || field.kind === 'count') expect(kindOf(field.id), field.id).toBe(field.kind);
		for (const formula of form.derived) expect(kindOf(formula.id), formula.id).toBe(formula.kind === 'share' || formula.kind === 'growth' ? 'rate' : 'count');
	}
});

test.each(['zh-CN', 'en'] as const)('in %s the same digits, the unit in the head or after the figure', (locale) => {
	speak(locale);
	expect([figureText('revenue', '1267114.8'), figureText('revenue', '714063.25')]).toEqual(['1,267,114.80', '714,063.25']);
	expect([tableFigure('revenue', '1267114.8'), tableFigure('revenue', '98000.00')]).toEqual([
		{ text: '1,267,115', exact: '1,267,114.8' },
		{ text: '98,000', exact: undefined }
	]);
	expect(valueText('revenue', '98000.00')).toBe(locale === 'en' ? '98,000 × CNY 10,000' : '98,000 万元');
	expect(valueText('employees', '8222')).toBe(locale === 'en' ? '8,222 people' : '8,222 人');
	expect(unitOf('informatisation_share')).toBe('%');
	expect([valueText('revenue', null), figureText('revenue', null), tableFigure('revenue', null).text]).toEqual([missing, missing, missing]);
});

/** By hand: a figure with its own idea of places and separators. Days are no figures. */
const BY_HAND = /\.toFixed\(|\.toPrecision\(|\.toLocaleString\(|Intl\.NumberFormat|\.toExponential\(/;

test('nobody else writes a figure', () => {
	const found = [...SOURCE].flatMap(([file, text]) =>
		file === 'src/lib/words/format.ts' || file.startsWith('db/')
			? []
			: text.split('\n').flatMap((line, at) => (BY_HAND.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : []))
	);
	expect(found).toEqual([]);
	expect(BY_HAND.test(SOURCE.get('src/lib/words/format.ts') ?? '')).toBe(true);
});
