/** Outliers become work (非方案规定): who may do what with a question about a figure, by when, and what becomes of it. */
import { describe, expect, test } from 'vitest';
import { addDays, day } from '#lib/domain/day.ts';
import { ACTS, dutyRefusal } from '#lib/domain/duties.ts';
import { followUpCourt, FOLLOW_UP_STATES, FOLLOW_UP_UNANSWERED, type FollowUpState } from '#lib/domain/follow-up-state.ts';
import { DUTIES, ORGANISATION_KINDS } from '#lib/domain/parties.ts';
import {
	acceptFollowUp,
	ANSWER_DAYS,
	answerDays,
	answerFollowUp,
	askedComparison,
	askFollowUp,
	askFollowUpAgain,
	FOLLOW_UP_MOVES,
	followUpDaysLate,
	followUpMoves,
	followUpSide,
	passOnFollowUp,
	withdrawFollowUp,
	type FollowUp,
	type FollowUpSide
} from '#lib/domain/trend/follow-up.ts';
import type { OutlierAnswer } from '#lib/domain/trend/outlier.ts';

const today = day('2026-12-05');
const SIDES: readonly FollowUpSide[] = ['ministries', 'channel', 'enterprise'];
const at = (state: FollowUpState, change: Partial<FollowUp> = {}): FollowUp => ({ state, round: 1, dueOn: day('2026-12-19'), ...change });
const question = { text: '请说明数据口径。', dueOn: '2026-12-19' };

describe('who has it', () => {
	test.each([
		['asked', 'channel'],
		['passed_on', 'enterprise'],
		['answered', 'ministries'],
		['accepted', 'nobody'],
		['withdrawn', 'nobody']
	] as const)('%s: %s', (state, court) => expect(followUpCourt(state)).toBe(court));

	test('what waits for an answer waits below the ministries', () => expect(FOLLOW_UP_UNANSWERED).toEqual(['asked', 'passed_on']));

	test.each([
		['mofcom', 'ministries'],
		['miit', 'ministries'],
		['commerce', 'channel'],
		['industry', 'channel'],
		['group', 'channel'],
		['enterprise', 'enterprise'],
		['administration', null],
		['audit', null],
		['expert_pool', null]
	] as const)('%s acts as %s', (kind, side) => expect(followUpSide(kind)).toBe(side));
});

describe('the moves', () => {
	const MOVES: Readonly<Record<FollowUpState, Readonly<Record<FollowUpSide, readonly string[]>>>> = {
		asked: { ministries: ['withdrawFollowUp'], channel: ['passOnFollowUp', 'answerFollowUp'], enterprise: [] },
		passed_on: { ministries: ['withdrawFollowUp'], channel: [], enterprise: ['answerFollowUp'] },
		answered: { ministries: ['acceptFollowUp', 'askFollowUpAgain'], channel: [], enterprise: [] },
		accepted: { ministries: ['askFollowUpAgain'], channel: [], enterprise: [] },
		withdrawn: { ministries: ['askFollowUpAgain'], channel: [], enterprise: [] }
	};
	test.each(FOLLOW_UP_STATES.flatMap((state) => SIDES.map((side) => [state, side] as const)))('%s, %s', (state, side) =>
		expect(followUpMoves(at(state), side, today)).toEqual(MOVES[state][side])
	);

	test('every move is an act, and each side has only moves its duties allow', () => {
		for (const move of FOLLOW_UP_MOVES) expect(ACTS).toContain(move);
		for (const kind of ORGANISATION_KINDS)
			for (const move of FOLLOW_UP_MOVES) {
				const side = followUpSide(kind);
				const ever = side !== null && FOLLOW_UP_STATES.some((state) => followUpMoves(at(state), side, today).includes(move));
				expect(
					DUTIES.some((duty) => dutyRefusal({ kind, duty }, move) === null),
					`${kind} ${move}`
				).toBe(ever);
			}
	});

	test('from nowhere does a case reach a state that nobody can leave but by ending', () => {
		for (const state of FOLLOW_UP_STATES) expect(SIDES.some((side) => followUpMoves(at(state), side, today).length > 0)).toBe(true);
	});

	test('refused with how it stands', () =>
		expect(answerFollowUp(at('asked'), 'enterprise', 'x')).toEqual({ ok: false, refusal: { code: 'follow_up_held', state: 'asked' } }));
});

