/** One name for one thing: the glossary's table of names is held by every message, in both languages. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';

const GLOSSARY = readFileSync('docs/glossary.md', 'utf8');

/** The cells of the first table after a text that stands once in the glossary. */
function tableAfter(text: string): string[][] {
	const [, after = ''] = GLOSSARY.split(text);
	const lines = after.split('\n');
	const from = lines.findIndex((line) => line.startsWith('|'));
	const rest = lines.slice(from);
	const end = rest.findIndex((line) => !line.startsWith('|'));
	return rest.slice(2, end < 0 ? undefined : end).map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim())
	);
}

const NAMES = tableAfter('## One name each').map(([say = '', not = '', english = '', never = '']) => ({
	'zh-CN': { say, not: not.split('、') },
	en: { say: english, not: never.split(',').map((one) => one.trim()) }
}));
const EXCEPTIONS = tableAfter('with the reason.').flatMap(([messages = '', word = '', why = '']) =>
	messages.split(',').map((message) => ({ key: message.trim(), word, why }))
);
const SPOKEN = /looks for them: ([^\n]+)。?\.\n/.exec(GLOSSARY)?.[1]?.split('、') ?? [];

type Locale = 'zh-CN' | 'en';
const texts = (locale: Locale): [string, string][] =>
	globSync(`messages/${locale}/*.json`).flatMap((file) =>
		Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string | [{ match: Record<string, string> }]>)
			.filter(([key]) => key !== '$schema')
			.flatMap(([key, said]) =>
				(typeof said === 'string' ? [said] : Object.values(said[0].match)).map((text): [string, string] => [key, text.replaceAll(/\{\w+\}/g, '{}')])
			)
	);
/** English words as whole words, whatever their first letter's size. */
const says = (locale: Locale, text: string, word: string): boolean =>
	locale === 'zh-CN' ? text.includes(word) : new RegExp(`(?<![\\w-])${word.replaceAll('.', '\\.')}(?![\\w-])`, 'i').test(text);
const excepted = (key: string, word: string): boolean => EXCEPTIONS.some((one) => one.key === key && one.word === word);

test('the table is read whole', () => {
	expect(NAMES.length).toBeGreaterThan(40);
	expect(EXCEPTIONS.length).toBeGreaterThan(2);
	expect(SPOKEN.length).toBeGreaterThan(10);
	expect(EXCEPTIONS.filter(({ why }) => why.length < 10)).toEqual([]);
	expect(globSync('messages/zh-CN/*.json').map((file) => basename(file)).length).toBeGreaterThan(20);
});

describe.each(['zh-CN', 'en'] as const)('%s', (locale) => {
	const all = texts(locale);

	test('no message calls a thing by a name that the glossary leaves out', () => {
		const found = NAMES.flatMap((name) =>
			name[locale].not.flatMap((word) =>
				all.filter(([key, text]) => says(locale, text, word) && !excepted(key, word)).map(([key]) => `${key}: ${word}, say ${name[locale].say}`)
			)
		);
		expect(found).toEqual([]);
	});

	test('nothing is left out that is also said', () => {
		const said = new Set(NAMES.map((name) => name[locale].say.toLowerCase()));
		expect(NAMES.flatMap((name) => name[locale].not).filter((word) => word === '' || said.has(word.toLowerCase()))).toEqual([]);
	});

	test('no exception is older than what it excepts', () => {
		const words = new Set(NAMES.flatMap((name) => name[locale].not));
		const stale = EXCEPTIONS.filter(({ word }) => words.has(word)).filter(
			({ key, word }) => !all.some(([one, text]) => one === key && says(locale, text, word))
		);
		expect(stale).toEqual([]);
	});
});

test('Chinese is that of an official letter: no spoken words', () => {
	const found = texts('zh-CN').flatMap(([key, text]) => SPOKEN.filter((word) => text.includes(word)).map((word) => `${key}: ${word} (${text})`));
	expect(found).toEqual([]);
});

test('English tells figures in sentences, not as a label with a figure after it', () => {
	const telegraphic = /(?<!\} )\b(?:days|mails|reports|channels|lines|rows)(?: (?:left|waiting|quiet|idle|past|before|after|overdue))?: \{\}/i;
	expect(
		texts('en')
			.filter(([, text]) => telegraphic.test(text))
			.map(([key, text]) => `${key}: ${text}`)
	).toEqual([]);
});
