import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CHECK_LEVELS, checkKey, type CheckCode } from '#lib/domain/check/check.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { explanationKey, isPlaceKey } from '#lib/domain/form/answer-key.ts';
import { CATEGORIES } from '#lib/domain/parties.ts';
import * as channel from '#lib/forms/channel.ts';
import * as chase from '#lib/forms/chase.ts';
import * as ministry from '#lib/forms/ministry.ts';
import { m } from '#lib/paraglide/messages.js';
import { answerOf } from '#lib/ui/opinion/posted-form.ts';
import { places } from '#lib/words/answer-words.ts';
import { fieldWord } from '#lib/words/field-words.ts';
import { refusalText } from '#lib/words/refusal-words.ts';

const RETURN = { version: '1', reasonCode: 'other', correctByOn: '2026-11-25', remark: '' };
const admits = (answerKey: string) => channel.ReturnForm.safeParse({ ...RETURN, comments: [{ answerKey, remark: '请核对' }] }).success;

describe('a comment can be pinned wherever a screen offers it', () => {
	test.each(CATEGORIES)('%s: every box and slot of the form, and the explanation of every check on every field', (category) => {
		const form = formFor('2026-1', category);
		if (!form) throw new Error('no form');
		const offered = places('2026-1', category, 2026).map(({ value }) => value);
		const subjects = [...form.fields.map(({ id }) => id), ...form.derived.map(({ id }) => id)];
		const explained = (Object.keys(CHECK_LEVELS) as CheckCode[]).flatMap((code) => subjects.map((id) => explanationKey(checkKey(code, id), 'text')));
		expect(offered.length).toBeGreaterThan(30);
		expect(['', ...offered, ...explained].filter((key) => !admits(key))).toEqual([]);
		// The queries of a department go the same way.
		const queries = subjects.map((id) => ({ version: '1', checkKey: checkKey('half_moved', id), verdict: 'queried', remark: '为何' }));
		expect(queries.filter((query) => !channel.ExplanationForm.safeParse(query).success)).toEqual([]);
	});

	test.each(['explain:half_moved/revenue', 'explain:half_moved/revenue:texts', 'attachment:', 'attachment:A', 'revenue@later', '__proto__', "revenue' or 1=1"])(
		'%s is no place',
		(key) => {
			expect(isPlaceKey(key)).toBe(false);
			expect(admits(key)).toBe(false);
		}
	);
});

describe('a form that cannot be read says which field', () => {
	test('the third comment’s place, in the summary above the form', () => {
		const input = channel.ReturnForm.safeParse({
			...RETURN,
			comments: [
				{ answerKey: '', remark: '一' },
				{ answerKey: 'no such', remark: '二' }
			]
		});
		const problems = input.success ? {} : channel.problemsOf(input.error);
		expect(problems).toEqual({ 'comments.1.answerKey': 'invalid' });
		const answer = answerOf({ act: 'return', problems });
		expect(answer.errors).toEqual([
			{ field: 'return', text: m.channel_problem_of({ field: m.channel_comment_place({ no: 2 }), problem: m.channel_problem_invalid() }) }
		]);
	});

	test('a refusal of input names its fields instead of counting them', () => {
		const text = refusalText({ code: 'invalid_input', fields: { letterNo: 'missing', letterOn: 'missing' } });
		expect(text).toContain(m.channel_letter_no());
		expect(text).toContain(m.channel_letter_on());
		expect(refusalText({ code: 'invalid_input', fields: { 'revenue@final': 'unknown_field' } })).toContain(m.form_field_revenue());
	});

	/** What a page brings along and nobody types. */
	const OF_THE_PAGE = [
		'version',
		'rowVersion',
		'afterVersion',
		'checkKey',
		'enterpriseId',
		'reportId',
		'entryId',
		'importId',
		'row',
		'announcements',
		'hidden',
		'requestId',
		'place',
		'which',
		'formVersion',
		'policyVersion',
		'matching',
		'confirmed',
		'corrections'
	];
	test('every field of the offices’ forms has a word of its own, or is the page’s own', () => {
		const names = [channel, chase, ministry]
			.flatMap((module) => Object.values(module))
			.flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
		expect(names.length).toBeGreaterThan(30);
		const wordless = [...new Set(names)].filter((name) => fieldWord(name) === m.refusal_box_of_the_page());
		expect(wordless.filter((name) => !OF_THE_PAGE.includes(name))).toEqual([]);
	});
});
