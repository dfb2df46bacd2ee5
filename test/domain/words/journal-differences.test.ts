import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { journalDifferences, journalFieldText } from '#lib/words/journal-differences.ts';
import { formatDay } from '#lib/words/format.ts';
import { departmentWord, reportStateMark } from '#lib/words/standing-words.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The names in an object written out, not those inside of it: `{ state: x, ...rest, version }` → state, version. */
function namesIn(text: string): string[] {
	let depth = 0;
	let flat = '';
	for (const sign of text) {
		if ('{[('.includes(sign)) depth += 1;
		if (depth === 0) flat += sign;
		if ('}])'.includes(sign)) depth -= 1;
	}
	return flat.split(',').flatMap((part) => /^\s*(\w+)\s*(?::|$)/.exec(part)?.[1] ?? []);
}

function literalAt(text: string, from: number): string {
	let depth = 0;
	for (let at = from; at < text.length; at += 1) {
		if (text[at] === '{') depth += 1;
		if (text[at] === '}' && (depth -= 1) === 0) return text.slice(from + 1, at);
	}
	return '';
}

test('every note an act writes into the journal has a word', () => {
	const acts = join(ROOT, 'src/lib/server/acts');
	const names = readdirSync(acts, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.flatMap((file) => {
			const text = readFileSync(join(acts, file), 'utf8');
			return [...text.matchAll(/\b(?:before|after): (?:\w+ \? )?\{/g)].flatMap((found) => namesIn(literalAt(text, found.index + found[0].length - 1)));
		});
	expect(new Set(names).size).toBeGreaterThan(60);
	expect([...new Set(names)].filter((name) => journalFieldText(name) === name)).toEqual([]);
});

test('what changed is told in the words of the screens, and what both sides say alike is left out', () => {
	const before = JSON.stringify({ state: 'submitted', version: 2 });
	const after = JSON.stringify({ state: 'returned', version: 2, by: 'commerce', correctByOn: '2026-11-25', late: false, comments: 3 });
	expect(journalDifferences(before, after)).toEqual([
		{ field: m.records_note_state(), before: reportStateMark.submitted.word(), after: reportStateMark.returned.word() },
		{ field: m.records_note_by(), before: null, after: departmentWord.commerce() },
		{ field: m.records_note_correct_by_on(), before: null, after: formatDay('2026-11-25', false) },
		{ field: m.records_note_late(), before: null, after: m.records_value_no() },
		{ field: m.records_note_comments(), before: null, after: '3' }
	]);
});

test.each([
	['an instant', { lockedUntil: '2026-11-30T16:00:00.000Z' }, '2026-12-01 00:00:00'],
	['a list', { years: [2026, 2027] }, '2026、2027'],
	['nothing', { remark: null }, '—'],
	['notes within notes', { filter: { act: '', org: '7' } }, m.records_value_line({ field: m.records_note_org(), value: '7' })],
	['an explanation', { checkKey: 'half_moved/revenue' }, m.form_field_revenue()]
])('%s', (_, after, shown) => {
	const [side = ''] = journalDifferences(null, JSON.stringify(after)).map((one) => one.after);
	expect(side).toContain(shown);
	expect(side).not.toMatch(/[{}"[\]]/);
});

test('what no act of ours wrote is shown as it was written, whatever it is called', () => {
	expect(journalDifferences(null, '{"__proto__":1,"constructor":"x","odd name":{"deep":[1,{"er":2}]}}')).toHaveLength(3);
	expect(journalDifferences(null, null)).toEqual([]);
	expect(journalDifferences('"text"', '5')).toEqual([]);
});
