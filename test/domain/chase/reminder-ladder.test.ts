/** Ladder × calendar (domain.md 4): what is due on a day, to whom, and what waits because the State Council has not said yet. */
import { describe, expect, test } from 'vitest';
import { day, startOf, type Day } from '#lib/domain/day.ts';
import { audiencesOf, dueStep, idleStep, ladderOf, partyDueOn, textOf, withinHours, type RemindedReport } from '#lib/domain/chase/reminder-ladder.ts';
import { DEFAULT_REMINDER_POLICY as POLICY } from '#lib/domain/chase/reminder-policy.ts';
import { workingDayOnOrBefore, type WorkingCalendar, type YearArrangement } from '#lib/domain/working-calendar.ts';

function arranged(year: number, holidays: readonly string[], makeUpDays: readonly string[]): readonly [number, YearArrangement] {
	return [
		year,
		{
			year,
			version: 1,
			source: 'test',
			holidays: new Map(holidays.map((on) => [day(on), 'holiday'])),
			makeUpDays: new Map(makeUpDays.map((on) => [day(on), 'make-up']))
		}
	];
}
const span = (from: string, days: number): string[] =>
	Array.from({ length: days }, (_, n) => new Date(Date.parse(from) + n * 86_400_000).toISOString().slice(0, 10));

/**
 * 2026 as far as these tests need it: Spring Festival 15–23 February with two make-up days, National Day 1–7 October, make-up Sunday 20 September and Saturday
 * 10 October.
 */
const CALENDAR: WorkingCalendar = new Map([
	arranged(2026, [...span('2026-02-15', 9), ...span('2026-10-01', 7)], ['2026-02-14', '2026-02-28', '2026-09-20', '2026-10-10'])
]);

const YEAR = { channelDueOn: day('2026-11-15'), ministryDueOn: day('2026-11-30') };
const OPENED = startOf(day('2026-01-05'));
function held(changes: Partial<RemindedReport> = {}): RemindedReport {
	return {
		state: 'draft',
		court: 'enterprise',
		channelKind: 'province',
		extensionOn: null,
		owedOn: null,
		voluntary: false,
		channelOwnOn: null,
		correctByOn: null,
		excusePending: false,
		courtSince: OPENED,
		...changes
	};
}
/** The day a step leaves for a date. */
function leavesOn(dueOn: string, step: string, calendar = CALENDAR): Day | null | undefined {
	return ladderOf(day(dueOn), POLICY, day('2025-01-01'), day('2027-12-31'), calendar).find((one) => one.step === step)?.sendOn;
}

describe('the day a step leaves', () => {
	test.each<[string, string, string, string | null]>([
		['an ordinary working day', '2026-11-30', 'T-3', '2026-11-27'],
		['a Saturday: the Friday before', '2026-11-30', 'T+5', '2026-12-05'],
		['the date itself, a Sunday', '2026-11-15', 'T0', '2026-11-13'],
		['one day before a Sunday, a Saturday', '2026-11-15', 'T-1', '2026-11-13'],
		['1 October: before the long rest', '2026-11-30', 'T-60', '2026-09-30'],
		['in the middle of National Day', '2026-10-08', 'T-3', '2026-09-30'],
		['on a make-up Sunday: that day is worked', '2026-09-27', 'T-7', '2026-09-20'],
		['on a make-up Saturday', '2026-10-11', 'T-1', '2026-10-10'],
		['in Spring Festival: the make-up Saturday before it', '2026-02-22', 'T-3', '2026-02-14'],
		['the last day of Spring Festival', '2026-02-23', 'T0', '2026-02-14'],
		['in a year that is not arranged', '2027-01-10', 'T-3', null],
		['on New Year of an unknown year: the known year before it does not decide', '2027-01-04', 'T-3', null]
	])('%s', (_, dueOn, step, expected) => {
		if (step === 'T+5') expect(workingDayOnOrBefore(day(expected ?? ''), CALENDAR)).toBe('2026-12-04');
		else expect(leavesOn(dueOn, step)).toBe(expected);
	});

	test('every seven days from the last step on, for ever', () => {
		expect(ladderOf(day('2026-11-30'), POLICY, day('2026-11-30'), day('2027-01-15'), CALENDAR).map(({ step }) => step)).toEqual([
			'T0',
			'T+1',
			'T+3',
			'T+7',
			'T+14',
			'T+21',
			'T+28',
			'T+35',
			'T+42'
		]);
	});
});

