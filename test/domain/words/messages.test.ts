/** Both languages say the same things, each once, each somewhere. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';

const locales = ['zh-CN', 'en'] as const;
type Locale = (typeof locales)[number];

const settings = JSON.parse(readFileSync('project.inlang/settings.json', 'utf8')) as {
	locales: string[];
	'plugin.inlang.messageFormat': { pathPattern: string[] };
};
const patterns = settings['plugin.inlang.messageFormat'].pathPattern;
const rooms = patterns.map((pattern) => basename(pattern, '.json'));

/** The keys of a room as written, so that a key written twice in one file is seen too. */
function keysAsWritten(locale: Locale, room: string): string[] {
	return [...readFileSync(`messages/${locale}/${room}.json`, 'utf8').matchAll(/^\t"([^"]+)"\s*:/gm)]
		.map((found) => found[1] ?? '')
		.filter((key) => key !== '$schema');
}

/** A message with forms for one and for many; all others are one text. */
type Message = string | readonly [{ readonly declarations: readonly string[]; readonly selectors: readonly string[]; readonly match: Record<string, string> }];
const forms = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message[0].match));

function rawMessages(locale: Locale, room: string): [string, Message][] {
	const read = JSON.parse(readFileSync(`messages/${locale}/${room}.json`, 'utf8')) as Record<string, Message>;
	return Object.entries(read).filter(([key]) => key !== '$schema');
}

/** The messages of a room; the form for many where there are several. */
function messagesOf(locale: Locale, room: string): Map<string, string> {
	return new Map(rawMessages(locale, room).map(([key, message]) => [key, forms(message).at(-1) ?? '']));
}

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').toSorted();

/** A figure and a word in the plural after it, of things that may be one. */
const FIGURES = 'count days years reports letters channels enterprises seconds entries actual left owed late'.split(' ');
const PLURALS = [
	'days reports enterprises years letters mails e-mails items comments remarks rows cells files warnings notes flags explanations channels seconds',
	'entries dates codes boxes attachments differences requests people characters'
].flatMap((line) => line.split(' '));
const COUNTED = new RegExp(`\\{(?:${FIGURES.join('|')})\\} (?:[a-z]+ )?(?:${PLURALS.join('|')})\\b`);
/** Where the figure is never one, with the reason. */
const ALWAYS_MANY = new Map([
	['letter_too_many', 'said when more match than a letter can name'],
	['cohort_rows_more', 'said when there are more rows than are shown'],
	['progress_remind_offer', 'offered beside a list of several'],
	['progress_remind_offered', 'follows that offer'],
	['ui_count_used', 'the characters are the limit’s']
]);

/** Whether a Chinese text holds a half-width mark; what is laid into it counts as Chinese. */
function hasHalfWidthMark(text: string): boolean {
	const plain = text.replace(/npm run [\w:]+|https?:\/\/\S+|[\w.+-]+@[\w.-]+|(?<=\d)[:,](?=\d)/g, '').replace(/\{\w+\}/g, '某');
	return /\p{Script=Han}/u.test(plain) && (/[,;:()]/.test(plain) || /\p{Script=Han}\s?[!?.](?!\w)/u.test(plain));
}

test('every room has its file in both languages, and every file is a room', () => {
	expect(settings.locales.toSorted()).toEqual(locales.toSorted());
	expect(rooms.length).toBeGreaterThan(10);
	for (const locale of locales) {
		expect(
			globSync(`messages/${locale}/*.json`)
				.map((file) => basename(file, '.json'))
				.toSorted()
		).toEqual(rooms.toSorted());
	}
});

