/** What an address says of a list: filters without empty pairs, and what is kept of it under a name. */
import { describe, expect, test } from 'vitest';
import { asked } from '#lib/forms/asked.ts';
import { viewQuery, withoutEmpty } from '#lib/forms/list-address.ts';
import { SaveViewForm } from '#lib/forms/saved-view.ts';
import { keptPairs, withoutValue, withQuery } from '#lib/ui/kit/table/address.ts';

const at = (search: string) => new URL(`https://house.invalid/ministry/reports${search}`);

describe('pairs that say nothing', () => {
	test.each([
		['', null],
		['?year=2026', null],
		['?q=a%20b&status=draft,submitted', null],
		['?q=', ''],
		['?q', ''],
		['?q=&year=2026&late=', '?year=2026'],
		['?status=&status=draft', '?status=draft'],
		['?q==', null],
		['?unknown=1&empty=&sort=-name', '?unknown=1&sort=-name'],
		['?/receive&year=2026', '?year=2026']
	])('%s → %s', (search, clean) => {
		expect(withoutEmpty(search)).toBe(clean);
		// Once is enough: a page that was sent on is not sent on again.
		if (clean !== null) expect(withoutEmpty(clean)).toBeNull();
	});
});

describe('links within a list', () => {
	const url = at('?year=2026&status=draft&status=submitted&q=a&after=9~x&said=view_saved&more=1&done=sent&cols=name');
	test('a filter or an order drops the place in the list and what an act said; the rest stays', () => {
		expect(withQuery(url, { sort: '-name', q: null })).toBe('/ministry/reports?year=2026&status=draft&status=submitted&cols=name&sort=-name');
		expect(withQuery(url, { status: ['received', ''] })).toBe('/ministry/reports?year=2026&q=a&cols=name&status=received');
		expect(withoutValue(url, 'status', 'draft')).toBe('/ministry/reports?year=2026&q=a&cols=name&status=submitted');
		expect(withQuery(at('?q=a'), { q: '' })).toBe('/ministry/reports');
	});
	test('a page turn keeps what it is a page of', () => expect(withQuery(url, { after: '10~y' })).toContain('&after=10%7Ey'));
	test('a form carries along what it does not ask itself', () => expect(keptPairs(url, ['year', 'status', 'q'])).toEqual([{ name: 'cols', value: 'name' }]));
});

describe('what is kept under a name', () => {
	test('filters, order and columns, in one order however they came; no place in the list, nothing empty', () => {
		expect(viewQuery('?year=2026&after=9~x&q=&sort=-name&late=ent&said=x&more=1')).toBe('?late=ent&sort=-name&year=2026');
		expect(viewQuery('?sort=-name&late=ent&year=2026')).toBe(viewQuery('?year=2026&late=ent&sort=-name'));
		expect(viewQuery('?page=3&/receive')).toBe('');
		expect(viewQuery('?status=draft&status=submitted')).toBe('?status=draft&status=submitted');
	});
	test('a form names one of our lists and gives a name; anything else is not taken', () => {
		const good = { page: '/ministry/reports', query: '?year=2026&q=', name: ' 逾期\u202e企业 ', shared: '1' };
		expect(SaveViewForm.parse(good)).toEqual({ page: '/ministry/reports', query: '?year=2026', name: '逾期企业', shared: '1' });
		for (const bad of [
			{ page: 'https://elsewhere.invalid/' },
			{ page: '//elsewhere.invalid/ministry/reports' },
			{ page: '/ministry/home' },
			{ name: ' \u200b' },
			{ name: '长'.repeat(41) },
			{ query: `?q=${'a'.repeat(2_000)}` },
			{ shared: 'yes' }
		])
			expect(SaveViewForm.safeParse({ ...good, ...bad }).success, JSON.stringify(bad)).toBe(false);
	});
});

test('what a page says of itself is no filter that went unheard', () => {
	const of = asked(at('?said=view_saved&more=1&year=2026&colour=red').searchParams);
	of.year('year');
	expect(of.ignored()).toEqual(['colour']);
});
