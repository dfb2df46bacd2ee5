import { describe, expect, test } from 'vitest';
import { submit } from '#lib/domain/report/annual-report.ts';
import { day } from '#lib/domain/day.ts';
import { EXTENSION_REASONS } from '#lib/domain/policy.ts';
import { extensionActionsOpen } from '#lib/domain/report/report-actions.ts';
import { isClosed, type ReportCase } from '#lib/domain/report/report-case.ts';
import {
	askExtension,
	closeReport,
	decideExtension,
	excuseByEvent,
	remarkOnExtension,
	reopenForOne,
	requestState,
	withdrawExtension,
	type ExtensionRequest,
	type ExtensionVerdict,
	type ExtensionWish
} from '#lib/domain/report/report-exceptions.ts';
import { accepted, at, drafted, forwarded, GOOD, notStarted, received, refusalOf, returnedBy, submitted, YEAR_2026 } from './report-cases.ts';

const WISH: ExtensionWish = { untilOn: '2026-12-10', reasonCode: 'audit_unfinished', reason: '审计报告12月5日出具。' };
const BEFORE = at('2026-11-10');
const request = (changes: Partial<ExtensionRequest> = {}): ExtensionRequest => ({
	untilOn: day('2026-12-10'),
	withdrawnAt: null,
	outcome: null,
	verdicts: {},
	...changes
});
const granted = (personId: string) => ({ verdict: 'granted' as const, personId });
const mofcom = { ministry: 'mofcom', personId: 'zhao' } as const;
const miit = { ministry: 'miit', personId: 'qian' } as const;
const say = (verdict: ExtensionVerdict, reason = '') => ({ verdict, reason });
const ask = (report: ReportCase, changes: Partial<ExtensionWish> = {}, now = BEFORE, standing: ExtensionRequest | null = null) =>
	askExtension(report, standing, { ...WISH, ...changes }, now);

describe('非方案规定: an extension is asked for with a reason, before the date', () => {
	test('by a report that is still with its enterprise', () => {
		for (const report of [notStarted(), drafted(), returnedBy(submitted(), 'commerce', BEFORE)])
			expect(accepted(ask(report))).toMatchObject({ untilOn: '2026-12-10', reasonCode: 'audit_unfinished' });
		for (const report of [submitted(), forwarded(), received(), accepted(excuseByEvent(drafted())).next])
			expect(refusalOf(ask(report))).toMatchObject({ code: 'wrong_state' });
		expect(refusalOf(ask(notStarted(), {}, at('2026-10-07')))).toEqual({ code: 'not_open_yet', opensOn: '2026-10-08' });
	});

	test('on the ministries’ date until midnight in Beijing, whatever earlier date its channel set', () => {
		for (const now of [new Date('2026-11-15T16:00:00Z'), at('2026-11-20'), new Date('2026-11-30T15:59:59.999Z')]) expect(ask(drafted(), {}, now).ok).toBe(true);
		expect(refusalOf(ask(drafted(), {}, new Date('2026-11-30T16:00:00Z')))).toEqual({ code: 'asked_too_late', askUntilOn: '2026-11-30' });
	});

	test('of one that was returned, of a year with another date, and of a duty that came up late, until that date too', () => {
		expect(ask(returnedBy(submitted(), 'commerce', BEFORE), {}, at('2026-11-28')).ok).toBe(true);
		const moved = { ...drafted(), year: { ...YEAR_2026, ministryDueOn: day('2026-12-05'), departureNo: '文号' } };
		expect(ask(moved, {}, at('2026-12-05')).ok).toBe(true);
		expect(refusalOf(ask(moved, {}, at('2026-12-06')))).toEqual({ code: 'asked_too_late', askUntilOn: '2026-12-05' });
		expect(ask({ ...drafted(), owedOn: day('2026-12-02') }, {}, at('2026-12-02')).ok).toBe(true);
		expect(refusalOf(ask({ ...drafted(), owedOn: day('2026-12-02') }, {}, at('2026-12-03')))).toMatchObject({ askUntilOn: '2026-12-02' });
	});

	test('for a day after the ministries’ date and within the days in which late reports are taken', () => {
		for (const untilOn of ['2026-11-30', '2027-01-01'])
			expect(refusalOf(ask(drafted(), { untilOn }))).toMatchObject({
				code: 'date_out_of_range',
				field: 'extensionOn',
				earliestOn: '2026-12-01',
				latestOn: '2026-12-31'
			});
		for (const untilOn of ['2026-12-01', '2026-12-31']) expect(accepted(ask(drafted(), { untilOn })).untilOn).toBe(untilOn);
		expect(refusalOf(ask(drafted(), { untilOn: '12月10日' }))).toMatchObject({ code: 'date_invalid' });
	});

	test('again before the date it has been given, and only for a later one', () => {
		const extended = { ...drafted(), extensionOn: day('2026-12-10') };
		expect(refusalOf(ask(extended, { untilOn: '2026-12-10' }, at('2026-12-05')))).toMatchObject({ code: 'date_out_of_range', earliestOn: '2026-12-11' });
		expect(ask(extended, { untilOn: '2026-12-20' }, at('2026-12-10', 23)).ok).toBe(true);
		expect(refusalOf(ask(extended, { untilOn: '2026-12-20' }, at('2026-12-11', 0)))).toMatchObject({ code: 'asked_too_late', askUntilOn: '2026-12-10' });
	});

	test('with a reason by code and in words', () => {
		expect(refusalOf(ask(drafted(), { reasonCode: 'busy' }))).toEqual({ code: 'reason_required', allowed: EXTENSION_REASONS });
		expect(refusalOf(ask(drafted(), { reason: '  ' }))).toMatchObject({ code: 'invalid_input', fields: { reason: 'missing' } });
	});

	test('one request at a time; a decided or withdrawn one makes room', () => {
		expect(refusalOf(ask(drafted(), {}, BEFORE, request()))).toEqual({ code: 'already_done' });
		for (const over of [request({ withdrawnAt: BEFORE }), request({ outcome: 'refused' })]) expect(ask(drafted(), {}, BEFORE, over).ok).toBe(true);
	});
});

