import { describe, expect, it } from 'vitest';
import {
	forward,
	giveOpinion,
	open,
	receive,
	returnReport,
	saveAnswer,
	startDraft,
	submit,
	undoReturn,
	withdraw,
	withdrawOpinion
} from '#lib/domain/report/annual-report.ts';
import { day } from '#lib/domain/day.ts';
import { DEPARTMENTS, DUTIES, MINISTRIES } from '#lib/domain/parties.ts';
import { dutyRefusal } from '#lib/domain/duties.ts';
import { actionsOpen, REPORT_MOVES } from '#lib/domain/report/report-actions.ts';
import { courtOf } from '#lib/domain/report/court.ts';
import { isApproved, isClosed, onTime, type ReportCase } from '#lib/domain/report/report-case.ts';
import { outcomeOf } from '#lib/domain/report/year-outcome.ts';
import { closeReport, decideExcuse, excuse, excuseByEvent, extend, liftExcuse, reopenForOne, waitsRefusal } from '#lib/domain/report/report-exceptions.ts';
import {
	accepted,
	approved,
	approvedBy,
	at,
	drafted,
	edited,
	forwarded,
	forwardedFrom,
	GOOD,
	notStarted,
	openedBy,
	received,
	refusalOf,
	returnedBy,
	submitted
} from './report-cases.ts';

const NOW = at('2026-11-13');
const LETTER = { number: '1', on: '2026-11-12' };
const ORDER = { id: 't1', reasonCode: 'figure_wrong', correctByOn: '2026-11-20', comments: 0, version: 1 };
const CLOSED_AT = at('2027-04-02');
const closed = (report: ReportCase): ReportCase => closeReport(report, CLOSED_AT).next;
const asked = (): ReportCase => accepted(excuse(drafted(), 'closed')).next;
const excused = (): ReportCase => accepted(decideExcuse(asked(), 'confirmed', '')).next;

/** Every state, some in more than one form. */
const CASES: Readonly<Record<string, () => ReportCase>> = {
	not_started: notStarted,
	draft: drafted,
	submitted: () => submitted(),
	'submitted, half approved': () => approvedBy(submitted(), 'commerce'),
	'submitted, approved': () => approved(),
	'returned by a department': () => returnedBy(openedBy(submitted(), 'commerce'), 'commerce'),
	'returned, touched': () => edited(returnedBy(submitted(), 'industry')),
	forwarded: () => forwarded(),
	'forwarded, half received': () => accepted(receive(forwarded(), 'miit', 1, NOW)).next,
	received: () => received(),
	'returned by a ministry': () => returnedBy(received(), 'mofcom', at('2026-11-25')),
	excused,
	not_filed: () => closed(drafted()),
	'closed while submitted': () => closed(submitted()),
	'closed while forwarded': () => closed(forwarded()),
	'closed when received': () => closed(received())
};

/** Which states each move starts from; every other state refuses it as wrong_state or year_closed. */
const STARTS: Readonly<Record<string, { readonly from: readonly string[]; readonly move: (report: ReportCase) => { readonly ok: boolean } }>> = {
	startDraft: { from: ['not_started'], move: (r) => startDraft(r, NOW) },
	saveAnswer: { from: ['draft', 'returned'], move: (r) => saveAnswer(r, NOW) },
	submit: { from: ['draft', 'returned'], move: (r) => submit(r, GOOD, NOW) },
	withdraw: { from: ['submitted'], move: (r) => withdraw({ ...r, openedAt: {} }, NOW) },
	giveOpinion: { from: ['submitted'], move: (r) => giveOpinion({ ...r, opinions: {} }, 'commerce', r.currentVersion, NOW) },
	withdrawOpinion: { from: ['submitted'], move: (r) => withdrawOpinion({ ...r, opinions: { commerce: r.currentVersion } }, 'commerce') },
	'return by a department': { from: ['submitted'], move: (r) => returnReport(r, 'commerce', { ...ORDER, version: r.currentVersion }, NOW) },
	'return by a ministry': { from: ['forwarded', 'received'], move: (r) => returnReport(r, 'miit', { ...ORDER, version: r.currentVersion }, NOW) },
	forward: {
		from: ['submitted'],
		move: (r) =>
			forward(
				[{ reportId: 'r', version: r.currentVersion, report: { ...r, opinions: { commerce: r.currentVersion, industry: r.currentVersion } } }],
				LETTER,
				NOW
			)
	},
	excuse: { from: ['not_started', 'draft'], move: (r) => excuse(r, 'merged') },
	liftExcuse: { from: ['excused'], move: (r) => liftExcuse(r) }
};

