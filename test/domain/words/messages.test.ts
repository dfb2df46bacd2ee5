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
	return [...readFileSync(`messages/${locale}/${room}.json`, 'utf8').matchAll(/^\s*"([^"]+)"\s*:/gm)]
		.map((found) => found[1] ?? '')
		.filter((key) => key !== '$schema');
}

function messagesOf(locale: Locale, room: string): Map<string, string> {
	const read = JSON.parse(readFileSync(`messages/${locale}/${room}.json`, 'utf8')) as Record<string, unknown>;
	return new Map(Object.entries(read).map(([key, text]) => [key, String(text)]));
}

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').toSorted();

/** Whether a Chinese text holds a half-width mark; what is laid into it counts as Chinese. */
function hasHalfWidthMark(text: string): boolean {
	const plain = text.replace(/https?:\/\/\S+|[\w.+-]+@[\w.-]+|(?<=\d)[:,](?=\d)/g, '').replace(/\{\w+\}/g, '某');
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

	test('carry their room as prefix, in snake case', () => {
		expect([...chinese.keys()].filter((key) => !new RegExp(`^${room}_[a-z0-9]+(_[a-z0-9]+)*$`).test(key))).toEqual([]);
	});

	test('are never empty, and English ones are not left in Chinese', () => {
		expect([...chinese, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
		// The name of a language is written in that language.
		const ownName = new Set(['shell_language_zh']);
		const untranslated = (text: string) => /\p{Script=Han}/u.test(text) && !/[A-Za-z]{2}/.test(text.replace(/\{\w+\}/g, ''));
		expect([...english].filter(([key, text]) => untranslated(text) && !ownName.has(key)).map(([key]) => key)).toEqual([]);
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
