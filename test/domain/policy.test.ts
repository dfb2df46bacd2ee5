/** A setting that no rule reads does not exist: it would promise the ministries that something changes with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { POLICY_2026_1 } from '#lib/domain/policy.ts';

const ROOT = fileURLToPath(new URL('../../src/lib/', import.meta.url));
const rules = ['domain', 'server'].flatMap((room) =>
	readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'policy.ts')
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
);
const isRead = (setting: string): boolean => rules.some((text) => new RegExp(`\\.${setting}\\b`).test(text));

test.each(Object.keys(POLICY_2026_1).filter((key) => key !== 'validFromOn'))('%s is read', (setting) => {
	expect(isRead(setting)).toBe(true);
});

test.each(Object.keys(POLICY_2026_1.warnings))('the warning setting %s is read', (setting) => {
	expect(isRead(setting)).toBe(true);
});

test('and one that is not read would be found', () => {
	expect(isRead('cohortMadFactor')).toBe(false);
	expect(isRead('returnReasons')).toBe(false);
});
