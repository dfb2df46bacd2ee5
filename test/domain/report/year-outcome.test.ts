import { describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { REPORT_STATES } from '#lib/domain/report-state.ts';
import { cameInTime, yearOutcome, type YearFacts } from '#lib/domain/report/year-outcome.ts';
import { at } from './report-cases.ts';

const FACTS: YearFacts = {
	state: 'draft',
	extensionOn: null,
	owedOn: null,
	voluntary: false,
	firstForwardedAt: null,
	excusePending: false,
	closedAt: null,
	year: { ministryDueOn: day('2026-11-30') }
};
const received = (on: string, extensionOn: string | null = null): YearFacts => ({
	...FACTS,
	state: 'received',
	extensionOn: extensionOn === null ? null : day(extensionOn),
	firstForwardedAt: at(on, 23)
});
const LATER = at('2027-02-01');

describe('how a year went (方案第十一条)', () => {
	test.each([
		['by the date', received('2026-11-30'), 'on_time', true],
		['a day after it', received('2026-12-01'), 'late', false],
		['with an extension, before 30 November after all', received('2026-11-20', '2026-12-10'), 'extended', true],
		['with an extension, on its last evening', received('2026-12-10', '2026-12-10'), 'extended', true],
		['past the extension', received('2026-12-11', '2026-12-10'), 'late', false],
		['with an extension that gives no more time', received('2026-11-20', '2026-11-30'), 'on_time', true],
		['never forwarded', { ...FACTS, state: 'submitted' }, 'late', false],
		['never filed', { ...FACTS, state: 'not_filed' }, 'not_filed', false],
		['never filed, though extended', { ...FACTS, state: 'not_filed', extensionOn: day('2026-12-10') }, 'not_filed', false],
		['said to be unable to file, long after the date', { ...FACTS, excusePending: true }, 'excuse_pending', null],
		['said to be unable to file, though extended', { ...FACTS, excusePending: true, extensionOn: day('2026-12-10') }, 'excuse_pending', null],
		['excused, forwarded long after all dates', { ...FACTS, state: 'excused', firstForwardedAt: at('2027-01-20') }, 'excused', null],
		['excused', { ...FACTS, state: 'excused' }, 'excused', null],
		['excused, though extended', { ...FACTS, state: 'excused', extensionOn: day('2026-12-10') }, 'excused', null]
	] as const)('%s', (_, facts, outcome, inTime) => {
		expect(yearOutcome(facts, LATER)).toBe(outcome);
		expect(cameInTime(facts, LATER)).toBe(inTime);
	});

	test('while the date is ahead it is open, with an extension that runs it is extended, and neither has come in time or not', () => {
		const extended: YearFacts = { ...FACTS, extensionOn: day('2026-12-10') };
		expect(yearOutcome(FACTS, new Date('2026-11-30T15:59:59.999Z'))).toBe('open');
		expect(yearOutcome(FACTS, new Date('2026-11-30T16:00:00Z'))).toBe('late');
		expect(yearOutcome(extended, at('2026-11-01'))).toBe('extended');
		expect(yearOutcome(extended, at('2026-12-05'))).toBe('extended');
		expect(yearOutcome(extended, new Date('2026-12-10T16:00:00Z'))).toBe('late');
		expect([cameInTime(FACTS, at('2026-11-01')), cameInTime(extended, at('2026-12-05'))]).toEqual([null, null]);
	});

	test('on time and extended are never both said, and what is excused or never filed is never late, whatever the dates', () => {
		for (const state of REPORT_STATES)
			for (const extensionOn of [null, day('2026-12-10')])
				for (const firstForwardedAt of [null, at('2026-11-20'), at('2026-12-05'), at('2026-12-20')]) {
					const outcome = yearOutcome({ ...FACTS, state, extensionOn, firstForwardedAt }, LATER);
					if (extensionOn !== null) expect(outcome).not.toBe('on_time');
					else expect(outcome).not.toBe('extended');
					if (state === 'excused' || state === 'not_filed') expect(outcome).toBe(state);
				}
	});
});
