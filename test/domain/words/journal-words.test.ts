import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { actWord, objectKindWord } from '#lib/words/journal-words.ts';
import { actWord as stepOfAct } from '#lib/words/act-words.ts';
import { stepWord } from '#lib/words/step-words.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

function sources(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(ts|sql)$/.test(entry.name))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const texts = ['src/lib/server', 'db'].flatMap(sources);
const named = (pattern: RegExp) => [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((found) => found[1] ?? '')))].sort();

test('the auditor reads every act and every kind of thing in words, not in codes', () => {
	const acts = [...new Set([...named(/\bact: '([a-z]+(?:-[a-z]+)+)'/g), ...named(/journal_write\('([a-z-]+)'/g), 'sign-in', 'confirm-password'])];
	const kinds = named(/objectKind: '([a-z_]+)'/g);
	expect(acts.length).toBeGreaterThan(40);
	expect(kinds.length).toBeGreaterThan(10);
	expect(acts.filter((act) => actWord(act) === act)).toEqual([]);
	expect(kinds.filter((kind) => objectKindWord(kind) === kind)).toEqual([]);
});

test('a report’s own history reads in words on every side', () => {
	const steps = [...named(/(?:recordStep|saveMove)\([^;]*?\bact: '([a-z-]+)'/g), 'correct-register', 'close-year'];
	expect(steps.length).toBeGreaterThan(12);
	expect(steps.filter((act) => stepWord(act) === act || stepOfAct(act).word === act)).toEqual([]);
});
