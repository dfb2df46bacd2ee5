import { describe, expect, test } from 'vitest';
import { hasConflict, mergeAnswers, type DeviceAnswer, type ServerAnswer } from '#lib/domain/form/merge-answers.ts';

describe('merging a device copy with the server, box by box', () => {
	test.each([
		['same text', { baseVersion: 1, typed: 'a' }, { version: 5, typed: 'a' }, 'same'],
		['only mine changed', { baseVersion: 1, typed: 'b' }, { version: 1, typed: 'a' }, 'take_mine'],
		['both changed', { baseVersion: 1, typed: 'b' }, { version: 2, typed: 'c' }, 'conflict'],
		['only theirs changed', { baseVersion: 1, baseTyped: 'a', typed: 'a' }, { version: 2, typed: 'c' }, 'take_theirs'],
		['mine new', { baseVersion: 0, typed: 'b' }, undefined, 'take_mine'],
		['both new and different', { baseVersion: 0, typed: 'b' }, { version: 1, typed: 'c' }, 'conflict'],
		['theirs new', undefined, { version: 1, typed: 'c' }, 'take_theirs'],
		['mine emptied', { baseVersion: 1, typed: '' }, { version: 1, typed: 'a' }, 'take_mine'],
		['theirs emptied, mine changed', { baseVersion: 1, typed: 'b' }, { version: 2, typed: '' }, 'conflict'],
		['nothing on either', { baseVersion: 0, typed: '' }, undefined, 'same'],
		['server restored to an older version', { baseVersion: 9, typed: 'b' }, { version: 3, typed: 'a' }, 'conflict']
	] as [string, DeviceAnswer | undefined, ServerAnswer | undefined, string][])('%s', (_, device, server, decision) => {
		const merged = mergeAnswers(device ? { address: device } : {}, server ? { address: server } : {});
		expect(merged).toEqual([{ key: 'address', decision, mine: device?.typed ?? null, theirs: server?.typed ?? null, version: server?.version ?? 0 }]);
		expect(hasConflict(merged)).toBe(decision === 'conflict');
	});

	test('other boxes are not held up by a conflict in one', () => {
		const merged = mergeAnswers(
			{ 'a@final': { baseVersion: 1, typed: '1' }, b: { baseVersion: 2, typed: '2' } },
			{ 'a@final': { version: 2, typed: '9' }, b: { version: 2, typed: '0' }, c: { version: 1, typed: '3' } }
		);
		expect(merged.map((entry) => [entry.key, entry.decision])).toEqual([
			['a@final', 'conflict'],
			['b', 'take_mine'],
			['c', 'take_theirs']
		]);
	});
});