describe('state × move', () => {
	for (const [moveName, { from, move }] of Object.entries(STARTS)) {
		for (const [caseName, build] of Object.entries(CASES)) {
			const report = build();
			const allowed = from.includes(report.state) && !isClosed(report);
			it(`${moveName} from ${caseName}: ${allowed ? 'accepted' : 'refused'}`, () => {
				const decision = move(report);
				expect(decision.ok).toBe(allowed);
				if (!allowed)
					expect(decision).toMatchObject({ refusal: isClosed(report) ? { code: 'year_closed', year: 2026 } : { code: 'wrong_state', state: report.state } });
			});
		}
	}
});

describe('every state has a way on', () => {
	const actors = [
		...DUTIES.map((duty) => ({ kind: 'enterprise', duty }) as const),
		...DEPARTMENTS.flatMap((kind) => DUTIES.map((duty) => ({ kind, duty }))),
		...MINISTRIES.flatMap((kind) => DUTIES.map((duty) => ({ kind, duty })))
	];
	it.each(Object.keys(CASES))('%s', (name) => {
		const report = CASES[name]?.();
		if (!report) throw new Error(name);
		const moves = new Set(actors.flatMap((actor) => actionsOpen(report, actor, NOW)));
		expect(moves.size).toBeGreaterThan(0);
		if (isClosed(report)) for (const move of moves) expect(['reopenForOne', 'receive']).toContain(move);
	});
	it('readers, administrators, auditors and experts move nothing', () => {
		for (const build of Object.values(CASES)) {
			for (const kind of ['enterprise', 'commerce', 'mofcom'] as const) expect(actionsOpen(build(), { kind, duty: 'reader' }, NOW)).toEqual([]);
			for (const kind of ['administration', 'audit', 'expert_pool'] as const) expect(actionsOpen(build(), { kind, duty: 'approver' }, NOW)).toEqual([]);
		}
	});
	it('only an approver binds an organisation', () => {
		expect(dutyRefusal({ kind: 'enterprise', duty: 'handler' }, 'submit')).toEqual({ code: 'not_your_duty', needed: ['approver'] });
		expect(dutyRefusal({ kind: 'enterprise', duty: 'approver' }, 'submit')).toBeNull();
		expect(dutyRefusal({ kind: 'commerce', duty: 'handler' }, 'giveOpinion')).toEqual({ code: 'not_your_duty', needed: ['approver'] });
		for (const move of ['submit', 'giveOpinion', 'forward'] as const) expect(dutyRefusal({ kind: 'mofcom', duty: 'approver' }, move)).not.toBeNull();
		expect(REPORT_MOVES.every((move) => dutyRefusal({ kind: 'administration', duty: 'approver' }, move) !== null)).toBe(true);
	});
	it('shows exactly the moves of the day', () => {
		expect(actionsOpen(drafted(), { kind: 'enterprise', duty: 'approver' }, NOW)).toEqual(['saveAnswer', 'submit', 'excuse']);
		expect(actionsOpen(submitted(), { kind: 'enterprise', duty: 'approver' }, NOW)).toEqual(['withdraw']);
		expect(actionsOpen(submitted(), { kind: 'commerce', duty: 'approver' }, NOW)).toEqual(['open', 'giveOpinion', 'returnReport']);
		expect(actionsOpen(submitted(), { kind: 'group', duty: 'approver' }, NOW)).toEqual([]);
		expect(actionsOpen(approved(), { kind: 'industry', duty: 'approver' }, NOW)).toEqual(['withdrawOpinion', 'returnReport', 'forward']);
		expect(actionsOpen(forwarded(), { kind: 'miit', duty: 'handler' }, NOW)).toEqual(['returnReport', 'receive']);
	});
});

