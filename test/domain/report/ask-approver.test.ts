import { describe, expect, test } from 'vitest';
import { askApprover, returnReport, withdraw } from '#lib/domain/report/annual-report.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import { accepted, at, drafted, GOOD, notStarted, refusalOf, submitted } from './report-cases.ts';

const { lateReasonCode: _, ...READY } = GOOD;
const WHEN = at('2026-11-12');
const later = (minutes: number) => new Date(WHEN.getTime() + minutes * 60_000);
const returned = (comments = 0): ReportCase =>
	accepted(returnReport(submitted(), 'commerce', { id: '1', reasonCode: 'other', correctByOn: '2026-11-25', comments, version: 1 }, at('2026-11-12', 9))).next;

describe('asking those who submit', () => {
	test.each([
		['22 errors', { ...READY, blockingChecks: Array.from({ length: 22 }, (_, n) => `missing/field_${n}`) }, 'incomplete'],
		['one warning that nobody explained', { ...READY, blockingChecks: ['half_moved/revenue'] }, 'incomplete'],
		['nothing in the way', READY, null]
	] as const)('a draft with %s', (_, submission, code) => {
		const decided = askApprover(drafted(), submission, null, WHEN);
		expect(decided.ok ? null : decided.refusal.code).toBe(code);
	});

	test('a return whose comments nobody answered, or that nobody touched, is not put before them', () => {
		expect(refusalOf(askApprover(returned(2), READY, null, WHEN))).toEqual({ code: 'comments_unanswered', count: 2 });
		expect(refusalOf(askApprover(returned(), { ...READY, changedSinceReturn: false }, null, WHEN))).toEqual({ code: 'nothing_changed' });
		expect(askApprover(returned(), READY, null, WHEN)).toEqual({ ok: true });
	});

	test('what is not begun, or with the channel, is asked of nobody', () => {
		expect(refusalOf(askApprover(notStarted(), READY, null, WHEN))).toMatchObject({ code: 'wrong_state' });
		expect(refusalOf(askApprover(submitted(), READY, null, WHEN))).toMatchObject({ code: 'wrong_state' });
	});

	test('once an hour, and the refusal says since when and until when', () => {
		expect(refusalOf(askApprover(drafted(), READY, WHEN, later(59)))).toEqual({ code: 'asked_just_now', at: WHEN, againAt: later(60) });
		expect(askApprover(drafted(), READY, WHEN, later(60))).toEqual({ ok: true });
	});

	test('a return or a withdrawal since is other work: asked again at once', () => {
		const before = at('2026-11-12', 8.5);
		expect(askApprover(returned(), READY, before, at('2026-11-12', 9.1))).toEqual({ ok: true });
		const back = accepted(withdraw(submitted('province', at('2026-11-12', 8.6)), at('2026-11-12', 8.8))).next;
		expect(askApprover(back, READY, before, at('2026-11-12', 9))).toEqual({ ok: true });
		// Asked after the return, the hour counts again.
		expect(refusalOf(askApprover(returned(), READY, at('2026-11-12', 9.2), at('2026-11-12', 9.5)))).toMatchObject({ code: 'asked_just_now' });
	});
});
