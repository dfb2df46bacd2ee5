/** 附件2 业务开展情况二 is pasted as the other tables are: the block names its fields, and what it does not understand it refuses whole. */
import { expect, test } from 'vitest';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { pastedFields, type FieldRow } from '#lib/ui/filing/paste-fields.ts';
import { industryLabel } from '#lib/words/industry-words.ts';

overwriteGetLocale(() => 'zh-CN');

const rowsOf = (...chosen: string[]): FieldRow[] =>
	Array.from({ length: 3 }, (_, index) => ({
		choiceKey: `mfg_field_${index + 1}`,
		chosen: chosen[index] ?? '',
		figureKeys: [`mfg_field_${index + 1}_revenue@final`, `mfg_field_${index + 1}_revenue@forecast`]
	}));
const paste = (text: string, rows = rowsOf(), at = { row: 0, column: 0 }) => {
	const found = pastedFields(text, { rows, unit: '万元', years: [2026, 2027] }, at);
	return found.ok ? Object.fromEntries(found.placed.map(({ key, typed }) => [key, typed])) : found.problem;
};
const [machines, cars] = [industryLabel('c34'), industryLabel('c36')];

test('figures alone go from the focused box on', () => {
	expect(paste('14,000\t15000\n1000\t0', rowsOf('c34', 'c36'), { row: 1, column: 0 })).toEqual({
		'mfg_field_2_revenue@final': '14,000',
		'mfg_field_2_revenue@forecast': '15000',
		'mfg_field_3_revenue@final': '1000',
		'mfg_field_3_revenue@forecast': '0'
	});
});

test('a field goes to its own row wherever the block has it; one not chosen yet takes the next free row', () => {
	expect(paste(`${cars}\t1\t2\n${machines}\t3\t4`, rowsOf('c34'))).toEqual({
		mfg_field_2: 'c36',
		'mfg_field_1_revenue@final': '3',
		'mfg_field_1_revenue@forecast': '4',
		'mfg_field_2_revenue@final': '1',
		'mfg_field_2_revenue@forecast': '2'
	});
});

test('heads with years, codes and codes with names are understood', () => {
	expect(paste(`制造业领域\t2027年预计\t2026年实际\nC34 ${machines}\t4\t3\nc36\t2\t1`)).toEqual({
		mfg_field_1: 'c34',
		mfg_field_2: 'c36',
		'mfg_field_1_revenue@final': '3',
		'mfg_field_1_revenue@forecast': '4',
		'mfg_field_2_revenue@final': '1',
		'mfg_field_2_revenue@forecast': '2'
	});
});

test('more fields than rows, or a name that is none, refuse the whole block and say what they saw', () => {
	const four = ['c34', 'c36', 'c13', 'c14'].map((code) => `${industryLabel(code)}\t1\t2`).join('\n');
	expect(paste(four)).toContain(industryLabel('c14'));
	expect(paste(`${machines}\t1\t2\n软件服务\t3\t4`)).toContain('软件服务');
});