describe('submitting', () => {
	it('makes version 1, then 2, each without opinions of its own', () => {
		const first = accepted(submit(drafted(), GOOD, NOW));
		expect(first).toMatchObject({ version: 1, late: false, lateReasonCode: null, answersReturnId: null, next: { state: 'submitted', draftBasedOn: null } });
		const again = accepted(submit(edited(returnedBy(approvedBy(first.next, 'industry'), 'commerce')), GOOD, NOW));
		expect(again).toMatchObject({ version: 2, answersReturnId: 't1', next: { openedAt: {} } });
		expect(isApproved(again.next)).toBe(false);
	});
	it('is refused while checks stand in the way, and before the year opens', () => {
		expect(refusalOf(submit(drafted(), { ...GOOD, blockingChecks: ['missing/revenue'] }, NOW))).toEqual({ code: 'incomplete', checks: ['missing/revenue'] });
		expect(refusalOf(startDraft(notStarted(), new Date('2026-10-07T15:59:59.999Z')))).toEqual({ code: 'not_open_yet', opensOn: '2026-10-08' });
		expect(startDraft(notStarted(), new Date('2026-10-07T16:00:00Z')).ok).toBe(true);
	});
	it('at 15:59:59.999Z is on time and at 16:00:00Z late with a reason (方案第十一条)', () => {
		expect(accepted(submit(drafted(), GOOD, new Date('2026-11-30T15:59:59.999Z'))).late).toBe(false);
		const midnight = new Date('2026-11-30T16:00:00Z');
		expect(refusalOf(submit(drafted(), GOOD, midnight))).toMatchObject({ code: 'reason_required' });
		expect(refusalOf(submit(drafted(), { ...GOOD, lateReasonCode: 'lazy' }, midnight))).toMatchObject({ code: 'reason_required' });
		expect(accepted(submit(drafted(), { ...GOOD, lateReasonCode: 'technical' }, midnight))).toMatchObject({ late: true, lateReasonCode: 'technical' });
	});
	it('in an extension is not late', () => {
		const extended = accepted(extend(drafted(), '2026-12-10', NOW)).next;
		expect(accepted(submit(extended, GOOD, at('2026-12-10', 23))).late).toBe(false);
		expect(refusalOf(submit(extended, GOOD, at('2026-12-11', 0)))).toMatchObject({ code: 'reason_required' });
	});
	it('late is still taken until the year is closed', () => {
		expect(submit(drafted(), { ...GOOD, lateReasonCode: 'other' }, at('2027-03-30')).ok).toBe(true);
		expect(refusalOf(submit(closed(drafted()), GOOD, at('2027-05-01')))).toMatchObject({ code: 'year_closed' });
	});
	it('again is refused when nothing changed and nothing was answered, or a comment has no answer', () => {
		const sentBack = returnedBy(submitted(), 'commerce', NOW, 2);
		expect(refusalOf(submit(sentBack, { ...GOOD, changedSinceReturn: false }, NOW))).toEqual({ code: 'nothing_changed' });
		expect(refusalOf(submit(sentBack, GOOD, NOW))).toEqual({ code: 'comments_unanswered', count: 2 });
		const answered = { ...sentBack, return: sentBack.return && { ...sentBack.return, commentsUnanswered: 0 } };
		expect(submit(answered, { ...GOOD, changedSinceReturn: false, answeredComments: 2 }, NOW).ok).toBe(true);
	});
});

