/** 方案第十一条: 自确定次年起 — from the year after the announcement, whatever the cohort is called; and nothing counted from before a duty was known. */
import { describe, expect, it, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { REPORT_STATES } from '#lib/domain/report-state.ts';
import { courtOf, courtSince } from '#lib/domain/report/court.ts';
import { dutyEffect, dutyNote, firstOwedYear, isExpected, owedSince, owes, underDuty } from '#lib/domain/report/duty.ts';
import { latenessOf } from '#lib/domain/report/lateness.ts';
import { effectiveDueOn, enterpriseDueOn } from '#lib/domain/report/reporting-year.ts';
import { cameInTime, outcomeOf } from '#lib/domain/report/year-outcome.ts';
import { at, drafted, forwarded, notStarted, received, submitted, YEAR_2026 } from './report-cases.ts';

const active = (announcedOn: string) => ({ announcedOn: day(announcedOn), status: 'active', endedOn: null }) as const;

describe('方案第十一条: the first report', () => {
	it.each([
		['cohort 2021, announced in June 2022', '2022-06-15', 2023],
		['announced on the last day of a year', '2025-12-31', 2026],
		['announced on the first day of the next', '2026-01-01', 2027]
	])('%s', (_name, announcedOn, first) => {
		expect(firstOwedYear(day(announcedOn), DEFAULT_POLICY)).toBe(first);
		expect(owes(active(announcedOn), { ...YEAR_2026, year: first - 1 }, DEFAULT_POLICY)).toBe(false);
		expect(owes(active(announcedOn), { ...YEAR_2026, year: first }, DEFAULT_POLICY)).toBe(true);
		expect(owes(active(announcedOn), { ...YEAR_2026, year: first + 5 }, DEFAULT_POLICY)).toBe(true);
	});
	it('by the setting of the year’s policy, wherever it is asked', () => {
		const later = { owedFromYearsAfter: { ...DEFAULT_POLICY.owedFromYearsAfter, value: 3 } };
		expect(firstOwedYear(day('2023-06-01'), later)).toBe(2026);
		expect(owes(active('2024-06-01'), YEAR_2026, later)).toBe(false);
	});
	it.each([
		['2026-06-30', false],
		['2026-11-30', false],
		['2026-12-01', true],
		[null, false]
	])('ended on %s: owes 2026 = %s', (ended, expected) => {
		const term = { announcedOn: day('2022-06-01'), endedOn: ended === null ? null : day(ended) };
		expect(owes({ ...term, status: 'ceased' }, YEAR_2026, DEFAULT_POLICY)).toBe(expected);
		expect(owes({ ...term, status: 'revoked' }, YEAR_2026, DEFAULT_POLICY)).toBe(expected);
	});
});

describe('what a corrected announcement does to an open year', () => {
	const of = (announcedOn: string, report: Parameters<typeof dutyEffect>[2]) => dutyEffect(active(announcedOn), YEAR_2026, report, DEFAULT_POLICY);
	it('adds what is owed and missing, and nothing that is not owed', () => {
		expect(of('2025-06-18', null)).toBe('added');
		expect(of('2026-01-05', null)).toBeNull();
	});
	test.each(REPORT_STATES)('%s, when the year is no longer owed', (state) => {
		const filed = ['submitted', 'returned', 'forwarded', 'received', 'not_delivered'].includes(state);
		expect(of('2026-01-05', { state, voluntary: false })).toBe(state === 'not_owed' ? null : filed ? 'voluntary' : 'not_owed');
		expect(of('2025-06-18', { state, voluntary: false })).toBe(state === 'not_owed' ? 'owed_again' : null);
	});
	it('is done once, and undone when the announcement turns out right after all', () => {
		expect(of('2026-01-05', { state: 'forwarded', voluntary: true })).toBeNull();
		expect(of('2025-06-18', { state: 'forwarded', voluntary: true })).toBe('owed_again');
	});
	it('leaves the end of a designation to its event', () => {
		const ended = { announcedOn: day('2022-06-01'), status: 'ceased', endedOn: day('2026-05-01') } as const;
		expect(dutyEffect(ended, YEAR_2026, { state: 'excused', voluntary: false }, DEFAULT_POLICY)).toBeNull();
		expect(dutyEffect(ended, YEAR_2026, { state: 'not_owed', voluntary: false }, DEFAULT_POLICY)).toBeNull();
	});
	it('unfiled becomes 无需报送: with nobody, not expected, neither late nor excused', () => {
		const next = underDuty(drafted(), 'not_owed', day('2026-12-10'));
		expect(next).toMatchObject({ state: 'not_owed', voluntary: false });
		expect(courtOf(next)).toBe('nobody');
		expect(isExpected(next)).toBe(false);
		expect(outcomeOf(next, at('2027-02-01'))).toBe('not_owed');
		expect(cameInTime({ ...next, closedAt: null }, at('2027-02-01'))).toBeNull();
		expect(underDuty(next, 'owed_again', day('2026-12-20'))).toMatchObject({ state: 'draft', owedOn: '2026-12-20' });
	});
	it('filed goes its way and is voluntary: not expected and never late', () => {
		for (const report of [submitted(), forwarded('province', at('2026-12-05')), received()]) {
			const next = underDuty(report, 'voluntary', day('2026-12-10'));
			expect(next).toMatchObject({ state: report.state, voluntary: true, firstForwardedAt: report.firstForwardedAt });
			expect(isExpected(next)).toBe(false);
			expect(outcomeOf(next, at('2027-02-01'))).toBe('voluntary');
		}
	});
	it('taken back, it is not filed and still not owed, also at the close of the year', () => {
		for (const state of ['draft', 'not_filed'] as const) expect(outcomeOf({ ...drafted(), state, voluntary: true }, at('2027-02-01'))).toBe('not_owed');
	});
	it('closed years stay and are annotated', () => {
		const year = { year: 2025, ministryDueOn: day('2025-11-30') };
		expect(dutyNote(active('2025-01-10'), year, true, DEFAULT_POLICY)).toBe('was_not_owed');
		expect(dutyNote(active('2024-12-30'), year, true, DEFAULT_POLICY)).toBeNull();
		expect(dutyNote(active('2024-12-30'), year, false, DEFAULT_POLICY)).toBe('was_owed');
		expect(dutyNote(active('2025-01-10'), year, false, DEFAULT_POLICY)).toBeNull();
	});
});

describe('nothing is counted from before a duty was known', () => {
	it('a report added before the year begins is owed from its opening like every other', () => {
		expect(owedSince(YEAR_2026, day('2026-10-08'))).toBeNull();
		expect(owedSince(YEAR_2026, day('2026-11-30'))).toBe('2026-11-30');
	});
	it.each([
		// owed since · enterprise's date · ministries' date
		[null, '2026-11-15', '2026-11-30'],
		['2026-10-20', '2026-11-15', '2026-11-30'],
		['2026-11-15', '2026-11-30', '2026-11-30'],
		['2026-11-30', '2026-11-30', '2026-11-30'],
		['2026-12-05', '2026-12-05', '2026-12-05']
	])('owed since %s: by %s and %s', (owed, own, ministries) => {
		const owedOn = owed === null ? null : day(owed);
		expect(enterpriseDueOn(YEAR_2026, null, null, owedOn)).toBe(own);
		expect(effectiveDueOn(YEAR_2026, null, owedOn)).toBe(ministries);
		// An extension is later than either.
		expect(enterpriseDueOn(YEAR_2026, null, day('2026-12-20'), owedOn)).toBe('2026-12-20');
	});
	it('imported on 30 November it is neither overdue nor idle that day, and its late days begin after the day it was known', () => {
		const report = { ...notStarted(), owedOn: day('2026-12-05') };
		const late = (now: Date) =>
			latenessOf(
				{
					dueOn: effectiveDueOn(report.year, null, report.owedOn),
					enterpriseDueOn: enterpriseDueOn(report.year, null, null, report.owedOn),
					firstSubmittedAt: null,
					firstOpinionAt: {},
					firstForwardedAt: null,
					receivedAt: null,
					transitions: [],
					closedAt: null,
					unableToFile: false
				},
				now
			).daysLate;
		expect([at('2026-12-05'), at('2026-12-06'), at('2026-12-08')].map(late)).toEqual([0, 1, 3]);
		expect(courtSince(report)).toEqual(at('2026-12-05', 0));
		expect(outcomeOf(report, at('2026-12-05'))).toBe('open');
		expect(outcomeOf(report, at('2026-12-06'))).toBe('late');
	});
});