describe.each(rooms)('the messages of %s', (room) => {
	const chinese = messagesOf('zh-CN', room);
	const english = messagesOf('en', room);

	test('have the same keys in both languages', () => {
		expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted());
	});

	test('have the same placeholders in both languages', () => {
		const differing = [...chinese].filter(([key, text]) => placeholders(text).join() !== placeholders(english.get(key) ?? '').join()).map(([key]) => key);
		expect(differing).toEqual([]);
	});

	test('are one text in Chinese, which has no plural; in English every form is there and holds what the others hold', () => {
		expect(rawMessages('zh-CN', room).filter(([, message]) => typeof message !== 'string')).toEqual([]);
		const wanting = rawMessages('en', room).filter(([, message]) => {
			if (typeof message === 'string') return false;
			const [{ declarations, selectors, match }] = message;
			const said = new Set(Object.values(match).flatMap(placeholders));
			const inputs = declarations.filter((one) => one.startsWith('input ')).map((one) => one.slice(6));
			const cases = Object.keys(match);
			return (
				cases.length !== 2 ** selectors.length ||
				cases.at(-1) !== selectors.map((one) => `${one}=*`).join(', ') ||
				inputs.toSorted().join() !== [...said].toSorted().join() ||
				selectors.some((one) => !declarations.includes(`local ${one} = ${one.replace(/Plural$/, '')}: plural`))
			);
		});
		expect(wanting.map(([key]) => key)).toEqual([]);
	});

	test('in English say no “1 days”: a figure before a word in the plural has both forms', () => {
		const fixed = rawMessages('en', room).filter(([key, message]) => typeof message === 'string' && COUNTED.test(message) && !ALWAYS_MANY.has(key));
		expect(fixed.map(([key, message]) => `${key}: ${String(message)}`)).toEqual([]);
	});

	test('carry their room as prefix, in snake case', () => {
		expect([...chinese.keys()].filter((key) => !new RegExp(`^${room}_[a-z0-9]+(_[a-z0-9]+)*$`).test(key))).toEqual([]);
	});

	test('are never empty, and English ones are not left in Chinese', () => {
		expect(
			[...rawMessages('zh-CN', room), ...rawMessages('en', room)].filter(([, message]) => forms(message).some((text) => text.trim() === '')).map(([key]) => key)
		).toEqual([]);
		// The name of a language is written in that language.
		const ownName = new Set(['shell_language_zh']);
		const untranslated = (text: string) => /\p{Script=Han}/u.test(text) && !/[A-Za-z]{2}/.test(text.replace(/\{\w+\}/g, ''));
		expect([...english].filter(([key, text]) => untranslated(text) && !ownName.has(key)).map(([key]) => key)).toEqual([]);
	});

	test('say in Chinese a year and an hour in one form: 2026年度, 11月30日24:00', () => {
		const parted = /\{(?:year|cohort|back|last|report)\} 年|\d{4} 年|\{(?:day|date|due|on|until)\} \d?\d:/;
		expect([...chinese].flatMap(([key, text]) => (parted.test(text) ? [`${key}: ${text}`] : []))).toEqual([]);
	});

	test('are in Chinese set with full-width marks (GB/T 15834), half-width only inside figures, times and addresses', () => {
		expect([...chinese].flatMap(([key, text]) => (hasHalfWidthMark(text) ? [`${key}: ${text}`] : []))).toEqual([]);
	});
});

test('a half-width mark beside Chinese is seen, one inside a figure is not', () => {
	for (const text of ['已阅,同意', '（注)', '{name}: 已收', '{count},{other}', '截止(北京时间）', '如何?', '完毕.'])
		expect(`${text} ${hasHalfWidthMark(text)}`).toBe(`${text} true`);
	for (const text of ['已阅，同意', '24:00 前', '1,234 万元', '见 https://example.com/a?b=1', 'Ctrl + K', '名单.xlsx', '第{count}版：{name}（{day}）'])
		expect(`${text} ${hasHalfWidthMark(text)}`).toBe(`${text} false`);
});

test('no key stands twice, in one room or in two', () => {
	for (const locale of locales) {
		const all = rooms.flatMap((room) => keysAsWritten(locale, room));
		expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
	}
});

test('every key is used in src, jobs or db, and every key used exists', () => {
	const sources = globSync('{src,jobs,db}/**/*.{ts,svelte}').filter((file) => !file.startsWith('src/lib/paraglide'));
	const used = new Set(
		sources.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bm(?:\.|\[['"])([a-z][a-z0-9_]*)/g)].map((found) => found[1] ?? ''))
	);
	const known = rooms.flatMap((room) => [...messagesOf('zh-CN', room).keys()]);
	expect(known.filter((key) => !used.has(key))).toEqual([]);
	const roomOf = (key: string) => rooms.find((room) => key.startsWith(`${room}_`));
	expect([...used].filter((key) => roomOf(key) !== undefined && !known.includes(key))).toEqual([]);
});