describe('withdrawing', () => {
	it('is possible until a department first opens the version', () => {
		expect(accepted(withdraw(submitted(), NOW)).next).toMatchObject({ state: 'draft', draftBasedOn: 1, submittedAt: null, withdrawnAt: NOW });
		expect(refusalOf(withdraw(openedBy(submitted(), 'industry'), NOW))).toMatchObject({ code: 'already_opened', department: 'industry' });
		expect(refusalOf(withdraw(approvedBy(submitted(), 'commerce'), NOW))).toMatchObject({ code: 'already_opened', department: 'commerce' });
	});
	it('of a resubmission goes back to returned, with the comments still to answer', () => {
		const again = accepted(submit(edited(returnedBy(submitted(), 'commerce')), GOOD, NOW)).next;
		expect(accepted(withdraw(again, NOW)).next).toMatchObject({ state: 'returned', draftBasedOn: 2, currentVersion: 2 });
	});
	it('opening twice records the first time only', () => {
		const once = openedBy(submitted(), 'commerce', at('2026-11-11'));
		expect(accepted(open(once, 'commerce', at('2026-11-12')))).toMatchObject({ first: false, next: once });
	});
});

describe('opinions (附件2 asks each department)', () => {
	it('are given in parallel; a province needs both, a group one', () => {
		expect(accepted(giveOpinion(submitted(), 'industry', 1, NOW)).approvedByAll).toBe(false);
		expect(accepted(giveOpinion(approvedBy(submitted(), 'industry'), 'commerce', 1, NOW)).approvedByAll).toBe(true);
		expect(accepted(giveOpinion(submitted('central_group'), 'group', 1, NOW)).approvedByAll).toBe(true);
	});
	it('of the wrong kind of channel look like a stranger’s', () => {
		expect(refusalOf(giveOpinion(submitted(), 'group', 1, NOW))).toEqual({ code: 'not_found' });
		expect(refusalOf(giveOpinion(submitted('central_group'), 'commerce', 1, NOW))).toEqual({ code: 'not_found' });
	});
	it('on an older version are refused, and an old one does not count', () => {
		const second = accepted(submit(edited(returnedBy(approved(), 'industry')), GOOD, NOW)).next;
		expect(second.opinions.commerce).toBe(1);
		expect(refusalOf(giveOpinion(second, 'commerce', 1, NOW))).toEqual({ code: 'stale_version', expected: 1, actual: 2 });
		expect(refusalOf(forward([{ reportId: 'r', version: 2, report: approvedBy(second, 'industry') }], LETTER, NOW))).toEqual({
			code: 'opinion_missing',
			departments: ['commerce'],
			reports: ['r']
		});
	});
	it('are taken back by their own department, before forwarding', () => {
		const half = accepted(withdrawOpinion(approved(), 'commerce')).next;
		expect(half.opinions).toEqual({ industry: 1 });
		expect(refusalOf(withdrawOpinion(half, 'commerce'))).toEqual({ code: 'nothing_to_undo' });
		expect(refusalOf(giveOpinion(approved(), 'commerce', 1, NOW))).toEqual({ code: 'already_done' });
	});
});