describe('非方案规定: two people give it, one of each ministry', () => {
	test('one grant alone gives nothing', () => {
		const first = accepted(decideExtension(drafted(), request(), mofcom, say('granted'), BEFORE));
		expect(first).toMatchObject({ outcome: null, next: { extensionOn: null } });
		const second = accepted(decideExtension(drafted(), request({ verdicts: { mofcom: granted('zhao') } }), miit, say('granted'), BEFORE));
		expect(second).toMatchObject({ outcome: 'granted', next: { extensionOn: '2026-12-10', state: 'draft' } });
	});

	test('a person with a seat in both does not count twice', () => {
		const half = request({ verdicts: { mofcom: granted('zhao') } });
		expect(refusalOf(decideExtension(drafted(), half, { ministry: 'miit', personId: 'zhao' }, say('granted'), BEFORE))).toEqual({ code: 'same_person' });
	});

	test('a ministry says it once', () => {
		expect(refusalOf(decideExtension(drafted(), request({ verdicts: { mofcom: granted('zhao') } }), mofcom, say('refused', '不同意'), BEFORE))).toEqual({
			code: 'already_done'
		});
	});

	test('one refusal decides, and says why', () => {
		expect(refusalOf(decideExtension(drafted(), request(), miit, say('refused', ' '), BEFORE))).toMatchObject({
			code: 'invalid_input',
			fields: { reason: 'missing' }
		});
		const half = request({ verdicts: { mofcom: granted('zhao') } });
		expect(accepted(decideExtension(drafted(), half, miit, say('refused', '理由不充分'), BEFORE))).toMatchObject({
			outcome: 'refused',
			next: { extensionOn: null }
		});
	});

	test('after the ministries’ date still, while the day asked for is ahead; then only a refusal is left', () => {
		expect(decideExtension(drafted(), request(), mofcom, say('granted'), at('2026-12-10', 23)).ok).toBe(true);
		expect(refusalOf(decideExtension(drafted(), request(), mofcom, say('granted'), at('2026-12-11')))).toMatchObject({ code: 'date_out_of_range' });
		expect(requestState(drafted(), request(), at('2026-12-11'))).toBe('lapsed');
		expect(decideExtension(drafted(), request(), mofcom, say('refused', '已过期'), at('2026-12-11')).ok).toBe(true);
	});

	test('an extended report is on time until its new day ends, and late from then on', () => {
		const { next } = accepted(decideExtension(drafted(), request({ verdicts: { miit: granted('qian') } }), mofcom, say('granted'), BEFORE));
		expect(accepted(submit(next, GOOD, at('2026-12-10', 23))).late).toBe(false);
		expect(refusalOf(submit(next, GOOD, at('2026-12-11', 0)))).toMatchObject({ code: 'reason_required' });
	});
});

