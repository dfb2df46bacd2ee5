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
import { courtOf, courtSince } from '#lib/domain/report/court.ts';
import { dayInBeijing, endOf, startOf } from '#lib/domain/day.ts';
import { DEPARTMENTS, departmentsOf, type Department, type Ministry, type OrganisationKind } from '#lib/domain/parties.ts';
import { actionsOpen, isActionOpen, type ReportMove } from '#lib/domain/report/report-actions.ts';
import { isApproved, isClosed, onTime, type ReportCase } from '#lib/domain/report/report-case.ts';
import { closeReport, decideExcuse, excuse, liftExcuse, reopenForOne } from '#lib/domain/report/report-exceptions.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import { notStarted, YEAR_2026 } from './report-cases.ts';

const RUNS = 10_000;
const STEPS = 32;

/** Small, fast and the same everywhere (mulberry32). */
function seeded(seed: number): (n: number) => number {
	let state = seed >>> 0;
	return (n) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) % n;
	};
}

type Step = { readonly move: ReportMove | 'close' | 'answer'; readonly by: OrganisationKind; readonly decision: Decision<{ readonly next: ReportCase }> };

/** Anyone may try anything at any time, also with an old version on the screen. */
function randomStep(report: ReportCase, random: (n: number) => number, now: Date, id: number): Step {
	const own = departmentsOf(report.channelKind);
	const department: Department = (random(12) === 0 ? DEPARTMENTS[random(3)] : own[random(own.length)]) ?? 'group';
	const ministry: Ministry = random(2) === 0 ? 'mofcom' : 'miit';
	const version = report.currentVersion - (random(10) === 0 ? 1 : 0);
	const order = () => ({ id: `t${id}`, reasonCode: 'figure_doubtful', correctByOn: dayInBeijing(now), comments: random(3), version });
	switch (report.state === 'not_started' && random(2) === 0 ? 0 : 1 + random(18)) {
		case 0:
			return { move: 'startDraft', by: 'enterprise', decision: startDraft(report, now) };
		case 1:
			return { move: 'saveAnswer', by: 'enterprise', decision: saveAnswer(report, now) };
		case 2: {
			const saved = saveAnswer(report, now);
			return {
				move: 'answer',
				by: 'enterprise',
				decision: saved.ok && saved.next.return ? { ok: true, next: { ...saved.next, return: { ...saved.next.return, commentsUnanswered: 0 } } } : saved
			};
		}
		case 3:
		case 4:
		case 5:
			return {
				move: 'submit',
				by: 'enterprise',
				decision: submit(report, { blockingChecks: [], changedSinceReturn: random(3) > 0, answeredComments: random(2), lateReasonCode: 'other' }, now)
			};
		case 6:
			return { move: 'withdraw', by: 'enterprise', decision: withdraw(report, now) };
		case 7:
			return { move: 'open', by: department, decision: open(report, department, now) };
		case 8:
		case 9:
		case 10:
			return { move: 'giveOpinion', by: department, decision: giveOpinion(report, department, version, now) };
		case 11:
			return { move: 'withdrawOpinion', by: department, decision: withdrawOpinion(report, department) };
		case 12: {
			const by = random(2) === 0 ? department : ministry;
			return { move: 'returnReport', by, decision: returnReport(report, by, order(), now) };
		}
		case 13: {
			const by = random(2) === 0 ? department : ministry;
			return { move: 'undoReturn', by, decision: undoReturn(report, by, now) };
		}
		case 14:
		case 15: {
			const decision = forward([{ reportId: 'r', version, report }], { number: '1', on: dayInBeijing(now) }, now);
			const next = decision.ok ? decision.forwarded[0]?.next : undefined;
			if (!decision.ok) return { move: 'forward', by: department, decision };
			if (!next) throw new Error('nothing forwarded');
			return { move: 'forward', by: department, decision: { ok: true, next } };
		}
		case 16:
			return { move: 'receive', by: ministry, decision: receive(report, ministry, version, now) };
		case 17:
			if (report.excusePending && random(2) > 0)
				return { move: 'decideExcuse', by: ministry, decision: decideExcuse(report, random(3) > 0 ? 'confirmed' : 'refused', 'x') };
			if (random(6) > 0) return { move: 'liftExcuse', by: 'enterprise', decision: liftExcuse(report) };
			return { move: 'excuse', by: 'enterprise', decision: excuse(report, 'merged') };
		default:
			if (isClosed(report)) return { move: 'reopenForOne', by: ministry, decision: reopenForOne(report, 'late audit', now) };
			return {
				move: 'close',
				by: ministry,
				decision: random(16) === 0 && !report.excusePending ? { ok: true, next: closeReport(report, now).next } : { ok: false, refusal: { code: 'not_found' } }
			};
	}
}

