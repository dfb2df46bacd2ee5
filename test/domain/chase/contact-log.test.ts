import { describe, expect, it, test } from 'vitest';
import { promiseOf, proposePromiseOn, strikeEntry } from '#lib/domain/chase/contact-log.ts';
import { day } from '#lib/domain/day.ts';
import { accepted, at, refusalOf } from '../report/report-cases.ts';

const UNTIL = day('2027-03-31');

describe('a promise', () => {
	it.each([['2026-11-24'], ['2026-12-01'], ['2027-03-31']])('may be for %s', (on) => {
		expect(accepted(promiseOf('promised', on, UNTIL, at('2026-11-24'))).promisedOn).toBe(on);
	});
	it.each([
		['2026-11-23', 'date_out_of_range'],
		['2027-04-01', 'date_out_of_range'],
		['next week', 'date_invalid'],
		['', 'date_invalid']
	])('for %j is refused', (typed, code) => {
		expect(refusalOf(promiseOf('promised', typed, UNTIL, at('2026-11-24'))).code).toBe(code);
	});
	it('is not read where nothing was promised', () => {
		expect(accepted(promiseOf('no_answer', 'next week', UNTIL, at('2026-11-24'))).promisedOn).toBeNull();
	});
	it('is offered in three days, not past a date that is ahead', () => {
		expect(proposePromiseOn(day('2026-11-20'), day('2026-11-28'))).toBe('2026-11-23');
		expect(proposePromiseOn(day('2026-11-27'), day('2026-11-28'))).toBe('2026-11-28');
		expect(proposePromiseOn(day('2026-11-30'), day('2026-11-28'))).toBe('2026-12-03');
	});
});

test('an entry is struck by its author, within half an hour, once', () => {
	const entry = { personId: 'zhang', at: at('2026-11-24', 10), struckAt: null };
	const minutes = (n: number) => new Date(entry.at.getTime() + n * 60_000);
	expect(strikeEntry(entry, 'zhang', minutes(30)).ok).toBe(true);
	expect(refusalOf(strikeEntry(entry, 'zhang', minutes(31)))).toEqual({ code: 'undo_over', untilAt: minutes(30) });
	expect(refusalOf(strikeEntry(entry, 'li', minutes(1))).code).toBe('nothing_to_undo');
	expect(refusalOf(strikeEntry({ ...entry, struckAt: minutes(1) }, 'zhang', minutes(2))).code).toBe('already_done');
});
