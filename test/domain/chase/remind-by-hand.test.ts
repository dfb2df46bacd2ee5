import { describe, expect, it } from 'vitest';
import { isQuiet, isRemindable, planByHand, type HandReport } from '#lib/domain/chase/remind-by-hand.ts';
import { day } from '#lib/domain/day.ts';
import type { ReminderRecipient } from '#lib/domain/chase/reminder-recipients.ts';

const person = (key: string): ReminderRecipient => ({ key, personId: key, name: key, address: `${key}@example.cn`, locale: 'zh-CN' });
const DUE = day('2026-11-28');
const report = (item: string, changes: Partial<HandReport<string>> = {}): HandReport<string> => ({
	item,
	dueOn: DUE,
	holders: [{ audience: 'enterprise', recipients: { to: [person('wang')], leftOut: [] } }],
	...changes
});

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

describe('who gets a reminder by hand', () => {
	const plan = (reports: readonly HandReport<string>[], today: readonly string[] = []) => {
		const { send, skipped } = planByHand(reports, 'commerce', new Set(today));
		return {
			send: send.map(({ item, recipient }) => `${item}→${recipient.key}`),
			skipped: skipped.map(({ item, name, why }) => `${item}:${name ?? ''}:${why}`)
		};
	};
	it('whoever holds each report', () => {
		expect(plan([report('a'), report('b')])).toEqual({ send: ['a→wang', 'b→wang'], skipped: [] });
	});
	it('nobody of whom the day has been spent', () => {
		expect(plan([report('a')], ['wang'])).toEqual({ send: [], skipped: ['a:wang:reminded_today'] });
	});
	it('not the own office, but the other department', () => {
		const holders = (['commerce', 'industry'] as const).map((audience) => ({ audience, recipients: { to: [person(audience)], leftOut: [] } }));
		expect(plan([report('a', { holders }), report('b', { holders: holders.slice(0, 1) })])).toEqual({ send: ['a→industry'], skipped: ['b::own_office'] });
	});
	it('each one left out with the reason', () => {
		expect(
			plan([
				report('done', { dueOn: null, holders: [] }),
				report('unknown', { holders: [{ audience: 'enterprise', recipients: { to: [], leftOut: [] } }] }),
				report('left', { holders: [{ audience: 'enterprise', recipients: { to: [person('li')], leftOut: [{ name: '张', personId: 'zhang', why: 'left' }] } }] })
			])
		).toEqual({ send: ['left→li'], skipped: ['done::not_chased', 'unknown::nobody', 'left:张:left'] });
	});
	it('a report of the own office alone is not offered', () => {
		expect(isRemindable({ court: 'commerce', channelKind: 'province' }, 'commerce')).toBe(false);
		expect(isRemindable({ court: 'departments', channelKind: 'province' }, 'commerce')).toBe(true);
		expect(isRemindable({ court: 'channel', channelKind: 'central_group' }, 'group')).toBe(false);
		expect(isRemindable({ court: 'ministries', channelKind: 'province' }, 'commerce')).toBe(false);
	});
});