describe('what is due', () => {
	const due = (report: RemindedReport, on: string, calendar = CALENDAR) => dueStep(report, YEAR, POLICY, calendar, day(on));

	test('nothing before the first step, and says so', () => {
		expect(due(held({ courtSince: startOf(day('2026-09-01')) }), '2026-09-10')).toMatchObject({ due: null, why: 'no_step_yet', dueOn: '2026-11-15' });
	});

	test('after a long sleep only the closest step', () => {
		const found = due(held(), '2026-11-19');
		expect(found.due?.step).toBe('T+3');
	});

	test('a missed day is caught up the next day', () => {
		expect(due(held(), '2026-11-13').due?.step).toBe('T0');
		expect(due(held({ extensionOn: day('2026-12-20') }), '2026-12-15').due?.step).toBe('T-7');
	});

	test('a year that opens says so itself: no step that was to leave by that day follows', () => {
		const opening = { ...YEAR, opensOn: day('2026-10-08') };
		const dueIn = (on: string) => dueStep(held(), opening, POLICY, CALENDAR, day(on)).due?.step;
		expect([dueIn('2026-10-08'), dueIn('2026-10-15'), dueIn('2026-10-16')]).toEqual([undefined, undefined, 'T-30']);
		// Opened late, on the day a step leaves: one letter that day, and the next step is the next.
		expect(dueStep(held(), { ...YEAR, opensOn: day('2026-10-30') }, POLICY, CALENDAR, day('2026-10-30')).due).toBeNull();
	});

	test('two steps that leave on one Friday are one: the later', () => {
		expect(due(held(), '2026-11-12').due?.step).toBe('T-3');
		expect(due(held(), '2026-11-13').due?.step).toBe('T0');
	});

	test('a step of a year that is not arranged waits, and the one before it is not sent in its place', () => {
		const unknown = new Map(CALENDAR);
		const found = dueStep(
			held({ extensionOn: day('2027-01-10') }),
			{ channelDueOn: day('2026-11-15'), ministryDueOn: day('2026-11-30') },
			POLICY,
			unknown,
			day('2027-01-08')
		);
		expect(found).toMatchObject({ due: null, why: 'calendar_unknown' });
		expect(found.due === null && found.heldStep?.step).toBe('T-3');
	});

	test('an extension moves all steps at once', () => {
		const extended = held({ extensionOn: day('2026-12-20') });
		expect(partyDueOn(extended, YEAR)).toBe('2026-12-20');
		expect(due(extended, '2026-12-17').due?.step).toBe('T-3');
		expect(due(extended, '2026-11-16').due?.step).toBe('T-60');
	});

	test("the channel's own date replaces the year's, and never passes the ministries'", () => {
		expect(partyDueOn(held({ channelOwnOn: day('2026-11-10') }), YEAR)).toBe('2026-11-10');
		expect(partyDueOn(held({ channelOwnOn: day('2026-12-10') }), YEAR)).toBe('2026-11-30');
	});

	test('a returned report counts from the day its correction is asked by, and earlier steps are not its own', () => {
		const returned = held({ state: 'returned', correctByOn: day('2026-11-25'), courtSince: startOf(day('2026-11-21')) });
		expect(partyDueOn(returned, YEAR)).toBe('2026-11-25');
		expect(due(returned, '2026-11-23').due).toBeNull();
		expect(due(returned, '2026-11-24').due?.step).toBe('T-1');
	});

	test('steps that left before a court took the report belong to the one before', () => {
		const waiting = held({ state: 'submitted', court: 'departments', courtSince: startOf(day('2026-11-18')) });
		expect(due(waiting, '2026-11-19').due).toBeNull();
		expect(due(waiting, '2026-11-23').due?.step).toBe('T-7');
	});

	test('a clock that jumps forth finds the closest step, and back an earlier one that has its own row', () => {
		expect(due(held(), '2026-11-12').due?.step).toBe('T-3');
		expect(due(held(), '2026-11-06').due?.step).toBe('T-7');
	});
});

describe('to whom', () => {
	test.each<[RemindedReport['court'], RemindedReport['channelKind'], readonly string[]]>([
		['enterprise', 'province', ['enterprise']],
		['departments', 'province', ['commerce', 'industry']],
		['commerce', 'province', ['commerce']],
		['industry', 'province', ['industry']],
		['channel', 'province', ['commerce', 'industry']],
		['channel', 'central_group', ['group']],
		['group', 'central_group', ['group']],
		['ministries', 'province', []],
		['nobody', 'province', []]
	])('%s of a %s', (court, channelKind, expected) => expect(audiencesOf({ court, channelKind })).toEqual(expected));

	test('nobody is chased for what lies with the ministries', () => {
		expect(dueStep(held({ court: 'ministries', state: 'forwarded' }), YEAR, POLICY, CALENDAR, day('2026-12-20'))).toMatchObject({
			due: null,
			why: 'not_chased'
		});
	});
});

describe('idle departments', () => {
	const idle = (on: string, calendar: WorkingCalendar = CALENDAR) =>
		idleStep({ court: 'commerce', courtSince: startOf(day('2026-09-24')) }, POLICY, calendar, day(on));
	test('five working days, National Day not among them', () => {
		expect(idle('2026-09-30')).toBeNull();
		expect(idle('2026-10-07')).toBeNull();
		expect(idle('2026-10-08')).toBe('idle+5');
		expect(idle('2026-10-10')).toBe('idle+5');
		expect(idle('2026-10-14')).toBe('idle+10');
	});
	test('never counted where the calendar is unknown', () => expect(idle('2026-10-08', new Map())).toBe('unknown'));
	test('an enterprise is never idle: it has a date', () =>
		expect(idleStep({ court: 'enterprise', courtSince: OPENED }, POLICY, CALENDAR, day('2026-10-08'))).toBeNull());
});

test('hours in Beijing, whatever the zone of the machine', () => {
	expect(withinHours(new Date('2026-11-27T00:59:59Z'), POLICY)).toBe(false);
	expect(withinHours(new Date('2026-11-27T01:00:00Z'), POLICY)).toBe(true);
	expect(withinHours(new Date('2026-11-27T11:59:59Z'), POLICY)).toBe(true);
	expect(withinHours(new Date('2026-11-27T12:00:00Z'), POLICY)).toBe(false);
});

test('the words follow the situation', () => {
	expect(textOf(held(), day('2026-11-15'), day('2026-11-14'))).toBe('before');
	expect(textOf(held(), day('2026-11-15'), day('2026-11-15'))).toBe('on_the_day');
	expect(textOf(held(), day('2026-11-15'), day('2026-11-16'))).toBe('after');
	expect(textOf(held({ state: 'returned' }), day('2026-11-15'), day('2026-11-16'))).toBe('returned');
	expect(textOf(held({ court: 'channel', state: 'submitted' }), day('2026-11-30'), day('2026-11-16'))).toBe('forwarding');
	expect(textOf(held({ court: 'industry', state: 'submitted' }), day('2026-11-30'), day('2026-11-16'))).toBe('awaiting_opinion');
});
