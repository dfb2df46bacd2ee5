/** A page's scripts speak its own language only (vite.languages.ts). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));
const CLIENT = join(CHECKOUT, 'build', 'client', '_app', 'immutable');
const FOLDERS = ['entry', 'nodes', 'chunks'];
const LANGUAGES = { 'zh-CN': CLIENT, en: join(CLIENT, 'en') } as const;

const scriptsOf = (tree: string) =>
	FOLDERS.flatMap((folder) =>
		readdirSync(join(tree, folder))
			.filter((name) => name.endsWith('.js'))
			.map((name) => join(folder, name))
	).sort();
const textOf = (tree: string) =>
	scriptsOf(tree)
		.map((name) => readFileSync(join(tree, name), 'utf8'))
		.join('\n');

/** Names that are data (heads of a list recognised in either language, the notice itself) and the page of last resort stand in every tree. */
const DATA = [...readdirSync(join(CHECKOUT, 'src/lib/domain'), { recursive: true, withFileTypes: true })]
	.filter((entry) => entry.isFile())
	.map((entry) => join(entry.parentPath, entry.name))
	.concat(join(CHECKOUT, 'src/error.html'))
	.map((file) => readFileSync(file, 'utf8'))
	.join('\n');

/** Every word without inputs, in both languages; short ones may stand in a script for other reasons. */
function wordPairs(): readonly { readonly zh: string; readonly en: string }[] {
	const folder = (language: string) => join(CHECKOUT, 'messages', language);
	return readdirSync(folder('en')).flatMap((file) => {
		const [zh, en] = ['zh-CN', 'en'].map((language) => JSON.parse(readFileSync(join(folder(language), file), 'utf8')) as Record<string, unknown>);
		return Object.entries(en ?? {}).flatMap(([key, english]) => {
			const chinese = zh?.[key];
			const plain = (text: unknown): text is string => typeof text === 'string' && !/[{`$\\]/.test(text);
			return plain(english) &&
				plain(chinese) &&
				english.length >= 16 &&
				chinese.length >= 6 &&
				chinese !== english &&
				!DATA.includes(english) &&
				!DATA.includes(chinese)
				? [{ zh: chinese, en: english }]
				: [];
		});
	});
}

describe.runIf(existsSync(join(CHECKOUT, 'build', 'handler.js')))('scripts by language', () => {
	test('each tree holds the same files, and nothing asks for a language any more', () => {
		expect(scriptsOf(LANGUAGES.en)).toEqual(scriptsOf(LANGUAGES['zh-CN']));
		for (const tree of Object.values(LANGUAGES)) expect(textOf(tree)).not.toContain('__SITE_LANGUAGE__');
	});

	test('no word stands in the other language, and every word of one tree has its counterpart in the other', () => {
		const [chinese, english] = [textOf(LANGUAGES['zh-CN']), textOf(LANGUAGES.en)];
		const pairs = wordPairs();
		// As a whole word of its own: a short one may be part of a longer one.
		const stands = (text: string, word: string) => ['`', '"', "'"].some((quote) => text.includes(`${quote}${word}${quote}`));
		const used = pairs.filter(({ zh }) => stands(chinese, zh));
		expect(used.length).toBeGreaterThan(500);
		expect(pairs.filter(({ en }) => chinese.includes(en)).map(({ en }) => en)).toEqual([]);
		expect(pairs.filter(({ zh }) => english.includes(zh)).map(({ zh }) => zh)).toEqual([]);
		// Two words may be one in Chinese.
		const counterparts = (word: string) => pairs.filter(({ zh }) => zh === word).some(({ en }) => stands(english, en));
		expect(used.filter(({ zh }) => !counterparts(zh)).map(({ en }) => en)).toEqual([]);
	});
});