describe('returning', () => {
	it('needs a reason of the list and a date between today and the last day for corrections', () => {
		expect(refusalOf(returnReport(submitted(), 'commerce', { ...ORDER, reasonCode: null }, NOW))).toMatchObject({ code: 'reason_required' });
		expect(refusalOf(returnReport(submitted(), 'commerce', { ...ORDER, correctByOn: '2026-11-12' }, NOW))).toMatchObject({
			code: 'date_out_of_range',
			earliestOn: '2026-11-13',
			latestOn: '2027-03-31'
		});
		expect(refusalOf(returnReport(submitted(), 'commerce', { ...ORDER, correctByOn: 'soon' }, NOW))).toMatchObject({ code: 'date_invalid' });
		expect(returnReport(submitted(), 'commerce', { ...ORDER, correctByOn: '2027-03-31' }, NOW).ok).toBe(true);
		expect(refusalOf(returnReport(submitted(), 'commerce', { ...ORDER, version: 7 }, NOW))).toMatchObject({ code: 'stale_version' });
	});
	it('unlocks the answers, and the first edit ends the time for undoing', () => {
		const sentBack = returnedBy(submitted(), 'commerce');
		const first = accepted(saveAnswer(sentBack, NOW));
		expect(first).toMatchObject({ touchesReturnId: 't1', next: { draftBasedOn: 1 } });
		expect(accepted(saveAnswer(first.next, NOW)).touchesReturnId).toBeNull();
		expect(refusalOf(undoReturn(first.next, 'commerce', NOW))).toEqual({ code: 'already_touched' });
	});
	it('is undone only by the party that returned, back to where it was', () => {
		const sentBack = returnedBy(approved(), 'commerce');
		expect(refusalOf(undoReturn(sentBack, 'industry', NOW))).toEqual({ code: 'nothing_to_undo' });
		expect(accepted(undoReturn(sentBack, 'commerce', NOW)).next).toMatchObject({ state: 'submitted', opinions: { industry: 1 } });
		expect(accepted(undoReturn(returnedBy(received(), 'miit', at('2026-11-25')), 'miit', at('2026-11-25'))).next.state).toBe('received');
	});
	it('by a department lapses its own opinion and keeps the other’s on record', () => {
		const decision = accepted(returnReport(approved(), 'commerce', ORDER, NOW));
		expect(decision.opinionLapsed).toBe(true);
		expect(decision.next.opinions).toEqual({ industry: 1 });
	});
});

