/** The mark that says for whom a page was made: nobody else can make one, and it says the same after signing in again. */
import { describe, expect, test } from 'vitest';
import { pageMarkText, pageObject, pageRefusal, readPageMark, type PageMark } from '#lib/server/page-mark.ts';

const SECRET = 'a secret of thirty-two characters.';
const MARK: PageMark = { personId: 'person|~ 1/张', orgId: '12', object: '/enterprise/reports/2026' };

test('says whom it was made for, whatever stands in the names', () => {
	expect(readPageMark(pageMarkText(MARK, SECRET), SECRET)).toEqual(MARK);
	expect(readPageMark(pageMarkText({ ...MARK, orgId: '', object: '' }, SECRET), SECRET)).toEqual({ ...MARK, orgId: '', object: '' });
	expect(pageMarkText(MARK, SECRET)).toMatch(/^[\x21-\x7e]+$/);
});

describe('is nothing', () => {
	const good = pageMarkText(MARK, SECRET);
	const forged = [
		null,
		'',
		'|',
		'||||',
		good.slice(0, -1),
		`${good}x`,
		good.replace('|12|', '|13|'),
		good.replace('person', 'nosrep'),
		pageMarkText(MARK, `${SECRET}!`),
		good.slice(0, good.lastIndexOf('|') + 1),
		'x'.repeat(5_000)
	];
	test.each(forged.map((text) => [text]))('%s', (text) => expect(readPageMark(text, SECRET)).toBeNull());
});

test('what stands in one part never reads as another', () => {
	const marks = [
		{ personId: 'a', orgId: 'b|c', object: '' },
		{ personId: 'a|b', orgId: 'c', object: '' },
		{ personId: 'a', orgId: 'b', object: 'c' }
	];
	expect(new Set(marks.map((mark) => pageMarkText(mark, SECRET))).size).toBe(marks.length);
});

test('the object of an address is its path as far as the first part that differs from thing to thing', () => {
	expect(pageObject('/enterprise/reports/[year]/[section]', '/enterprise/reports/2026/economics')).toBe('/enterprise/reports/2026');
	expect(pageObject('/enterprise/reports/[year]', '/enterprise/reports/2026-manufacturing')).toBe('/enterprise/reports/2026-manufacturing');
	expect(pageObject('/ministry/reports/[id]', '/ministry/reports/7')).toBe('/ministry/reports/7');
	expect(pageObject('/cal/[token].ics', '/cal/abc.ics')).toBe('/cal/abc.ics');
	expect(pageObject('/(public)/enterprises', '/enterprises')).toBe('');
	expect(pageObject('/channel/forward', '/channel/forward')).toBe('');
	expect(pageObject(null, '/nowhere')).toBe('');
});

test('another person is said before another office, and its own page is taken', () => {
	expect(pageRefusal({ personId: 'p', orgId: '1' })).toBeNull();
	expect(pageRefusal({ personId: 'p', orgId: '1', page: { personId: 'p', orgId: '1', object: '/x' } })).toBeNull();
	expect(pageRefusal({ personId: 'p', orgId: '1', page: { personId: 'q', orgId: '2', object: '' } })).toEqual({ code: 'other_page', madeFor: 'person' });
	expect(pageRefusal({ personId: 'p', orgId: '1', page: { personId: 'p', orgId: '2', object: '' } })).toEqual({ code: 'other_page', madeFor: 'office' });
});
