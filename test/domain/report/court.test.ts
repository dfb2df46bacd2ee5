import { describe, expect, it } from 'vitest';
import { receive, withdraw } from '#lib/domain/report/annual-report.ts';
import { day, startOf } from '#lib/domain/day.ts';
import { courtOf, courtSince } from '#lib/domain/report/court.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import { closeReport, decideExcuse, excuse, reopenForOne } from '#lib/domain/report/report-exceptions.ts';
import { accepted, approved, approvedBy, at, drafted, forwarded, notStarted, received, returnedBy, submitted } from './report-cases.ts';

const closed = (report: ReportCase): ReportCase => closeReport(report, at('2027-04-02')).next;

describe('in whose court a report is, and since when', () => {
	it.each<[string, () => ReportCase, string, Date | null]>([
		['not started', notStarted, 'enterprise', at('2026-10-08', 0)],
		['draft', drafted, 'enterprise', at('2026-10-08', 0)],
		['submitted', () => submitted(), 'departments', at('2026-11-10')],
		['commerce approved', () => approvedBy(submitted(), 'commerce'), 'industry', at('2026-11-10')],
		['industry approved', () => approvedBy(submitted(), 'industry'), 'commerce', at('2026-11-10')],
		['group has it', () => submitted('central_group'), 'group', at('2026-11-10')],
		['both approved', () => approvedBy(approvedBy(submitted(), 'commerce', at('2026-11-12')), 'industry', at('2026-11-14')), 'channel', at('2026-11-14')],
		['group approved', () => approved('central_group'), 'channel', at('2026-11-12')],
		['forwarded', () => forwarded(), 'ministries', at('2026-11-20')],
		['one ministry has it', () => accepted(receive(forwarded(), 'miit', 1, at('2026-11-21'))).next, 'ministries', at('2026-11-20')],
		['received', () => received(), 'nobody', null],
		['returned by a department', () => returnedBy(submitted(), 'commerce', at('2026-11-13')), 'enterprise', at('2026-11-13')],
		['returned by a ministry', () => returnedBy(received(), 'mofcom', at('2026-11-25')), 'enterprise', at('2026-11-25')],
		['withdrawn', () => accepted(withdraw(submitted(), at('2026-11-11'))).next, 'enterprise', at('2026-11-11')],
		['said to be unable to file', () => accepted(excuse(drafted(), 'closed')).next, 'enterprise', startOf(day('2026-10-08'))],
		['excused', () => accepted(decideExcuse(accepted(excuse(drafted(), 'closed')).next, 'confirmed', '')).next, 'nobody', null],
		['not filed', () => closed(drafted()), 'nobody', null],
		['closed while submitted', () => closed(submitted()), 'nobody', null],
		['closed while forwarded', () => closed(forwarded()), 'nobody', null],
		['forwarded, of a year closed before', () => ({ ...forwarded(), year: closed(forwarded()).year }), 'ministries', at('2026-11-20')],
		['reopened', () => accepted(reopenForOne(closed(drafted()), 'late audit', at('2027-04-05'))).next, 'enterprise', at('2027-04-05')]
	])('%s', (_name, build, court, since) => {
		expect(courtOf(build())).toBe(court);
		expect(courtSince(build())).toEqual(since);
	});
});
