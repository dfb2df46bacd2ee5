/** Frozen views (非方案规定): what may be kept of a page, under which code, and how far it still holds. */
import { describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import {
	checkFrozen,
	CODE_LENGTH,
	CODE_LETTERS,
	codeFrom,
	FROZEN_BOUNDS,
	frozenCode,
	isDrawing,
	type FrozenDocument
} from '#lib/domain/trend/frozen-document.ts';
import { FROZEN_STATUSES, frozenStatuses, type FrozenNow } from '#lib/domain/trend/frozen-view.ts';
import { NO_FILTER } from '#lib/domain/trend/trend-filter.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>示例</title><path d="M0 0L10 10" stroke="#1d4f91" /></svg>';
const DOCUMENT: FrozenDocument = {
	layout: 1,
	title: '制造业类信息化投入占比中位数 5.8%（实际）',
	address: '/ministry/cohort?year=2026&class=mfg',
	filters: [{ label: '类别', text: '制造业类' }],
	asOf: day('2026-12-05'),
	parts: [
		{
			heading: '按年度',
			notes: [],
			pictures: [{ svg: SVG, alt: '按年度', width: 340, height: 120 }],
			table: {
				columns: [
					{ text: '年度', number: true },
					{ text: '中位数', number: true }
				],
				rows: [['2025', '5.8%']]
			}
		}
	],
	reportYears: [2025, 2026],
	filter: NO_FILTER
};
const [PART] = DOCUMENT.parts;

describe('a document', () => {
	test('whole and within bounds is kept', () => expect(checkFrozen(DOCUMENT)).toEqual({ ok: true }));
	test.each([
		['no sentence', { title: ' ' }, 'title'],
		['too long a sentence', { title: '长'.repeat(FROZEN_BOUNDS.title + 1) }, 'title'],
		['a page of somebody else', { address: '/channel/home' }, 'address'],
		['a page elsewhere', { address: '//ministry/x' }, 'address'],
		['nothing on it', { parts: [] }, 'parts'],
		['no statements behind it', { reportYears: [] }, 'years'],
		['a row of another length', { parts: [{ ...PART, table: { columns: [{ text: 'a', number: false }], rows: [['1', '2']] } }] }, 'table'],
		['a picture that acts', { parts: [{ ...PART, pictures: [{ svg: '<svg onload="x()"></svg>', alt: '', width: 1, height: 1 }] }] }, 'pictures']
	] as const)('%s is refused', (_, change, field) => {
		const answer = checkFrozen({ ...DOCUMENT, ...(change as Partial<FrozenDocument>) });
		expect(answer.ok ? null : answer.refusal).toMatchObject({ code: 'invalid_input', fields: { [field]: expect.any(String) as unknown } });
	});
});

describe('a picture', () => {
	test('is one drawing', () => expect(isDrawing(SVG)).toBe(true));
	test.each([
		['script', '<script>alert(1)</script>'],
		['style block', '<style>*{}</style>'],
		['style attribute', '<path style="fill:red" />'],
		['handler', '<path onclick="x()" />'],
		['handler on a new line', '<path\nonclick = "x()" />'],
		['link', '<a href="/x"><path /></a>'],
		['link of old', '<a xlink:href="javascript:x"><path /></a>'],
		['what is loaded', '<image href="http://example.invalid/a.png" />'],
		['what is loaded by a fill', '<path fill="url(http://example.invalid/#a)" />'],
		['html inside', '<foreignObject></foreignObject>'],
		['a second file', `${SVG}`],
		['an entity', '<!ENTITY a "b">'],
		['what moves', '<animate attributeName="x" />']
	])('never holds %s', (_, inside) => {
		expect(isDrawing(SVG.replace('</svg>', `${inside}</svg>`))).toBe(false);
	});
	test.each(['', 'x', SVG.slice(1), `${SVG}<p>`, SVG.replace(' xmlns="http://www.w3.org/2000/svg"', '')])('%j is none', (text) =>
		expect(isDrawing(text)).toBe(false)
	);
});

describe('a code', () => {
	test('is read back, and nothing else is one', () => {
		const code = codeFrom(Array.from({ length: 16 }, (_, index) => index * 7));
		expect(code).toMatch(/^[a-z2-9]{8}$/);
		expect(frozenCode(code ?? '')).toBe(code);
		for (const text of ['', 'short', 'ABCDEFGH', 'abcdefg0', 'abcdefgl', 'abcdefgi', 'abcdefgo', 'abcdefgh2']) expect(frozenCode(text), text).toBeNull();
	});
	test('favours no letter, and is not made of too few bytes', () => {
		expect(codeFrom([255, 254, 253, 252, 251, 250, 249, 248, 1, 2, 3])).toBeNull();
		const counts = new Map<string, number>();
		for (let byte = 0; byte < 256; byte += 1) {
			const letter = codeFrom([byte, ...Array<number>(CODE_LENGTH - 1).fill(0)])?.[0];
			if (letter !== undefined) counts.set(letter, (counts.get(letter) ?? 0) + 1);
		}
		expect(counts.size).toBe(CODE_LETTERS.length);
		expect(new Set(counts.values()).size).toBe(1);
	});
});

describe('how far it still holds', () => {
	const at = (on: string) => new Date(`${on}T10:00:00+08:00`);
	const frozen = { rules: ['2026-1', 'q'], statements: 10, latestForwardedAt: at('2026-11-29') };
	const now: FrozenNow = { ...frozen, latestCorrectedAt: null };
	test.each([
		['nothing happened', {}, ['current']],
		['one more report', { statements: 11, latestForwardedAt: at('2026-12-06') }, ['newer_reports']],
		['one corrected', { latestForwardedAt: at('2026-12-06'), latestCorrectedAt: at('2026-12-06') }, ['corrected_since']],
		['corrected before it was frozen', { latestCorrectedAt: at('2026-12-01') }, ['current']],
		['another rule', { rules: ['2027-1', 'q'] }, ['rule_changed']],
		['a rule more', { rules: ['2026-1', 'q', 'x'] }, ['rule_changed']],
		['all at once', { rules: ['x'], statements: 12, latestCorrectedAt: at('2026-12-06') }, ['rule_changed', 'corrected_since', 'newer_reports']]
	] as const)('%s: %j', (_, change, statuses) => {
		expect(frozenStatuses(frozen, at('2026-12-05'), { ...now, ...(change as Partial<FrozenNow>) })).toEqual(statuses);
		expect(statuses.every((status) => FROZEN_STATUSES.includes(status))).toBe(true);
	});
});
