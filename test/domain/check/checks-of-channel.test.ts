/** 方案第七条: 中央管理企业 goes to its group, every other enterprise to its province; what does not fit is asked about and decides nothing. */
import { describe, expect, test } from 'vitest';
import { blocking } from '#lib/domain/check/checks.ts';
import { fitsChannel } from '#lib/domain/check/checks-of-channel.ts';
import { OWNERSHIPS } from '#lib/domain/form/annual-report-fields.ts';
import { CATEGORIES, CHANNEL_KINDS } from '#lib/domain/parties.ts';
import { checksOn, onlyCode } from '../form/filing-examples.ts';

describe('企业性质 and 报送渠道', () => {
	test.each([
		['central', 'central_group', true],
		['central', 'province', false],
		['local_state_collective', 'province', true],
		['local_state_collective', 'central_group', false],
		['foreign', 'province', true],
		['foreign', 'central_group', false],
		['private', 'province', true],
		['private', 'central_group', false],
		['other', 'province', true],
		['other', 'central_group', false],
		['', 'province', null],
		['', 'central_group', null]
	] as const)('%s through a %s: %s', (ownership, channelKind, fits) => {
		expect(fitsChannel(ownership, channelKind)).toBe(fits);
	});

	test.each(CATEGORIES)('%s: found once, as a warning that cites article 7 at the box of 企业性质', (category) => {
		for (const channelKind of CHANNEL_KINDS)
			for (const ownership of OWNERSHIPS) {
				const found = onlyCode(checksOn(category, { ownership }, { channelKind }), 'channel_mismatch');
				expect(found.length, `${ownership} ${channelKind}`).toBe(fitsChannel(ownership, channelKind) ? 0 : 1);
				for (const one of found)
					expect(one).toMatchObject({ level: 'warning', article: '7', fieldId: 'ownership', key: 'channel_mismatch/ownership', explanation: 'missing' });
			}
	});

	test('explained it stands in nobody’s way: a reason of its own list and a sentence', () => {
		const explained = {
			ownership: 'central',
			'explain:channel_mismatch/ownership:reason': 'agreed_channel',
			'explain:channel_mismatch/ownership:text': '集团委托所在省商务厅统一组织报送，已书面确认。'
		};
		expect(blocking(checksOn('manufacturing', { ownership: 'central' })).map(({ key }) => key)).toEqual(['channel_mismatch/ownership']);
		expect(blocking(checksOn('manufacturing', explained))).toEqual([]);
		expect(blocking(checksOn('manufacturing', { ...explained, 'explain:channel_mismatch/ownership:reason': 'order_change' }))).toHaveLength(1);
	});

	test('an answer that is none of the choices is an error of its own, and contradicts nothing', () => {
		const found = checksOn('manufacturing', { ownership: 'feudal' }, { channelKind: 'central_group' });
		expect(onlyCode(found, 'bad_choice')).toHaveLength(1);
		expect(onlyCode(found, 'channel_mismatch')).toEqual([]);
	});
});
