import { describe, expect, it } from 'vitest';
import { addDays, day, type Day } from '#lib/domain/day.ts';
import { OFFICE_LATE_REASONS } from '#lib/domain/policy.ts';
import { asksLateReason, submit } from '#lib/domain/report/annual-report.ts';
import { courtOf } from '#lib/domain/report/court.ts';
import { lateDayFactsOf, latenessOfCase, reasonOfOffice, spanToExplain } from '#lib/domain/report/late-reason.ts';
import { askedOf, lateDaysOf, latenessOf, ownersAsked, type LateDayFacts, type LateReasonOwner, type Transition } from '#lib/domain/report/lateness.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import { COURTS, type Court } from '#lib/domain/report-state.ts';
import { accepted, approvedBy, at, drafted, edited, forwardedFrom, GOOD, openedBy, returnedBy } from './report-cases.ts';

const FACTS: LateDayFacts = { dueOn: day('2026-11-30'), firstForwardedAt: null, transitions: [], closedAt: null, unableToFile: false };
const hand = (on: string, court: Court, hours = 10): Transition => ({ at: at(on, hours), court });
const span = (fromOn: string, untilOn: string, days: number) => ({ fromOn, untilOn, days });

describe('who owes a reason for which late days (方案第十一条; domain.md 2)', () => {
	// 1, 2 Dec enterprise · 3, 4 both departments · 5, 6, 7 industry · 8, 9 channel
	const passed = {
		...FACTS,
		transitions: [hand('2026-12-02', 'departments'), hand('2026-12-04', 'industry'), hand('2026-12-07', 'channel')]
	};
	it.each<[LateReasonOwner, string, Day | null, object | null]>([
		['enterprise', '2026-12-09', null, span('2026-12-01', '2026-12-02', 2)],
		['commerce', '2026-12-04', null, span('2026-12-03', '2026-12-04', 2)],
		['industry', '2026-12-07', null, span('2026-12-03', '2026-12-07', 5)],
		['channel', '2026-12-07', null, null],
		['channel', '2026-12-08', null, span('2026-12-08', '2026-12-08', 1)],
		['channel', '2026-12-09', null, span('2026-12-08', '2026-12-09', 2)],
		['group', '2026-12-09', null, null],
		// said already up to a day: only what came since
		['industry', '2026-12-07', day('2026-12-05'), span('2026-12-06', '2026-12-07', 2)],
		['industry', '2026-12-09', day('2026-12-07'), null]
	])('%s, asked on %s with a reason up to %s: %j', (owner, on, explainedUntilOn, expected) => {
		expect(spanToExplain(passed, owner, explainedUntilOn, at(on))).toEqual(expected);
	});

	it('a day between that was somebody else’s lies inside the span and is not counted', () => {
		const back = { ...FACTS, transitions: [hand('2026-12-01', 'commerce'), hand('2026-12-02', 'enterprise'), hand('2026-12-04', 'commerce')] };
		expect(spanToExplain(back, 'commerce', null, at('2026-12-05'))).toEqual(span('2026-12-02', '2026-12-05', 2));
	});

	it.each<[string, Partial<LateDayFacts>]>([
		['in time', { dueOn: day('2026-12-31') }],
		['unable to file', { unableToFile: true }],
		['forwarded once: it is judged by that', { firstForwardedAt: at('2026-12-09') }]
	])('%s: nobody is asked', (_, changes) => {
		for (const owner of ['enterprise', 'commerce', 'industry', 'channel'] as const)
			expect(spanToExplain({ ...passed, ...changes }, owner, null, at('2026-12-20'))).toBeNull();
	});

	it('filed though not owed is never late: neither its enterprise nor an office is asked', () => {
		const report = { ...drafted(), voluntary: true };
		expect(asksLateReason(report, at('2026-12-05'))).toBe(false);
		expect(spanToExplain(lateDayFactsOf(report, []), 'enterprise', null, at('2026-12-05'))).toBeNull();
		expect(latenessOfCase(report, null, [], at('2026-12-05'))).toMatchObject({ daysLate: 0, daysByOwner: {}, submitted: { daysLate: 0 } });
	});

	it('the ministries and nobody are asked of no day; a day with both departments is asked of each', () => {
		expect(COURTS.map((court) => [court, askedOf(court)])).toEqual([
			['enterprise', ['enterprise']],
			['commerce', ['commerce']],
			['industry', ['industry']],
			['departments', ['commerce', 'industry']],
			['group', ['group']],
			['channel', ['channel']],
			['ministries', []],
			['nobody', []]
		]);
	});

	it('whoever is asked has days in the split of `latenessOf`, for 1,000 random histories', () => {
		let seed = 11;
		const random = (n: number): number => {
			seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
			return seed % n;
		};
		for (let round = 0; round < 1_000; round++) {
			let on = day('2026-11-24');
			const transitions = Array.from({ length: random(7) }, () => {
				on = addDays(on, random(5));
				return { at: at(on, random(24)), court: COURTS[random(COURTS.length)] ?? 'enterprise' };
			}).toSorted((a, b) => a.at.getTime() - b.at.getTime());
			const facts = { ...FACTS, transitions };
			const now = at('2026-12-20', random(24));
			const whole = { ...facts, enterpriseDueOn: day('2026-11-15'), firstSubmittedAt: null, firstOpinionAt: {}, receivedAt: null };
			const { daysByOwner, daysLate } = latenessOf(whole, now);
			expect(lateDaysOf(facts, now)).toHaveLength(daysLate);
			const asked = (['enterprise', 'commerce', 'industry', 'group', 'channel'] as const).filter((owner) => spanToExplain(facts, owner, null, now) !== null);
			expect(asked).toEqual([...ownersAsked(daysByOwner)]);
		}
	});
});