describe('forwarding and receiving (方案第十一条)', () => {
	it('needs a letter with number and date', () => {
		const items = [{ reportId: 'r', version: 1, report: approved() }];
		expect(refusalOf(forward(items, { number: ' ', on: '' }, NOW))).toEqual({ code: 'letter_missing', fields: ['number', 'date'] });
		expect(refusalOf(forward(items, { number: '1', on: '2026-11-14' }, NOW))).toMatchObject({ code: 'date_out_of_range', field: 'letterOn' });
	});
	it('takes many or none, naming each report that lacks an opinion', () => {
		const items = [
			{ reportId: 'a', version: 1, report: approved() },
			{ reportId: 'b', version: 1, report: approvedBy(submitted(), 'commerce') },
			{ reportId: 'c', version: 1, report: submitted() }
		];
		expect(refusalOf(forward(items, LETTER, NOW))).toEqual({ code: 'opinion_missing', departments: ['industry', 'commerce'], reports: ['b', 'c'] });
		expect(
			accepted(forward([...items.slice(0, 1), { reportId: 'd', version: 1, report: approved('central_group') }], LETTER, NOW)).forwarded.map(
				({ reportId, outcome }) => [reportId, outcome]
			)
		).toEqual([
			['a', 'on_time'],
			['d', 'on_time']
		]);
	});
	it('is refused for a version that is no longer the current one', () => {
		expect(refusalOf(forward([{ reportId: 'r', version: 0, report: approved() }], LETTER, NOW))).toEqual({ code: 'stale_version', expected: 0, actual: 1 });
		expect(refusalOf(receive(forwarded(), 'miit', 2, NOW))).toEqual({ code: 'stale_version', expected: 2, actual: 1 });
	});
	it('judges on time by the exclusive end of 30 November', () => {
		const forwardAt = (instant: string): boolean | null => onTime(forwardedFrom(approved(), new Date(instant)), at('2027-01-01'));
		expect(forwardAt('2026-11-30T15:59:59.999Z')).toBe(true);
		expect(forwardAt('2026-11-30T16:00:00.000Z')).toBe(false);
		expect(onTime(submitted(), new Date('2026-11-30T15:59:59.999Z'))).toBeNull();
		expect(onTime(submitted(), new Date('2026-11-30T16:00:00.000Z'))).toBe(false);
		expect(onTime({ ...forwarded(), extensionOn: day('2026-12-10'), firstForwardedAt: at('2026-12-10') }, at('2027-01-01'))).toBe(true);
	});
	it('asks why it is late of whoever had it when a late day began, also when it was sent back', () => {
		const sentBack = (on: string) => edited(returnedBy(submitted(), 'commerce', at(on)), at(on, 11));
		const again = (report: ReportCase, now: Date) => submit(report, { ...GOOD, lateReasonCode: null }, now);
		expect(refusalOf(again(sentBack('2026-11-28'), at('2026-12-03')))).toMatchObject({ code: 'reason_required' });
		// The day it was sent back and came again on had begun with the department.
		expect(again(sentBack('2026-12-03'), at('2026-12-03', 15)).ok).toBe(true);
		expect(again(sentBack('2026-11-20'), at('2026-11-30')).ok).toBe(true);
		expect(again(edited(returnedBy(forwarded(), 'mofcom', at('2026-12-05')), at('2026-12-05')), at('2026-12-09')).ok).toBe(true);
	});
	it.each([
		['2026-11-30', null, 'on_time'],
		['2026-12-01', null, 'late'],
		['2026-11-20', '2026-12-10', 'extended'],
		['2026-12-10', '2026-12-10', 'extended'],
		['2026-12-11', '2026-12-10', 'late']
	] as const)('forwarded on %s with an extension until %s it is said to be %s, never two things (方案第十一条)', (on, extensionOn, outcome) => {
		const report = { ...approved(), extensionOn: extensionOn === null ? null : day(extensionOn) };
		const [moved] = accepted(forward([{ reportId: 'r', version: 1, report }], LETTER, at(on))).forwarded;
		expect(moved?.outcome).toBe(outcome);
		expect(outcomeOf(moved?.next ?? report, at('2027-02-01'))).toBe(outcome);
	});
	it('keeps the first on-time date through a correction', () => {
		const corrected = accepted(submit(edited(returnedBy(forwarded(), 'mofcom', at('2026-12-05')), at('2026-12-06')), GOOD, at('2026-12-07')));
		expect(corrected.lateReasonCode).toBeNull();
		expect(corrected.next).toMatchObject({ forwardedAt: null, receivedAt: null, firstForwardedAt: at('2026-11-20') });
		const again = forwardedFrom(approvedBy(approvedBy(corrected.next, 'commerce'), 'industry'), at('2026-12-10'));
		expect(again.firstForwardedAt).toEqual(at('2026-11-20'));
		expect(again.forwardedAt).toEqual(at('2026-12-10'));
		expect(onTime(again, at('2027-01-01'))).toBe(true);
	});
	it('is received when both ministries have the current version, each once', () => {
		const one = accepted(receive(forwarded(), 'mofcom', 1, NOW));
		expect(one).toMatchObject({ receivedByBoth: false, next: { state: 'forwarded' } });
		expect(refusalOf(receive(one.next, 'mofcom', 1, NOW))).toEqual({ code: 'already_done' });
		expect(accepted(receive(one.next, 'miit', 1, NOW))).toMatchObject({ receivedByBoth: true, next: { state: 'received', receivedAt: NOW } });
	});
	it('of a corrected version starts the receipt again', () => {
		const second = accepted(submit(edited(returnedBy(received(), 'mofcom', at('2026-11-25')), at('2026-11-25')), GOOD, at('2026-11-26'))).next;
		const again = forwardedFrom(approvedBy(approvedBy(second, 'commerce'), 'industry'), at('2026-11-28'));
		expect(accepted(receive(again, 'miit', 2, at('2026-11-29'))).receivedByBoth).toBe(false);
	});
});

