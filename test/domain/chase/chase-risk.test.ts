import { describe, expect, it, test } from 'vitest';
import { chaseRisk, CHASE_STAGES, hasReached, nextStep, stagesOf, type ChasedReport, type ChaseStage, type NextStep } from '#lib/domain/chase/chase-risk.ts';
import { day, type Day } from '#lib/domain/day.ts';
import type { Department } from '#lib/domain/parties.ts';
import { at, YEAR_2026 } from '../report/report-cases.ts';

const TODAY = day('2026-11-24');
const chased = (changes: Partial<ChasedReport> = {}): ChasedReport => ({
	state: 'draft',
	court: 'enterprise',
	channelKind: 'province',
	extensionOn: null,
	owedOn: null,
	voluntary: false,
	channelOwnOn: day('2026-11-28'),
	correctByOn: null,
	excusePending: false,
	lastActivityAt: at('2026-11-20'),
	lastYearOnTime: true,
	progress: { filled: 20, asked: 40 },
	promisedOn: null,
	...changes
});
const risk = (changes: Partial<ChasedReport> = {}, today: Day = TODAY) => chaseRisk(chased(changes), YEAR_2026, today);

test('of a report that is said to be unable to be filed nobody is rung, and it is in no list until a ministry has decided', () => {
	const waiting = risk({ excusePending: true }, day('2026-12-20'));
	expect(waiting).toMatchObject({ lists: [], grounds: [] });
	expect(nextStep(chased({ excusePending: true }), waiting, 'commerce', [], true)).toBe('none');
});

describe('which list a report stands in', () => {
	it.each<[string, Partial<ChasedReport>, readonly string[]]>([
		['not begun', { state: 'not_started' }, ['not_started']],
		['a draft', {}, ['unfinished']],
		['returned, before the day of its correction', { state: 'returned', correctByOn: day('2026-11-26') }, ['unfinished']],
		['returned, past it', { state: 'returned', correctByOn: day('2026-11-23') }, ['unfinished', 'overdue']],
		['not begun, on the last day', { state: 'not_started', channelOwnOn: TODAY }, ['not_started']],
		['not begun, past the channel’s date', { state: 'not_started', channelOwnOn: day('2026-11-23') }, ['not_started', 'overdue']],
		['past it but extended', { channelOwnOn: day('2026-11-15'), extensionOn: day('2026-12-10') }, ['unfinished']],
		['with both departments', { state: 'submitted', court: 'departments' }, ['waiting']],
		['with one department', { state: 'submitted', court: 'industry' }, ['waiting']],
		['approved, not forwarded', { state: 'submitted', court: 'channel' }, ['waiting']],
		['with the ministries', { state: 'forwarded', court: 'ministries' }, []],
		['received', { state: 'received', court: 'nobody' }, []],
		['excused', { state: 'excused', court: 'nobody' }, []]
	])('%s', (_name, changes, lists) => {
		expect(risk(changes).lists).toEqual(lists);
	});

	it('a department is late by the ministries’ date, not by the enterprises’', () => {
		const waiting = { state: 'submitted', court: 'commerce' } as const;
		expect(risk(waiting, day('2026-11-30')).lists).toEqual(['waiting']);
		expect(risk(waiting, day('2026-12-01')).lists).toEqual(['waiting', 'overdue']);
	});
});

describe('why it is urgent', () => {
	it.each<[string, Partial<ChasedReport>, readonly string[]]>([
		['nothing speaks against it', {}, []],
		['promised for today', { promisedOn: TODAY }, ['promise_reached']],
		['promised for yesterday', { promisedOn: day('2026-11-23') }, ['promise_reached']],
		['promised for tomorrow', { promisedOn: day('2026-11-25') }, []],
		['late last year', { lastYearOnTime: false }, ['last_year_late']],
		['no year before', { lastYearOnTime: null }, []],
		['thirteen days without a sign', { lastActivityAt: at('2026-11-11') }, []],
		['fourteen', { lastActivityAt: at('2026-11-10', 23) }, ['idle']],
		['a promise does not bind a department', { state: 'submitted', court: 'departments', promisedOn: TODAY, lastYearOnTime: false }, []]
	])('%s', (_name, changes, grounds) => {
		expect(risk(changes).grounds).toEqual(grounds);
	});
});

