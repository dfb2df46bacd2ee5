import { describe, expect, test } from 'vitest';
import { asked } from '#lib/forms/asked.ts';
import {
	NO_TIME,
	countKey,
	instantKey,
	pageOf,
	pageOfAll,
	pairKey,
	pairText,
	placeAsked,
	placeText,
	readId,
	seekOf,
	textKey,
	turnAsked,
	turnTexts,
	type Page,
	type Place,
	type Turn
} from '#lib/server/reads/page.ts';

/** Numbers below `n`, the same in every run. */
function chance(seed: number): (n: number) => number {
	let state = seed;
	return (n) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * n);
	};
}

const compare = (a: Place, b: Place): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : Number(a.id) - Number(b.id));
const place = ({ key, id }: Place): Place => ({ key, id });
const BEGIN: Turn = { after: null, before: null };

/** What a statement with this order and seek finds, one row more than a page shows. */
function found(rows: readonly Place[], turn: Turn, descending: boolean, size: number): Place[] {
	const { from, down } = seekOf(turn, descending);
	const way = down ? -1 : 1;
	return rows
		.filter((row) => from === null || compare(row, from) * way > 0)
		.sort((a, b) => compare(a, b) * way)
		.slice(0, size + 1);
}

/** Turns pages to the end and back to the beginning; every page as it was shown, and the address in between. */
function walk(read: (turn: Turn) => Page<Place>): { readonly there: Place[][]; readonly back: Place[][] } {
	const again = (at: Place | null) => (at === null ? null : placeAsked(asked(new URLSearchParams({ after: placeText(at) })), 'after'));
	const there: Place[][] = [];
	let page = read(BEGIN);
	for (there.push([...page.rows]); page.next !== null; there.push([...page.rows])) page = read({ after: again(page.next), before: null });
	const back: Place[][] = [[...page.rows]];
	for (; page.previous !== null; back.push([...page.rows])) page = read({ after: null, before: again(page.previous) });
	return { there, back };
}

describe('every row is shown once, there and back, whatever the keys', () => {
	test.each(Array.from({ length: 60 }, (_, seed) => [seed]))('seed %i', (seed) => {
		const random = chance(seed);
		const size = 1 + random(5);
		const rows = Array.from({ length: random(40) }, (_, index): Place => ({
			key: ['', '甲', '甲~乙', 'b', 'B'][random(1 + random(5))] ?? '',
			id: String(index + 1)
		}));
		for (const descending of [false, true]) {
			const inOrder = [...rows].sort((a, b) => compare(a, b) * (descending ? -1 : 1));
			const reads: readonly ((turn: Turn) => Page<Place>)[] = [
				(turn) => pageOf(found(rows, turn, descending, size), turn, place, size),
				(turn) => pageOfAll(inOrder, turn, (a, b) => compare(a, b) * (descending ? -1 : 1), place, size)
			];
			for (const read of reads) {
				const { there, back } = walk(read);
				expect(there.flat()).toEqual(inOrder);
				expect(back.toReversed().flat()).toEqual(inOrder);
				expect(there.every((page) => page.length <= size)).toBe(true);
				expect(read(BEGIN).previous).toBeNull();
			}
		}
	});
});

test('a row that has left the list shifts no page', () => {
	const rows = ['1', '2', '3', '4', '5', '6'].map((id): Place => ({ key: 'same', id }));
	const first = pageOf(found(rows, BEGIN, false, 2), BEGIN, place, 2);
	const left = rows.filter(({ id }) => id !== '2');
	const turn = { after: first.next, before: null };
	expect(pageOf(found(left, turn, false, 2), turn, place, 2).rows.map(({ id }) => id)).toEqual(['3', '4']);
	expect(pageOfAll(left, turn, compare, place, 2).rows.map(({ id }) => id)).toEqual(['3', '4']);
});

test('a list in memory whose last page was dealt with shows what is left at that end, with the way back', () => {
	const rows = ['1', '2', '3', '4', '5'].map((id): Place => ({ key: '', id }));
	const left = rows.slice(0, 3);
	const shown = pageOfAll(left, { after: { key: '', id: '4' }, before: null }, compare, place, 2);
	expect([shown.rows.map(({ id }) => id), shown.next, shown.previous?.id]).toEqual([['2', '3'], null, '2']);
	const start = pageOfAll(rows.slice(2), { after: null, before: { key: '', id: '3' } }, compare, place, 2);
	expect([start.rows.map(({ id }) => id), start.next?.id, start.previous]).toEqual([['3', '4'], '4', null]);
	expect(pageOfAll([], { after: { key: '', id: '4' }, before: null }, compare, place, 2)).toEqual({ rows: [], next: null, previous: null });
});

test('a page there is nothing on leads nowhere', () => {
	for (const turn of [BEGIN, { after: { key: 'x', id: '1' }, before: null }, { after: null, before: { key: 'x', id: '1' } }])
		expect(pageOf([], turn, place)).toEqual({ rows: [], next: null, previous: null });
});

describe('what an address says of a place', () => {
	const turnOf = (query: Record<string, string>, keyOf = textKey as Parameters<typeof turnAsked>[1]) => {
		const of = asked(new URLSearchParams(query));
		return { ...turnAsked(of, keyOf), ignored: of.ignored() };
	};

	test('is read as it was written, and going back counts before going on', () => {
		const at = { key: '示例~企业 & 子公司', id: '12' };
		expect(turnOf({ after: placeText(at) })).toEqual({ after: at, before: null, ignored: [] });
		expect(turnOf({ after: '1~a', before: '2~b' })).toEqual({ after: null, before: { key: 'b', id: '2' }, ignored: [] });
		expect(turnTexts({ next: at, previous: null })).toEqual({ next: '12~示例~企业 & 子公司', previous: null });
	});

	test.each(['x', '1', '0~a', '-1~a', '1234567890123456789~a', '1~\u0000', `1~${'a'.repeat(301)}`, "1'~a", '~'])('%j is left out and named', (text) => {
		expect(turnOf({ after: text })).toEqual({ after: null, before: null, ignored: ['after'] });
	});

	test('a key that the order does not have is left out and named', () => {
		expect(turnOf({ before: '1~x' }, countKey)).toEqual({ after: null, before: null, ignored: ['before'] });
		expect(turnOf({ after: '1~2026-13-01 00:00:00+00' }, instantKey).ignored).toEqual(['after']);
		expect(turnOf({ after: '1~submitted' }, pairKey).ignored).toEqual(['after']);
		expect(turnOf({ after: '1~2026-11-01 00:00:00.123456+00' }, instantKey).after).toEqual({ id: '1', key: '2026-11-01 00:00:00.123456+00' });
	});

	test('keys are what the order compares by', () => {
		expect([countKey('-12'), countKey('1e3'), countKey('1234567'), countKey('')]).toEqual([-12, null, null, null]);
		expect(pairKey(pairText('submitted', '甲~乙'))).toEqual(['submitted', '甲~乙']);
		expect([instantKey(NO_TIME), instantKey('9999-99-99 99:99:99+00'), instantKey('infinity')]).toEqual([NO_TIME, null, null]);
		expect([readId('12'), readId('0'), readId('1 '), readId(''), readId(null)]).toEqual(['12', null, null, null, null]);
	});
});
