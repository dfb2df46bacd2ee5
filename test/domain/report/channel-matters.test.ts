import { describe, expect, it } from 'vitest';
import { mattersOf, type ChannelMatter } from '#lib/domain/report/channel-matters.ts';
import { COURTS, type Court } from '#lib/domain/report-state.ts';
import { day } from '#lib/domain/day.ts';
import { channelAudiencesOf } from '#lib/domain/chase/reminder-ladder.ts';

const HELD: Readonly<Record<Court, ChannelMatter | null>> = {
	enterprise: 'unreported',
	commerce: 'awaiting_opinion',
	industry: 'awaiting_opinion',
	departments: 'awaiting_opinion',
	group: 'awaiting_opinion',
	channel: 'approved',
	ministries: null,
	nobody: null
};

describe('what a report is to its channel', () => {
	it.each(COURTS)('with %s', (court) => {
		const held = HELD[court];
		const owed = { court, dueOn: day('2026-11-30'), forwarded: false };
		expect(mattersOf(owed, day('2026-11-30'))).toEqual(held === null ? [] : [held]);
		expect(mattersOf(owed, day('2026-12-01'))).toEqual(held === null ? [] : ['overdue', held]);
		expect(mattersOf({ ...owed, forwarded: true }, day('2026-12-01')), 'returned after it was forwarded').toEqual(held === null ? [] : [held]);
	});
});

describe('whom a ministry writes to', () => {
	it.each<[Court, readonly string[], readonly string[]]>([
		['enterprise', ['commerce', 'industry'], ['group']],
		['commerce', ['commerce'], ['commerce']],
		['departments', ['commerce', 'industry'], ['commerce', 'industry']],
		['channel', ['commerce', 'industry'], ['group']],
		['ministries', [], []],
		['nobody', [], []]
	])('of a report with %s', (court, province, group) => {
		expect(channelAudiencesOf({ court, channelKind: 'province' })).toEqual(province);
		expect(channelAudiencesOf({ court, channelKind: 'central_group' })).toEqual(group);
	});
});
