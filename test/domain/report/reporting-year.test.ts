import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { isArticleId } from '#lib/domain/notice.ts';
import { DEFAULT_POLICY, NOTICE_DUE, policyInForceOn, policyOf } from '#lib/domain/policy.ts';
import {
	channelDueOn,
	closingRefusal,
	effectiveDueOn,
	enterpriseDueOn,
	proposeCorrectionOn,
	proposeDates,
	validateChannelOwnDate,
	validateDates
} from '#lib/domain/report/reporting-year.ts';
import { YEAR_2026 } from './report-cases.ts';

const DATES = proposeDates(2026, DEFAULT_POLICY);

describe('policy 2026-1', () => {
	it('takes 30 November from article 11 and says which dates are ours', () => {
		expect(NOTICE_DUE).toMatchObject({ value: { month: 11, day: 30 }, basis: '11' });
		expect(DEFAULT_POLICY).not.toHaveProperty('ministryDue');
		expect(DEFAULT_POLICY.channelDue.basis).toBe('system');
		expect(DEFAULT_POLICY.dueRollsOver.value).toBe(false);
		for (const criterion of Object.values(DEFAULT_POLICY.criteria)) expect(isArticleId(criterion.article)).toBe(true);
	});
	it('is found by version and by day', () => {
		expect(policyOf('2026-1')).toBe(DEFAULT_POLICY);
		expect(policyOf('1999-1')).toBeNull();
		const later = { ...DEFAULT_POLICY, version: '2028-1', validFromOn: day('2028-01-01') };
		expect(policyInForceOn(day('2027-12-31'), [later, DEFAULT_POLICY]).version).toBe('2026-1');
		expect(policyInForceOn(day('2028-01-01'), [later, DEFAULT_POLICY]).version).toBe('2028-1');
	});
});

describe('the five dates of a year', () => {
	it('are proposed by the policy, without roll-over from weekends', () => {
		expect(DATES).toEqual({
			opensOn: '2026-10-08',
			channelDueOn: '2026-11-15',
			ministryDueOn: '2026-11-30',
			acceptedLateUntilOn: '2026-12-31',
			correctionsUntilOn: '2027-03-31'
		});
		// 30 November 2024 was a Saturday.
		expect(proposeDates(2024, DEFAULT_POLICY).ministryDueOn).toBe('2024-11-30');
	});
	it('are accepted as proposed, with spaces around, and when neighbours coincide', () => {
		expect(validateDates(2026, { ...DATES, opensOn: ' 2026-10-08 ' })).toEqual({ ok: true, dates: DATES });
		expect(validateDates(2026, { ...DATES, channelDueOn: '2026-11-30', acceptedLateUntilOn: '2026-11-30', correctionsUntilOn: '2026-11-30' }).ok).toBe(true);
	});
	it.each([
		['no such day', { opensOn: '2026-02-30' }, 'opensOn', 'date_invalid'],
		['empty', { channelDueOn: '' }, 'channelDueOn', 'date_invalid'],
		['another year', { ministryDueOn: '2027-11-30' }, 'ministryDueOn', 'date_out_of_range'],
		['two years on', { correctionsUntilOn: '2028-01-01' }, 'correctionsUntilOn', 'date_out_of_range'],
		['channels after ministries', { channelDueOn: '2026-12-01' }, 'ministryDueOn', 'date_order'],
		['opening on the channels date', { opensOn: '2026-11-15' }, 'channelDueOn', 'date_order'],
		['late before the date', { acceptedLateUntilOn: '2026-11-29' }, 'acceptedLateUntilOn', 'date_order'],
		['corrections before late', { correctionsUntilOn: '2026-12-30' }, 'correctionsUntilOn', 'date_order']
	])('are refused at their field: %s', (_name, change, field, code) => {
		const refused = validateDates(2026, { ...DATES, ...change });
		expect(refused).toMatchObject({ ok: false, refusal: { code: 'dates_refused', dates: [{ field, code }] } });
	});
	it('are refused all at once', () => {
		const refused = validateDates(2026, { ...DATES, opensOn: 'soon', correctionsUntilOn: '2026-12-01' });
		expect(refused.ok === false && refused.refusal.code === 'dates_refused' && refused.refusal.dates.map(({ field }) => field)).toEqual([
			'opensOn',
			'correctionsUntilOn'
		]);
	});
});

describe('one effective due date', () => {
	it('is 30 November or the extension, never earlier', () => {
		expect(effectiveDueOn(YEAR_2026, null, null)).toBe('2026-11-30');
		expect(effectiveDueOn(YEAR_2026, day('2026-12-10'), null)).toBe('2026-12-10');
		expect(effectiveDueOn(YEAR_2026, day('2026-11-01'), null)).toBe('2026-11-30');
	});
	it('at the channel is its own date, else the year’s, never after the ministries’', () => {
		expect(channelDueOn(YEAR_2026, null)).toBe('2026-11-15');
		expect(channelDueOn(YEAR_2026, day('2026-11-20'))).toBe('2026-11-20');
		expect(channelDueOn(YEAR_2026, day('2026-12-20'))).toBe('2026-11-30');
		expect(enterpriseDueOn(YEAR_2026, day('2026-11-20'), day('2026-12-10'), null)).toBe('2026-12-10');
		expect(enterpriseDueOn(YEAR_2026, day('2026-11-20'), null, null)).toBe('2026-11-20');
	});
	it.each([
		['2026-10-08', true],
		['2026-11-30', true],
		['2026-10-07', false],
		['2026-12-01', false],
		['tomorrow', false]
	])('a channel may set %s: %s', (given, expected) => {
		expect(validateChannelOwnDate(YEAR_2026, given).ok).toBe(expected);
	});
});

describe('closing a year', () => {
	it('waits for the promised date and happens once', () => {
		expect(closingRefusal(YEAR_2026, new Date('2026-12-31T15:59:59.999Z'))).toMatchObject({ code: 'too_early_to_close' });
		expect(closingRefusal(YEAR_2026, new Date('2026-12-31T16:00:00Z'))).toBeNull();
		expect(closingRefusal({ ...YEAR_2026, closedAt: new Date('2027-01-05T00:00:00Z') }, new Date('2027-02-01T00:00:00Z'))).toMatchObject({
			code: 'year_closed'
		});
	});
});

describe('退回更正期限 (非方案规定)', () => {
	it.each([
		['2026-10-20', '2026-10-27'],
		['2026-11-24', '2026-11-29'],
		['2026-11-29', '2026-11-29'],
		['2026-11-30', '2026-12-07'],
		['2027-03-29', '2027-03-31'],
		['2027-04-10', '2027-04-10']
	])('a return on %s proposes %s: in time to be forwarded while the date is ahead', (today, proposed) => {
		expect(proposeCorrectionOn(day(today), day('2026-11-30'), day('2027-03-31'))).toBe(proposed);
	});
});