describe('what becomes of a request', () => {
	test('the enterprise takes it back until it is decided, also after one grant', () => {
		for (const open of [request(), request({ verdicts: { mofcom: granted('zhao') } })]) expect(withdrawExtension(drafted(), open).ok).toBe(true);
		for (const over of [request({ withdrawnAt: BEFORE }), request({ outcome: 'granted' })])
			expect(refusalOf(withdrawExtension(drafted(), over))).toEqual({ code: 'nothing_to_undo' });
		expect(refusalOf(decideExtension(drafted(), request({ withdrawnAt: BEFORE }), mofcom, say('granted'), BEFORE))).toEqual({ code: 'already_done' });
	});

	test('a department remarks on it while it is undecided', () => {
		expect(remarkOnExtension(drafted(), request(), '情况属实。').ok).toBe(true);
		expect(refusalOf(remarkOnExtension(drafted(), request(), ''))).toMatchObject({ code: 'invalid_input' });
		expect(refusalOf(remarkOnExtension(drafted(), request({ outcome: 'granted' }), '情况属实。'))).toEqual({ code: 'already_done' });
	});

	test.each([
		['open', drafted(), request()],
		['half_granted', drafted(), request({ verdicts: { miit: granted('qian') } })],
		['granted', drafted(), request({ outcome: 'granted' })],
		['refused', forwarded(), request({ outcome: 'refused' })],
		['withdrawn', drafted(), request({ withdrawnAt: BEFORE })],
		['lapsed', forwarded(), request()],
		['lapsed', accepted(excuseByEvent(drafted())).next, request()]
	] as const)('%s', (state, report, given) => expect(requestState(report, given, BEFORE)).toBe(state));

	test('the close of the year ends it: nothing more is decided, and it reads as lapsed', () => {
		const closed = closeReport(drafted(), at('2027-01-05')).next;
		expect(refusalOf(decideExtension(closed, request(), mofcom, say('refused', '晚'), at('2027-01-06')))).toMatchObject({ code: 'year_closed' });
		expect(refusalOf(withdrawExtension(closed, request()))).toMatchObject({ code: 'year_closed' });
		expect(requestState(closed, request(), at('2027-01-06'))).toBe('lapsed');
		const reopened = accepted(reopenForOne(closed, '受灾', at('2027-01-06'))).next;
		expect(isClosed(reopened)).toBe(false);
		expect(reopened.state).toBe('draft');
	});
});

describe('whose move it is', () => {
	const open = (kind: 'enterprise' | 'commerce' | 'mofcom' | 'miit', duty: 'handler' | 'approver' | 'reader', given: ExtensionRequest | null, personId = 'x') =>
		extensionActionsOpen(drafted(), given, { kind, duty, personId }, BEFORE);

	test('an enterprise asks and takes back, a department remarks, an approver of a ministry decides', () => {
		expect(open('enterprise', 'handler', null)).toEqual(['askExtension']);
		expect(open('enterprise', 'handler', request())).toEqual(['withdrawExtension']);
		expect(open('commerce', 'handler', request())).toEqual(['remarkOnExtension']);
		expect(open('mofcom', 'approver', request())).toEqual(['decideExtension']);
		for (const [kind, duty] of [
			['enterprise', 'reader'],
			['commerce', 'reader'],
			['mofcom', 'handler'],
			['miit', 'reader']
		] as const)
			expect(open(kind, duty, request())).toEqual([]);
	});

	test('a ministry that has spoken waits for the other', () => {
		const half = request({ verdicts: { mofcom: granted('zhao') } });
		expect(open('mofcom', 'approver', half)).toEqual([]);
		expect(open('miit', 'approver', half)).toEqual(['decideExtension']);
		expect(open('miit', 'approver', half, 'zhao')).toEqual([]);
	});
});
