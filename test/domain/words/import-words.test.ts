import { expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { takenText } from '#lib/words/import-words.ts';

test('a cell that was noted says what it is taken as by name, never by our code', () => {
	const channels = { '320000': '江苏' };
	expect(takenText({ column: 'channel', taken: '320000' }, channels)).toBe('江苏');
	expect(takenText({ column: 'category', taken: 'manufacturing' }, channels)).toBe(m.ui_category_manufacturing());
	expect(takenText({ column: 'cohortYear', taken: '2025' }, channels)).toBe('2025');
	// What the list itself says, and what an address could call a property of every table, stand as they are.
	expect(takenText({ column: 'channel', taken: '江苏省' }, channels)).toBe('江苏省');
	expect(takenText({ column: 'channel', taken: 'constructor' }, channels)).toBe('constructor');
});