/** What must hold of every report, whatever happened. Throws the name of what does not. */
function brokenInvariant(report: ReportCase): string | null {
	const departments = departmentsOf(report.channelKind);
	const court = courtOf(report);
	// What the close settles is received as it was forwarded, whatever was under way.
	const settled = report.state === 'received' && isClosed(report);
	if (
		report.state === 'received' &&
		!settled &&
		!(report.mofcomReceivedVersion === report.currentVersion && report.miitReceivedVersion === report.currentVersion)
	)
		return 'received by both';
	if ((report.state === 'forwarded' || report.state === 'received') && !settled && !isApproved(report))
		return 'forwarded needs every opinion on the current version';
	if ((report.state === 'forwarded' || report.state === 'received') && ((report.forwardedAt === null && !settled) || report.firstForwardedAt === null))
		return 'forwarded has its times';
	if (report.state === 'submitted' && (report.submittedAt === null || report.currentVersion === 0)) return 'submitted has a version and a time';
	if (report.state === 'returned' && (report.return === null || report.return.undoneAt !== null || report.currentVersion === 0))
		return 'returned has a standing return of a version';
	if (report.state === 'draft' && report.draftBasedOn === null) return 'a draft exists';
	if (report.state === 'not_started' && (report.draftBasedOn !== null || report.currentVersion !== 0)) return 'not started is empty';
	if (report.excusePending && report.state !== 'not_started' && report.state !== 'draft') return 'asked for only where no version stands';
	if (report.state === 'not_filed' && !isClosed(report)) return 'not filed only in a closed year';
	if (report.state === 'not_delivered' && (!isClosed(report) || report.firstForwardedAt !== null))
		return 'not delivered only in a closed year, never forwarded';
	if (isClosed(report) && court !== 'nobody') return 'a closed report is in nobody’s court';
	if ((report.state === 'submitted' || report.state === 'forwarded' || (report.state === 'received' && !settled)) && report.draftBasedOn !== null)
		return 'no draft beside a submitted version';
	for (const department of DEPARTMENTS) {
		const opinion = report.opinions[department];
		if (opinion === undefined) continue;
		if (!departments.includes(department)) return 'opinion of a stranger';
		if (opinion > report.currentVersion) return 'opinion on a version that does not exist';
		if (opinion === report.currentVersion && !report.openedAt[department]) return 'opinion unread';
		if (!report.opinionAt[department]) return 'opinion undated';
	}
	if ((court === 'nobody') !== (courtSince(report) === null)) return 'a court has a since, nobody has none';
	return null;
}

const ACTORS: readonly OrganisationKind[] = ['enterprise', 'commerce', 'industry', 'group', 'mofcom', 'miit'];

describe('any order of moves', () => {
	it(`keeps every invariant over ${RUNS} random histories`, () => {
		let acceptedSteps = 0;
		const reached = new Set<string>();
		const opens = startOf(YEAR_2026.opensOn).getTime();
		const dueEnds = endOf(YEAR_2026.ministryDueOn);
		for (let run = 0; run < RUNS; run++) {
			const random = seeded(run + 1);
			let report = notStarted(random(4) === 0 ? 'central_group' : 'province');
			let clock = opens - random(3) * 3_600_000;
			for (let step = 0; step < STEPS; step++) {
				clock += random(6 * 86_400_000);
				const now = new Date(clock);
				const { move, by, decision } = randomStep(report, random, now, step);
				if (
					move !== 'close' &&
					move !== 'answer' &&
					decision.ok &&
					!(move === 'open' && decision.next === report) &&
					!isActionOpen(report, { kind: by, duty: 'approver' }, move, now)
				) {
					throw new Error(`run ${run}: ${move} by ${by} was accepted but not shown`);
				}
				if (!decision.ok) continue;
				acceptedSteps++;
				const before = report;
				report = decision.next;
				reached.add(report.state);
				const broken =
					brokenInvariant(report) ??
					(report.currentVersion !== before.currentVersion + (move === 'submit' ? 1 : 0) ? 'versions count submissions' : null) ??
					(before.firstSubmittedAt !== null && report.firstSubmittedAt !== before.firstSubmittedAt ? 'the first submission stays' : null) ??
					(before.firstForwardedAt !== null && report.firstForwardedAt !== before.firstForwardedAt ? 'the first forwarding stays' : null) ??
					(isClosed(before) && !['reopenForOne', 'receive', 'open'].includes(move) ? 'nothing moves in a closed year' : null) ??
					(report.firstForwardedAt !== null && onTime(report, now) !== report.firstForwardedAt < dueEnds
						? 'on time is the first forwarding before the end of 30 November'
						: null);
				if (broken !== null) throw new Error(`run ${run}, step ${step}, ${move} by ${by}: ${broken}\n${JSON.stringify(report)}`);
			}
			if (clock >= opens && !ACTORS.some((kind) => actionsOpen(report, { kind, duty: 'approver' }, new Date(clock)).length > 0)) {
				throw new Error(`run ${run}: no way on from ${report.state}`);
			}
		}
		expect(acceptedSteps).toBeGreaterThan(RUNS * 4);
		expect([...reached].toSorted()).toEqual([
			'draft',
			'excused',
			'forwarded',
			'not_delivered',
			'not_filed',
			'not_started',
			'received',
			'returned',
			'submitted'
		]);
	}, 20_000);
});