describe('the life', () => {
	test('asked, passed on, answered, asked again, answered by the channel, accepted', () => {
		const first = askFollowUp(question, today);
		expect(first).toEqual({ ok: true, text: '请说明数据口径。', next: at('asked') });
		const passed = passOnFollowUp(at('asked'), 'channel', ' 请尽快答复 ');
		expect(passed).toEqual({ ok: true, text: '请尽快答复', next: at('passed_on') });
		expect(answerFollowUp(at('passed_on'), 'enterprise', ' 单位误填 ')).toEqual({ ok: true, text: '单位误填', next: at('answered') });
		const again = askFollowUpAgain(at('answered'), 'ministries', { text: '请补充依据', dueOn: '2027-01-10' }, today);
		expect(again).toEqual({ ok: true, text: '请补充依据', next: { state: 'asked', round: 2, dueOn: day('2027-01-10') } });
		expect(answerFollowUp(at('asked', { round: 2 }), 'channel', '已核实')).toMatchObject({ next: { state: 'answered', round: 2 } });
		expect(acceptFollowUp(at('answered', { round: 2 }), 'ministries', '')).toEqual({ ok: true, text: '', next: at('accepted', { round: 2 }) });
	});

	test('nothing said is no question, no answer and no reason to withdraw; passing on and accepting need no words', () => {
		expect(askFollowUp({ ...question, text: '  ' }, today)).toMatchObject({ refusal: { fields: { question: 'missing' } } });
		expect(askFollowUpAgain(at('answered'), 'ministries', { ...question, text: '' }, today)).toMatchObject({ refusal: { fields: { question: 'missing' } } });
		expect(answerFollowUp(at('asked'), 'channel', ' ')).toMatchObject({ refusal: { fields: { answer: 'missing' } } });
		expect(withdrawFollowUp(at('asked'), 'ministries', '')).toMatchObject({ refusal: { fields: { remark: 'missing' } } });
		expect(passOnFollowUp(at('asked'), 'channel', '')).toMatchObject({ ok: true });
		expect(acceptFollowUp(at('answered'), 'ministries', '')).toMatchObject({ ok: true });
	});

	test('an answer is asked for by tomorrow at the earliest and within sixty days', () => {
		expect(answerDays(today)).toEqual({ earliestOn: '2026-12-06', latestOn: '2027-02-03', proposedOn: '2026-12-19' });
		expect(ANSWER_DAYS.proposed).toBeLessThan(ANSWER_DAYS.most);
		for (const [dueOn, ok] of [
			['2026-12-05', false],
			['2026-12-06', true],
			['2027-02-03', true],
			['2027-02-04', false]
		] as const)
			expect(askFollowUp({ ...question, dueOn }, today).ok, dueOn).toBe(ok);
		expect(askFollowUp({ ...question, dueOn: '下周' }, today)).toMatchObject({ refusal: { code: 'date_invalid', field: 'answerByOn' } });
	});
});

describe('late', () => {
	const answeredAt = (on: string) => new Date(`${on}T10:00:00+08:00`);
	test.each([
		['waits, on the day', 'asked', null, '2026-12-19', null],
		['waits, a day after', 'asked', null, '2026-12-20', 1],
		['with the enterprise, ten days after', 'passed_on', null, '2026-12-29', 10],
		['answered on the day, looked at later', 'answered', '2026-12-19', '2027-01-20', null],
		['answered two days after', 'answered', '2026-12-21', '2027-01-20', 2],
		['accepted: as it was answered', 'accepted', '2026-12-21', '2027-01-20', 2],
		['withdrawn: nobody was late', 'withdrawn', null, '2027-01-20', null]
	] as const)('%s', (_, state, answered, on, days) => expect(followUpDaysLate(at(state), answered === null ? null : answeredAt(answered), day(on))).toBe(days));
	test('until 24:00 in Beijing it is the day itself', () =>
		expect(followUpDaysLate(at('answered'), new Date('2026-12-19T15:59:59.999Z'), addDays(today, 30))).toBeNull());
});

describe('what is asked about', () => {
	const scored = (far: boolean, n: number): OutlierAnswer => ({ scored: true, n, score: '4', far, by: 'median_deviation', scale: 'log' });
	const few: OutlierAnswer = { scored: false, n: 3, why: 'few' };
	test.each([
		['far in its category', scored(true, 30), scored(false, 20), { comparison: 'category', n: 30 }],
		['far as a step', scored(false, 30), scored(true, 20), { comparison: 'step', n: 20 }],
		['both: the category', scored(true, 30), scored(true, 20), { comparison: 'category', n: 30 }],
		['a step where the category has no score', few, scored(true, 20), { comparison: 'step', n: 20 }],
		['neither', scored(false, 30), null, null],
		['no score at all', few, few, null]
	] as const)('%s', (_, inCategory, asStep, expected) => expect(askedComparison(inCategory, asStep)).toEqual(expected));
});