describe('the enterprise is asked as it submits by the same days', () => {
	const history = (steps: readonly [Date, ReportCase][]): Transition[] => steps.map(([when, report]) => ({ at: when, court: courtOf(report) }));
	it('at its first submission, and after a return only for the days since', () => {
		const begun = drafted();
		const first = at('2026-12-03');
		expect(asksLateReason(begun, first)).toBe(true);
		expect(spanToExplain(lateDayFactsOf(begun, []), 'enterprise', null, first)).toEqual(span('2026-12-01', '2026-12-03', 3));
		const one = accepted(submit(begun, { ...GOOD, lateReasonCode: 'other' }, first)).next;
		const sentBack = edited(returnedBy(openedBy(one, 'commerce', at('2026-12-05')), 'commerce', at('2026-12-05')), at('2026-12-05'));
		const moves = history([
			[first, one],
			[at('2026-12-05'), sentBack]
		]);
		for (const [on, expected] of [
			['2026-12-05', null],
			['2026-12-07', span('2026-12-06', '2026-12-07', 2)]
		] as const) {
			const now = at(on, 16);
			expect(spanToExplain(lateDayFactsOf(sentBack, moves), 'enterprise', day('2026-12-03'), now)).toEqual(expected);
			expect(asksLateReason(sentBack, now)).toBe(expected !== null);
		}
	});
	it('forwarded once, a correction is asked nothing', () => {
		const one = accepted(submit(drafted(), { ...GOOD, lateReasonCode: 'other' }, at('2026-12-03'))).next;
		const sent = forwardedFrom(approvedBy(approvedBy(one, 'commerce', at('2026-12-04')), 'industry', at('2026-12-04')), at('2026-12-05'));
		const sentBack = edited(returnedBy(sent, 'miit', at('2026-12-08')), at('2026-12-09'));
		expect(asksLateReason(sentBack, at('2026-12-12'))).toBe(false);
	});
});

describe('what an office says is taken whole or not at all; saying nothing holds nothing up', () => {
	it.each([
		['', '', { ok: true, given: null }],
		['', '   ', { ok: true, given: null }],
		['checking_figures', ' 核对审计报告。 ', { ok: true, given: { code: 'checking_figures', text: '核对审计报告。' } }],
		['checking_figures', ' ', { ok: false, refusal: { code: 'invalid_input', fields: { lateReason: 'missing' } } }],
		['', '核对审计报告。', { ok: false, refusal: { code: 'reason_required', allowed: OFFICE_LATE_REASONS } }],
		['audit_unfinished', '是企业的原因。', { ok: false, refusal: { code: 'reason_required', allowed: OFFICE_LATE_REASONS } }],
		['__proto__', 'x', { ok: false, refusal: { code: 'reason_required', allowed: OFFICE_LATE_REASONS } }]
	])('%j with %j', (code, text, expected) => {
		expect(reasonOfOffice({ code, text })).toEqual(expected);
	});
});