describe('closing the year (方案第十一条: what is due is due at the ministries, through the channel)', () => {
	const underWay = (): ReportCase => accepted(submit(edited(returnedBy(received(), 'mofcom', at('2026-12-05'))), GOOD, at('2026-12-06'))).next;
	it.each<[string, () => ReportCase, string, string | null]>([
		['not begun', notStarted, 'not_filed', null],
		['a draft', drafted, 'not_filed', null],
		['withdrawn: no version stands', () => accepted(withdraw(submitted(), NOW)).next, 'not_filed', null],
		['returned by a department, untouched', () => returnedBy(submitted(), 'commerce'), 'not_filed', null],
		['returned by a department, begun to be corrected', () => edited(returnedBy(submitted(), 'industry')), 'not_filed', null],
		['with both departments', () => submitted(), 'not_delivered', null],
		['half approved', () => approvedBy(submitted(), 'commerce'), 'not_delivered', null],
		['approved and never forwarded', () => approved(), 'not_delivered', null],
		['of a group, never forwarded', () => approved('central_group'), 'not_delivered', null],
		['forwarded, received by nobody', () => forwarded(), 'received', 'reception'],
		['forwarded, received by one', () => accepted(receive(forwarded(), 'miit', 1, NOW)).next, 'received', 'reception'],
		['received', () => received(), 'received', null],
		['returned by a ministry', () => returnedBy(received(), 'mofcom', at('2026-12-05')), 'received', 'correction'],
		['returned by a ministry, begun to be corrected', () => edited(returnedBy(forwarded(), 'miit', at('2026-12-05'))), 'received', 'correction'],
		['its correction with the departments', underWay, 'received', 'correction'],
		['its correction returned by a department', () => returnedBy(underWay(), 'commerce', at('2026-12-07')), 'received', 'correction'],
		['excused', excused, 'excused', null]
	])('%s → %s', (_, build, outcome, settled) => {
		const done = closeReport(build(), CLOSED_AT);
		expect([done.outcome, done.next.state, done.settled]).toEqual([outcome, outcome, settled]);
		expect(courtOf(done.next)).toBe('nobody');
		expect(isClosed(done.next)).toBe(true);
	});
	it('says in one word what became of it, and of a year closed before, which kept its states, the same is computed', () => {
		const later = at('2027-05-01');
		const before = (report: ReportCase): ReportCase => ({ ...report, year: { ...report.year, closedAt: CLOSED_AT } });
		for (const build of [notStarted, drafted, () => returnedBy(submitted(), 'commerce')])
			expect([outcomeOf(closed(build()), later), outcomeOf(before(build()), later)]).toEqual(['not_filed', 'not_filed']);
		for (const build of [() => submitted(), () => approved()])
			expect([outcomeOf(closed(build()), later), outcomeOf(before(build()), later)]).toEqual(['not_delivered', 'not_delivered']);
		expect(outcomeOf(closed(underWay()), later)).toBe('on_time');
		expect(outcomeOf(before(returnedBy(received(), 'mofcom', at('2026-12-05'))), later)).toBe('on_time');
	});
	it('lets a reopened report go on where it stood: at the channel, at its correction, at its draft', () => {
		const reopened = (report: ReportCase): ReportCase => accepted(reopenForOne(closed(report), 'reason', at('2027-04-05'))).next;
		expect([approved(), returnedBy(submitted(), 'commerce'), drafted(), notStarted()].map((report) => reopened(report).state)).toEqual([
			'submitted',
			'returned',
			'draft',
			'not_started'
		]);
		expect(courtOf(reopened(approved()))).toBe('channel');
		expect(closeReport(reopened(approved()), at('2027-05-01')).outcome).toBe('not_delivered');
		expect(outcomeOf(reopened(approved()), at('2027-04-06'))).toBe('late');
	});
	it('waits for what the ministries have not answered', () => {
		expect(waitsRefusal({ excuses: 0, extensions: 0 })).toBeNull();
		expect(waitsRefusal({ excuses: 1, extensions: 0 })).toEqual({ code: 'closing_waits', excuses: 1, extensions: 0 });
		expect(waitsRefusal({ excuses: 0, extensions: 2 })).toMatchObject({ extensions: 2 });
	});
	it('is lifted for one report with a reason, which then goes on', () => {
		expect(refusalOf(reopenForOne(closed(drafted()), ' ', at('2027-04-05')))).toMatchObject({ code: 'reason_required' });
		const reopened = accepted(reopenForOne(closed(drafted()), 'audit report came late', at('2027-04-05'))).next;
		expect(reopened.state).toBe('draft');
		expect(submit(reopened, { ...GOOD, lateReasonCode: 'audit_unfinished' }, at('2027-04-06')).ok).toBe(true);
		expect(refusalOf(reopenForOne(reopened, 'again', at('2027-04-06')))).toEqual({ code: 'already_done' });
		expect(isClosed(closeReport(reopened, at('2027-04-10')).next)).toBe(true);
	});
});

