/** Reports for the tests, built by the moves themselves. */
import { forward, giveOpinion, open, receive, returnReport, saveAnswer, startDraft, submit } from '#lib/domain/report/annual-report.ts';
import { startOf, day } from '#lib/domain/day.ts';
import { departmentsOf, type ChannelKind, type Department, type Ministry } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import type { Decision, Refusal } from '#lib/domain/refusal.ts';
import { newReportCase, type ReportCase } from '#lib/domain/report/report-case.ts';
import { proposeDates, type ReportingYear } from '#lib/domain/report/reporting-year.ts';

export const YEAR_2026: ReportingYear = {
	year: 2026,
	...proposeDates(2026, DEFAULT_POLICY),
	formVersion: '2026-1',
	policyVersion: '2026-1',
	closedAt: null,
	departureNo: null
};

export const GOOD = { blockingChecks: [], changedSinceReturn: true, answeredComments: 0, lateReasonCode: null } as const;

/** 10:00 in Beijing on a day. */
export function at(on: string, hours = 10): Date {
	return new Date(startOf(day(on)).getTime() + hours * 3_600_000);
}

/** The accepted answer; fails the test when it was refused. */
export function accepted<T>(decision: Decision<T>): { readonly ok: true } & T {
	if (!decision.ok) throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
	return decision;
}

/** The refusal; fails the test when the move was accepted. */
export function refusalOf(decision: Decision<object>): Refusal {
	if (decision.ok) throw new Error('accepted');
	return decision.refusal;
}

export const notStarted = (kind: ChannelKind = 'province'): ReportCase => newReportCase(kind, YEAR_2026);
export const drafted = (kind: ChannelKind = 'province'): ReportCase => accepted(startDraft(notStarted(kind), at('2026-10-10'))).next;
export const submitted = (kind: ChannelKind = 'province', when = at('2026-11-10')): ReportCase =>
	accepted(submit(drafted(kind), { ...GOOD, lateReasonCode: 'other' }, when)).next;
export const openedBy = (report: ReportCase, department: Department, when = at('2026-11-11')): ReportCase => accepted(open(report, department, when)).next;
export const approvedBy = (report: ReportCase, department: Department, when = at('2026-11-12')): ReportCase =>
	accepted(giveOpinion(report, department, report.currentVersion, when)).next;
export const approved = (kind: ChannelKind = 'province', when = at('2026-11-12')): ReportCase =>
	departmentsOf(kind).reduce((report, department) => approvedBy(report, department, when), submitted(kind));
export const forwardedFrom = (report: ReportCase, when = at('2026-11-20')): ReportCase => {
	const [only] = accepted(
		forward([{ reportId: 'r1', version: report.currentVersion, report }], { number: '苏商函〔2026〕1号', on: '2026-11-12' }, when)
	).forwarded;
	if (!only) throw new Error('nothing was forwarded');
	return only.next;
};
export const forwarded = (kind: ChannelKind = 'province', when = at('2026-11-20')): ReportCase => forwardedFrom(approved(kind), when);
export const received = (kind: ChannelKind = 'province'): ReportCase =>
	accepted(receive(accepted(receive(forwarded(kind), 'mofcom', 1, at('2026-11-21'))).next, 'miit', 1, at('2026-11-22'))).next;
export const returnedBy = (report: ReportCase, by: Department | Ministry, when = at('2026-11-13'), comments = 0): ReportCase =>
	accepted(returnReport(report, by, { id: 't1', reasonCode: 'figure_wrong', correctByOn: '2026-12-20', comments, version: report.currentVersion }, when)).next;
export const edited = (report: ReportCase, when = at('2026-11-14')): ReportCase => accepted(saveAnswer(report, when)).next;
