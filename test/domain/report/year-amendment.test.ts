/** 方案第十一条 names 30 November; another date needs both ministries, two people and a document (domain.md 2; 非方案规定). */
import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { DEFAULT_POLICY, type Policy } from '#lib/domain/policy.ts';
import { DATE_FIELDS, noticeDueOn, proposeDates } from '#lib/domain/report/reporting-year.ts';
import {
	changedDates,
	confirmAmendment,
	isNoticeDate,
	proposeAmendment,
	type AmendmentWish,
	type ProposedAmendment
} from '#lib/domain/report/year-amendment.ts';
import { accepted, at, refusalOf, YEAR_2026 } from './report-cases.ts';

const DATES = proposeDates(2026, DEFAULT_POLICY);
const WISH: AmendmentWish = { ...DATES, documentNo: '商办服贸函〔2026〕1号', reason: '审计安排' };
const setting = (changes: { included?: boolean; rolls?: boolean }): Policy => ({
	...DEFAULT_POLICY,
	dueDayIncluded: { ...DEFAULT_POLICY.dueDayIncluded, value: changes.included ?? true },
	dueRollsOver: { ...DEFAULT_POLICY.dueRollsOver, value: changes.rolls ?? false }
});

describe('方案第十一条: how the notice’s date is read', () => {
	// 30 November 2024 was a Saturday, 2025 a Sunday, 2026 a Monday.
	it.each([
		['as it stands', {}, 2024, '2024-11-30'],
		['a weekend moves it to Monday', { rolls: true }, 2024, '2024-12-02'],
		['a Sunday too', { rolls: true }, 2025, '2025-12-01'],
		['no weekend, nothing moves', { rolls: true }, 2026, '2026-11-30'],
		['前 without the day', { included: false }, 2026, '2026-11-29'],
		['前 without the day, which was a Sunday, rolled', { included: false, rolls: true }, 2026, '2026-11-30']
	] as const)('%s', (_name, changes, year, on) => {
		expect(noticeDueOn(year, setting(changes))).toBe(on);
		expect(proposeDates(year, setting(changes)).ministryDueOn).toBe(on);
	});
	it('is no setting: no policy can name another day', () => {
		const given = { ...DEFAULT_POLICY, ministryDue: { value: { month: 12, day: 20, yearOffset: 0 }, basis: 'system', reasonCode: 'x' } } as Policy;
		expect(proposeDates(2027, given).ministryDueOn).toBe('2027-11-30');
	});
});

describe('a ministry proposes other dates (非方案规定)', () => {
	const propose = (changes: Partial<AmendmentWish>, on = '2026-10-20') => proposeAmendment(YEAR_2026, { ...WISH, ...changes }, at(on));
	it('with document and reason, whichever date it is', () => {
		expect(accepted(propose({ ministryDueOn: '2026-12-20' })).dates.ministryDueOn).toBe('2026-12-20');
		expect(accepted(propose({ correctionsUntilOn: '2027-04-30' })).dates.correctionsUntilOn).toBe('2027-04-30');
		expect(accepted(propose({ channelDueOn: '2026-11-10' })).dates.channelDueOn).toBe('2026-11-10');
	});
	it.each([
		['no document', { ministryDueOn: '2026-12-20', documentNo: ' ' }, { code: 'invalid_input', fields: { documentNo: 'missing' } }],
		['no reason', { ministryDueOn: '2026-12-20', reason: '' }, { code: 'invalid_input', fields: { reason: 'missing' } }],
		['nothing moves', {}, { code: 'nothing_changed' }],
		['the wrong way round', { ministryDueOn: '2027-01-05' }, { code: 'dates_refused' }],
		['into the past', { channelDueOn: '2026-10-19' }, { code: 'dates_refused', dates: [{ field: 'channelDueOn', earliestOn: '2026-10-20' }] }],
		['an opening that has come', { opensOn: '2026-10-21' }, { code: 'dates_refused', dates: [{ field: 'opensOn' }] }]
	] as const)('refused: %s', (_name, changes, refusal) => {
		expect(refusalOf(propose(changes))).toMatchObject(refusal);
	});
	it('until the year is closed, and the opening until it has come', () => {
		expect(refusalOf(proposeAmendment({ ...YEAR_2026, closedAt: at('2027-04-01') }, WISH, at('2027-04-02'))).code).toBe('year_closed');
		expect(propose({ opensOn: '2026-10-12' }, '2026-10-07').ok).toBe(true);
	});
	it('a date that has passed may be moved to one that has not: whoever was late of it no longer is', () => {
		expect(propose({ ministryDueOn: '2026-12-20' }, '2026-12-05').ok).toBe(true);
	});
});

describe('the other ministry confirms (会同)', () => {
	const dates = { ...DATES, ministryDueOn: day('2026-12-20') };
	const proposed: ProposedAmendment = { dates, before: DATES, documentNo: WISH.documentNo, ministry: 'miit', personId: 'zhao' };
	const confirm = (by: { ministry: 'mofcom' | 'miit'; personId: string }, changes: Partial<ProposedAmendment> = {}, year = YEAR_2026, on = '2026-10-21') =>
		confirmAmendment(year, { ...proposed, ...changes }, by, DEFAULT_POLICY, at(on));
	it('by another person; the document labels the departure', () => {
		expect(accepted(confirm({ ministry: 'mofcom', personId: 'qian' }))).toMatchObject({ dates, departureNo: WISH.documentNo });
	});
	it.each([
		['the same ministry', { ministry: 'miit', personId: 'qian' }, 'already_done'],
		['the same person in the other ministry', { ministry: 'mofcom', personId: 'zhao' }, 'same_person']
	] as const)('not by %s', (_name, by, code) => {
		expect(refusalOf(confirm(by)).code).toBe(code);
	});
	it('not when the dates have moved since, nor when the new date has passed meanwhile', () => {
		const by = { ministry: 'mofcom', personId: 'qian' } as const;
		expect(refusalOf(confirm(by, {}, { ...YEAR_2026, channelDueOn: day('2026-11-14') })).code).toBe('preview_outdated');
		expect(refusalOf(confirm(by, {}, YEAR_2026, '2026-12-21')).code).toBe('dates_refused');
	});
	it('another of the five dates is no departure; the notice’s date again ends one, and another day keeps its document', () => {
		const by = { ministry: 'mofcom', personId: 'qian' } as const;
		const departed = { ...YEAR_2026, ...dates, departureNo: '旧文号' };
		expect(accepted(confirm(by, { dates: { ...DATES, channelDueOn: day('2026-11-10') } })).departureNo).toBeNull();
		expect(accepted(confirm(by, { before: dates, dates: DATES }, departed)).departureNo).toBeNull();
		expect(accepted(confirm(by, { before: dates, dates: { ...dates, correctionsUntilOn: day('2027-05-01') } }, departed)).departureNo).toBe('旧文号');
		expect(isNoticeDate(departed, DEFAULT_POLICY)).toBe(false);
	});
	it('names what changes in the order of the year', () => {
		expect(changedDates(DATES, { ...dates, opensOn: day('2026-10-09') }).map(({ field }) => field)).toEqual(['opensOn', 'ministryDueOn']);
		expect(DATE_FIELDS).toHaveLength(5);
	});
});