describe('unable to file and extension', () => {
	it('needs a reason of the list and can be taken back to where it stood', () => {
		expect(refusalOf(excuse(drafted(), 'busy'))).toMatchObject({ code: 'reason_required' });
		expect(accepted(liftExcuse(excused())).next.state).toBe('draft');
		expect(accepted(liftExcuse(accepted(excuse(notStarted(), 'closed')).next)).next.state).toBe('not_started');
	});
	it('is asked for until a ministry confirms it: state and court stay, and nobody asks twice', () => {
		expect(asked()).toMatchObject({ state: 'draft', excusePending: true });
		expect(courtOf(asked())).toBe('enterprise');
		expect(refusalOf(excuse(asked(), 'closed'))).toEqual({ code: 'already_done' });
		expect(excused()).toMatchObject({ state: 'excused', excusePending: false });
		expect(accepted(liftExcuse(asked())).next).toMatchObject({ state: 'draft', excusePending: false });
		expect(refusalOf(decideExcuse(drafted(), 'confirmed', ''))).toEqual({ code: 'already_done' });
		expect(refusalOf(decideExcuse(asked(), 'refused', ' '))).toMatchObject({ code: 'invalid_input' });
		expect(actionsOpen(asked(), { kind: 'miit', duty: 'approver' }, NOW)).toContain('decideExcuse');
		expect(actionsOpen(asked(), { kind: 'commerce', duty: 'approver' }, NOW)).not.toContain('decideExcuse');
	});
	it('is never late while it waits and once it is confirmed; refused, it is late from the original date', () => {
		const later = at('2027-01-10');
		expect([asked(), excused()].map((report) => outcomeOf(report, later))).toEqual(['excuse_pending', 'excused']);
		const refused = accepted(decideExcuse(asked(), 'refused', '企业仍存续')).next;
		expect(outcomeOf(refused, later)).toBe('late');
		expect(onTime(refused, new Date('2026-11-30T16:00:00Z'))).toBe(false);
	});
	it('is taken back by whoever files after all, and counts as confirmed when a ministry records the end', () => {
		expect(accepted(submit(asked(), GOOD, NOW)).next).toMatchObject({ state: 'submitted', excusePending: false });
		for (const report of [drafted(), asked()]) expect(accepted(excuseByEvent(report)).next).toMatchObject({ state: 'excused', excusePending: false });
		expect(refusalOf(excuseByEvent(submitted()))).toMatchObject({ code: 'wrong_state' });
	});
	it('lies after 30 November and within the days late reports are taken', () => {
		expect(refusalOf(extend(drafted(), '2026-11-30', NOW))).toMatchObject({ code: 'date_out_of_range', earliestOn: '2026-12-01', latestOn: '2026-12-31' });
		expect(refusalOf(extend(drafted(), '2027-01-01', NOW))).toMatchObject({ code: 'date_out_of_range' });
		expect(accepted(extend(submitted(), '2026-12-31', NOW)).extensionOn).toBe('2026-12-31');
		expect(refusalOf(extend(forwarded(), '2026-12-31', NOW))).toMatchObject({ code: 'wrong_state' });
	});
});
