/** The lint for marks between words, shown on what it must find and on what it must let be. */
import { Linter } from 'eslint';
import svelteParser from 'svelte-eslint-parser';
import { expect, test } from 'vitest';
import { fullWidthMarks } from '../../support/full-width-rule.ts';
import { halfWidthMark } from '../../support/half-width.ts';

const rules = { plugins: { words: { rules: { 'full-width-marks': fullWidthMarks } } }, rules: { 'words/full-width-marks': 'error' } } as const;

function found(code: string, file: string): (string | null | undefined)[] {
	const svelte = file.endsWith('.svelte');
	const config = { files: ['**/*.js', '**/*.svelte'], ...(svelte && { languageOptions: { parser: svelteParser } }), ...rules };
	return new Linter().verify(code, [config as never], { filename: file }).map(({ messageId, message }) => messageId ?? message);
}
const inCode = (code: string) => found(code, 'src/lib/words/example.js');
const inMarkup = (markup: string) => found(markup, 'src/routes/example/+page.svelte');

test.each([
	['a colon after a word', 'const a = `${m.name()}: ${text}`;', 'joined'],
	['a colon with no space', 'const a = `${reasonWord[code]()}:${text}`;', 'joined'],
	['brackets about a word', 'const a = `${name} (${basisWord[basis]()})`;', 'joined'],
	['a comma in a sum', "const a = m.name() + ', ' + text;", 'joined'],
	['a list joined by a comma', "const a = words.map((word) => m.of({ word })).join(', ');", 'joined'],
	['Chinese with a half-width mark', "const a = '审核意见:同意';", 'chinese'],
	['Chinese in half-width brackets', 'const a = `报告(第${no}版)`;', 'chinese']
])('in code it finds %s', (_, code, kind) => {
	expect(inCode(code)).toContain(kind);
});

test.each([
	['a key', 'const a = `attachment:${slot.id}`;'],
	['an address', 'const a = `${list}&figure=${m.figure()}`;'],
	['a query', 'const a = `/enterprises?q=${text}`;'],
	['SQL', 'const a = sql`select (${name}, ${text})`;'],
	['the recognition of other spellings', 'const a = /^(合计|总计)[:(]/;'],
	['full-width marks', 'const a = `${m.name()}：${text}`;'],
	['a word from the right place', 'const a = labelled(m.name(), text);']
])('in code it lets %s be', (_, code) => {
	expect(inCode(code)).toEqual([]);
});

test.each([
	['a colon between two elements', '<p>{m.name()}: <b>{text}</b></p>', ['markup']],
	['brackets about a figure', '<p>{m.name()} ({count})</p>', ['markup', 'markup']],
	['a comma', '<span>{first}, </span><span>{second}</span>', ['markup']],
	['a label in Chinese', '<p title="状态(当前)">{text}</p>', ['chinese']]
])('in markup it finds %s', (_, markup, kinds) => {
	expect(inMarkup(markup)).toEqual(kinds);
});

test.each([
	['a key of the keyboard', '<kbd>?</kbd>'],
	['a time', '<p>{hour} · {minute}</p>'],
	['code', '<code>npm run audit:verify</code>'],
	['styles', '<style>p::before { content: ","; }</style>']
])('in markup it lets %s be', (_, markup) => {
	expect(inMarkup(markup)).toEqual([]);
});

test.each(['已阅,同意', '状态: 已提交', '（注)', '如何?', '完毕.', '审核意见(第1版）', '“甲”;“乙”', '报告 (共3份)'])('%s has a half-width mark', (text) => {
	expect(halfWidthMark(text)).not.toBeNull();
});

test.each([
	'截至 14:32 的数',
	'共 1,234 万元',
	'李某 li.na@example.com',
	'见 https://example.com/a?b=1,2',
	'名单.xlsx',
	'3.5 个百分点',
	'SHA-256: 0f',
	'旧版（.xls）'
])('%s has none', (text) => {
	expect(halfWidthMark(text)).toBeNull();
});
