import { describe, expect, it } from 'vitest';
import { isQuiet, isRemindable } from '#lib/domain/chase/remind-by-hand.ts';

describe('nobody is written to at night', () => {
	it.each([
		['2026-11-24T13:59:59.999Z', false],
		['2026-11-24T14:00:00Z', true],
		['2026-11-24T16:00:00Z', true],
		['2026-11-24T23:59:59.999Z', true],
		['2026-11-25T00:00:00Z', false]
	])('%s → %s', (at, quiet) => {
		expect(isQuiet(new Date(at))).toBe(quiet);
	});
});

it('a report of the own office alone is not offered', () => {
	expect(isRemindable({ court: 'commerce', channelKind: 'province' }, 'commerce')).toBe(false);
	expect(isRemindable({ court: 'departments', channelKind: 'province' }, 'commerce')).toBe(true);
	expect(isRemindable({ court: 'channel', channelKind: 'central_group' }, 'group')).toBe(false);
	expect(isRemindable({ court: 'ministries', channelKind: 'province' }, 'commerce')).toBe(false);
});
