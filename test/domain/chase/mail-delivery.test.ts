import { describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { feedDates, type FeedOffice } from '#lib/domain/report/feed-dates.ts';
import { judgeFailure, nextAttemptAt } from '#lib/domain/chase/mail-delivery.ts';
import { dropReason, type PlannedFor } from '#lib/domain/chase/reminder-choice.ts';
import type { RemindedReport } from '#lib/domain/chase/reminder-ladder.ts';

describe('what a mail server means', () => {
	test.each([
		['RCPT TO', 550, '550 5.1.1 no such user', 'bounced'],
		['RCPT TO', 553, '553 mailbox name not allowed', 'bounced'],
		['RCPT TO', 554, '554 5.7.1 relay access denied', 'later'],
		['RCPT TO', 550, '550 5.7.1 rejected by policy', 'later'],
		['RCPT TO', 451, '451 4.7.1 greylisted', 'later'],
		['RCPT TO', 421, '421 closing', 'unreachable'],
		['DATA', 552, '552 5.3.4 too big', 'refused'],
		['DATA', 452, '452 no space', 'later'],
		['MAIL FROM', 550, '550 sender unknown', 'unreachable'],
		['AUTH PLAIN', 535, '535 bad password', 'unreachable'],
		['CONN', null, 'ECONNREFUSED', 'unreachable']
	] as const)('%s %s %s: %s', (command, responseCode, response, kind) => expect(judgeFailure({ command, responseCode, response })).toBe(kind));

	test('a server that is away for three days has lost the mail; nothing before', () => {
		const queued = new Date('2026-11-27T01:00:00Z');
		const after = (hours: number) => new Date(queued.getTime() + hours * 3_600_000);
		expect(nextAttemptAt('unreachable', 0, queued, after(71))).toEqual(new Date(after(71).getTime() + 120_000));
		expect(nextAttemptAt('unreachable', 0, queued, after(73))).toBeNull();
	});
});

describe('a planned reminder as it leaves', () => {
	const year = { channelDueOn: day('2026-11-15'), ministryDueOn: day('2026-11-30') };
	const draft: RemindedReport = {
		state: 'draft',
		court: 'enterprise',
		channelKind: 'province',
		extensionOn: null,
		owedOn: null,
		voluntary: false,
		channelOwnOn: null,
		correctByOn: null,
		excusePending: false,
		courtSince: null
	};
	const submitted: RemindedReport = { ...draft, state: 'submitted', court: 'departments', courtSince: new Date('2026-11-10T02:00:00Z') };
	const toEnterprise: PlannedFor = {
		audience: 'enterprise',
		court: 'enterprise',
		partyDueOn: day('2026-11-15'),
		step: 'T-3',
		plannedAt: new Date('2026-11-12T01:00:00Z')
	};
	const toIndustry: PlannedFor = {
		audience: 'industry',
		court: 'departments',
		partyDueOn: day('2026-11-30'),
		step: 'idle+5',
		plannedAt: new Date('2026-11-20T01:00:00Z')
	};
	const ofAMinistry: PlannedFor = {
		audience: 'commerce',
		court: 'enterprise',
		partyDueOn: day('2026-11-30'),
		step: 'hand:2026-11-20',
		plannedAt: new Date('2026-11-20T01:00:00Z')
	};
	const there = { kind: 'person', there: true, disabled: false, synthetic: false } as const;

	test.each<[string, PlannedFor, RemindedReport, Parameters<typeof dropReason>[3], boolean, string | null]>([
		['holds', toEnterprise, draft, there, true, null],
		['submitted', toEnterprise, submitted, there, true, 'court_changed'],
		['returned: another date', toEnterprise, { ...draft, state: 'returned', correctByOn: day('2026-11-20') }, there, true, 'date_moved'],
		['extended', toEnterprise, { ...draft, extensionOn: day('2026-12-20') }, there, true, 'date_moved'],
		['the channel moved its own date', toEnterprise, { ...draft, channelOwnOn: day('2026-11-20') }, there, true, 'date_moved'],
		['unable to file', toEnterprise, { ...draft, state: 'excused', court: 'nobody' }, there, true, 'court_changed'],
		['left', toEnterprise, draft, { ...there, there: false }, true, 'left'],
		['no contact any more', toEnterprise, draft, { ...there, kind: 'contact', there: false }, true, 'not_listed'],
		['disabled', toEnterprise, draft, { ...there, disabled: true }, true, 'disabled'],
		['made up, in production', toEnterprise, draft, { ...there, synthetic: true }, true, 'synthetic'],
		['made up, in a demonstration', toEnterprise, draft, { ...there, synthetic: true }, false, null],
		['industry waits on alone', toIndustry, { ...submitted, court: 'industry' }, there, true, null],
		['industry signed', toIndustry, { ...submitted, court: 'commerce' }, there, true, 'court_changed'],
		['both signed', toIndustry, { ...submitted, court: 'channel' }, there, true, 'court_changed'],
		['returned and submitted again: not idle', toIndustry, { ...submitted, courtSince: new Date('2026-11-20T03:00:00Z') }, there, true, 'court_changed'],
		['asked to ring by a ministry', ofAMinistry, { ...draft, channelOwnOn: day('2026-11-12') }, there, true, null],
		['asked to ring, submitted since', ofAMinistry, submitted, there, true, 'court_changed'],
		['asked to ring, extended since', ofAMinistry, { ...draft, extensionOn: day('2026-12-20') }, there, true, 'date_moved'],
		['asked to ring, of a group', { ...ofAMinistry, audience: 'group' }, { ...draft, channelKind: 'central_group' }, there, true, null],
		['said to be unable to file since', ofAMinistry, { ...draft, excusePending: true }, there, true, 'excuse_pending'],
		['forwarded', toIndustry, { ...submitted, state: 'forwarded', court: 'ministries' }, there, true, 'court_changed']
	])('%s', (_name, planned, report, recipient, production, expected) => expect(dropReason(planned, report, year, recipient, production)).toBe(expected));
});

describe('the dates in a calendar', () => {
	const dates = {
		year: 2026,
		opensOn: day('2026-10-08'),
		channelDueOn: day('2026-11-15'),
		ministryDueOn: day('2026-11-30'),
		acceptedLateUntilOn: day('2026-12-31'),
		correctionsUntilOn: day('2027-03-31')
	};
	const office = (changes: Partial<FeedOffice>): FeedOffice => ({ kind: 'enterprise', year: dates, channelOwnOn: null, reports: [], ...changes });
	const said = (...offices: FeedOffice[]) => feedDates(offices).map(({ kind, on }) => `${kind} ${on}`);

	test('of an enterprise: its own date and the ministries’; extended, both move', () => {
		const report = { state: 'draft', extensionOn: null, owedOn: null, correctByOn: null } as const;
		expect(said(office({ reports: [report, report] }))).toEqual(['submit 2026-11-15', 'at_ministries 2026-11-30']);
		expect(said(office({ channelOwnOn: day('2026-11-10'), reports: [report] }))).toEqual(['submit 2026-11-10', 'at_ministries 2026-11-30']);
		expect(said(office({ reports: [{ ...report, extensionOn: day('2026-12-20') }] }))).toEqual(['at_ministries 2026-12-20']);
		expect(said(office({ reports: [{ ...report, state: 'returned', correctByOn: day('2026-11-22') }] }))).toEqual([
			'correct 2026-11-22',
			'at_ministries 2026-11-30'
		]);
		expect(said(office({ reports: [{ ...report, state: 'submitted' }] }))).toEqual(['at_ministries 2026-11-30']);
		expect(said(office({}))).toEqual([]);
	});

	test('of a channel two, of a ministry five; two offices in one calendar share what is the same', () => {
		expect(said(office({ kind: 'commerce', channelOwnOn: day('2026-11-12') }))).toEqual(['channel_due 2026-11-12', 'at_ministries 2026-11-30']);
		expect(said(office({ kind: 'mofcom' }))).toEqual([
			'opens 2026-10-08',
			'channel_due 2026-11-15',
			'at_ministries 2026-11-30',
			'accepted_late_until 2026-12-31',
			'corrections_until 2027-03-31'
		]);
		expect(said(office({ kind: 'commerce' }), office({ kind: 'industry' }))).toEqual(['channel_due 2026-11-15', 'at_ministries 2026-11-30']);
		expect(said(office({ kind: 'administration' }))).toEqual([]);
	});
});