test('the order: promise reached, late last year, idle, days left, progress; a promise ahead rests below all', () => {
	const order: readonly [string, Partial<ChasedReport>][] = [
		['promise broken', { promisedOn: day('2026-11-23'), progress: { filled: 39, asked: 40 } }],
		['late last year and idle', { lastYearOnTime: false, lastActivityAt: at('2026-11-01') }],
		['late last year', { lastYearOnTime: false }],
		['idle', { lastActivityAt: at('2026-11-01') }],
		['three days late', { channelOwnOn: day('2026-11-21') }],
		['two days left, little done', { channelOwnOn: day('2026-11-26'), progress: { filled: 1, asked: 40 } }],
		['two days left, much done', { channelOwnOn: day('2026-11-26'), progress: { filled: 39, asked: 40 } }],
		['four days left', {}],
		['promised for tomorrow though late last year', { promisedOn: day('2026-11-25'), lastYearOnTime: false }],
		['nobody to chase', { state: 'received', court: 'nobody' }]
	];
	const sorted = order
		.toReversed()
		.map(([name, changes]) => ({ name, key: risk(changes).key }))
		.sort((a, b) => (a.key < b.key ? -1 : 1));
	expect(sorted.map(({ name }) => name)).toEqual(order.map(([name]) => name));
	expect(new Set(sorted.map(({ key }) => key.length))).toEqual(new Set([11]));
});

test('a stage includes what went further, and the opinion of one department nothing of the other', () => {
	const reached = (state: ChasedReport['state'], signed: readonly Department[] = []): readonly ChaseStage[] =>
		CHASE_STAGES.filter((stage) => hasReached(stage, { state, voluntary: false }, signed));
	expect(reached('not_started')).toEqual(['owed']);
	expect(reached('not_filed')).toEqual(['owed']);
	expect(reached('excused')).toEqual([]);
	expect(reached('draft')).toEqual(['owed', 'started']);
	expect(reached('submitted')).toEqual(['owed', 'started', 'submitted']);
	expect(reached('submitted', ['industry'])).toEqual(['owed', 'started', 'submitted', 'industry']);
	// The opinion was on the version that came back.
	expect(reached('returned', ['industry'])).toEqual(['owed', 'started', 'submitted']);
	expect(reached('received', ['commerce', 'industry'])).toEqual(CHASE_STAGES);
	expect(stagesOf('central_group')).toEqual(['owed', 'started', 'submitted', 'group', 'forwarded', 'received']);
});

describe('the next step for the commerce department', () => {
	it.each<[NextStep, Partial<ChasedReport>, readonly Department[], boolean]>([
		['check_contact', { promisedOn: TODAY }, [], false],
		['await_promise', { promisedOn: day('2026-11-25') }, [], true],
		['ask_promise', { promisedOn: TODAY }, [], true],
		['ring_correction', { state: 'returned', correctByOn: day('2026-11-26') }, [], true],
		['ring_start', { state: 'not_started', progress: null }, [], true],
		['ring_submit', { progress: { filled: 40, asked: 40 } }, [], true],
		['ring_stuck', { lastActivityAt: at('2026-11-01') }, [], true],
		['remind', {}, [], true],
		['sign', { state: 'submitted', court: 'departments' }, [], true],
		['sign', { state: 'submitted', court: 'commerce' }, ['industry'], true],
		['ask_other', { state: 'submitted', court: 'industry' }, ['commerce'], true],
		['forward', { state: 'submitted', court: 'channel' }, ['commerce', 'industry'], true],
		['none', { state: 'forwarded', court: 'ministries' }, ['commerce', 'industry'], true]
	])('%s', (step, changes, signed, reachable) => {
		const report = chased(changes);
		expect(nextStep(report, chaseRisk(report, YEAR_2026, TODAY), 'commerce', signed, reachable)).toBe(step);
	});
});
