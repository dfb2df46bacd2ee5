import { describe, expect, test } from 'vitest';
import { compareAnswers } from '#lib/domain/form/compare-answers.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import { answersOf, formOf } from './filing-examples.ts';

const form = formOf('manufacturing');
const file = (slotId: string, name: string, sha256: string): AttachmentFact => ({ slotId, name, sha256, sizeBytes: 1 });
const between = (before: Record<string, string>, after: Record<string, string>) =>
	compareAnswers(form, { answers: before, attachments: [] }, { answers: after, attachments: [] });

describe('comparing two contents', () => {
	test('a content does not differ from itself', () => {
		const content = { answers: answersOf('manufacturing'), attachments: [file('sealed_page', 'a.pdf', 'a')] };
		expect(compareAnswers(form, content, content)).toEqual([]);
	});

	test.each([
		['1.50', '1.5'],
		['1,234.50', '１２３４．５'],
		['0100', '100'],
		['', '  ']
	])('amounts %j and %j are equal', (before, after) => {
		expect(between({ 'revenue@final': before }, { 'revenue@final': after })).toEqual([]);
	});

	test.each([
		['1.5', '1.51', 'changed', '1.5', '1.51', '0.01', '0.006667'],
		['100', '50', 'changed', '100', '50', '-50', '-0.5'],
		['99999999999999.98', '99999999999999.99', 'changed', '99999999999999.98', '99999999999999.99', '0.01', '0'],
		['0', '5', 'changed', '0', '5', '5', null],
		['', '5', 'added', null, '5', null, null],
		['5', '', 'removed', '5', null, null, null],
		['', '0', 'added', null, '0', null, null]
	] as const)('amounts %j → %j: %s', (was, is, kind, before, after, delta, deltaRate) => {
		expect(between({ 'revenue@final': was }, { 'revenue@final': is })).toEqual([
			{ key: 'revenue@final', fieldId: 'revenue', about: 'number', kind, before, after, beforeName: null, afterName: null, delta, deltaRate }
		]);
	});

	test('1.501 differs from 1.5 although the box would refuse it', () => {
		expect(between({ 'revenue@final': '1.5' }, { 'revenue@final': '1.501' })).toMatchObject([
			{ about: 'text', kind: 'changed', before: '1.5', after: '1.501' }
		]);
	});

	test('text by code point: one comma is a change, a line end is not', () => {
		expect(between({ transformation_plan: '一,二' }, { transformation_plan: '一，二' })).toMatchObject([{ about: 'text', kind: 'changed' }]);
		expect(between({ transformation_plan: '一\r\n二' }, { transformation_plan: '一\n二' })).toEqual([]);
		expect(between({ transformation_plan: '\u00e9' }, { transformation_plan: 'e\u0301' })).toHaveLength(1);
	});

	test('in the order of the form; keys the form does not know come last and are not lost', () => {
		const found = between({}, { zzz_old: 'x', 'explain:half_moved/revenue:text': 'y', 'profit@final': '1', address: 'a', 'employees@forecast': '2' });
		expect(found.map((entry) => entry.key)).toEqual(['address', 'employees@forecast', 'profit@final', 'explain:half_moved/revenue:text', 'zzz_old']);
		expect(found.every((entry) => entry.kind === 'added')).toBe(true);
	});

	test('attachments by hash', () => {
		const found = compareAnswers(
			form,
			{ answers: {}, attachments: [file('sealed_page', 'seal.pdf', 'a'), file('evidence_5_1', 'one.pdf', 'b'), file('evidence_5_2_4', 'old name.pdf', 'c')] },
			{
				answers: {},
				attachments: [file('sealed_page', 'seal.pdf', 'z'), file('audited_statements', 'audit.pdf', 'd'), file('evidence_5_2_4', 'new name.pdf', 'c')]
			}
		);
		expect(found.map((entry) => [entry.key, entry.kind, entry.before, entry.after, entry.beforeName, entry.afterName])).toEqual([
			['attachment:audited_statements', 'added', null, 'd', null, 'audit.pdf'],
			['attachment:evidence_5_1', 'removed', 'b', null, 'one.pdf', null],
			['attachment:sealed_page', 'changed', 'a', 'z', 'seal.pdf', 'seal.pdf']
		]);
	});

	test('a second copy of the same file is an addition', () => {
		const one = file('evidence_5_1', 'a.pdf', 'a');
		expect(compareAnswers(form, { answers: {}, attachments: [one] }, { answers: {}, attachments: [one, one] })).toMatchObject([{ kind: 'added' }]);
	});
});
