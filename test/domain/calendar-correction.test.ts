import { describe, expect, test } from 'vitest';
import { day, type Day } from '#lib/domain/day.ts';
import { arrangedDays, arrangementChanges, rangesOf, readRanges, weeksOf, type TypedRange } from '#lib/domain/calendar-correction.ts';

const row = (fromOn: string, toOn: string, kind: string, name: string): TypedRange => ({ fromOn, toOn, kind, name });
const holidays = new Map<Day, string>(['2026-10-01', '2026-10-02', '2026-10-03'].map((on) => [day(on), '国庆节']));
const makeUpDays = new Map<Day, string>([[day('2026-10-10'), '国庆节']]);

describe('a calendar as the notice words it', () => {
	test('days in a row of one name are one range', () => {
		expect(rangesOf({ holidays, makeUpDays })).toEqual([
			{ fromOn: '2026-10-01', toOn: '2026-10-03', kind: 'holiday', name: '国庆节' },
			{ fromOn: '2026-10-10', toOn: '2026-10-10', kind: 'make_up', name: '国庆节' }
		]);
	});

	test('what is typed as ranges comes back as the same days', () => {
		const typed = rangesOf({ holidays, makeUpDays }).map((range) => ({ ...range, toOn: range.fromOn === range.toOn ? '' : range.toOn }));
		expect(readRanges(2026, [...typed, row('', '', 'holiday', '')])).toEqual({ ok: true, days: arrangedDays({ holidays, makeUpDays }) });
	});

	test.each([
		['no such day', row('2026-02-30', '', 'holiday', '春节'), { '0.fromOn': 'date_invalid' }],
		['no day at all', row('', '2026-10-03', 'holiday', '国庆节'), { '0.fromOn': 'missing' }],
		['the wrong way round', row('2026-10-03', '2026-10-01', 'holiday', '国庆节'), { '0.toOn': 'date_order' }],
		['a year of rest', row('2026-01-01', '2026-12-31', 'holiday', '元旦'), { '0.toOn': 'too_long' }],
		['without a name', row('2026-10-01', '', 'holiday', ' '), { '0.name': 'missing' }],
		['of no kind', row('2026-10-01', '', 'party', '国庆节'), { '0.kind': 'missing' }],
		['another year’s', row('2027-01-01', '', 'holiday', '元旦'), { '0.fromOn': 'outside_year' }],
		['a Tuesday made up', row('2026-10-13', '', 'make_up', '国庆节'), { '0.fromOn': 'make_up_on_weekday' }]
	])('%s is refused at its field', (_, typed, problems) => expect(readRanges(2026, [typed])).toEqual({ ok: false, problems }));

	test('a day named twice is refused in the row that names it again', () => {
		expect(readRanges(2026, [row('2026-10-01', '2026-10-03', 'holiday', '国庆节'), row('2026-10-03', '', 'holiday', '中秋节')])).toEqual({
			ok: false,
			problems: { '1.fromOn': 'twice' }
		});
	});

	test('a correction says which days are now another kind; a name alone changes nothing', () => {
		const before = arrangedDays({ holidays, makeUpDays });
		const after = [
			...before.filter(({ on }) => on !== '2026-10-03').map((one) => ({ ...one, name: '国庆' })),
			{ on: day('2026-10-11'), kind: 'make_up' as const, name: '国庆' }
		];
		expect(arrangementChanges(before, after)).toEqual([
			{ on: '2026-10-03', before: 'holiday', after: null },
			{ on: '2026-10-11', before: null, after: 'make_up' }
		]);
	});
});

describe('a month as a grid', () => {
	test.each([
		[2021, 2, 4],
		[2026, 11, 6],
		[2024, 2, 5]
	])('%i-%i has %i weeks of seven, Monday first', (year, month, weeks) => {
		const grid = weeksOf(year, month);
		expect(grid).toHaveLength(weeks);
		expect(grid.every((week) => week.length === 7)).toBe(true);
		const days = grid.flat().filter((on) => on !== null);
		expect(days).toHaveLength(new Date(Date.UTC(year, month, 0)).getUTCDate());
		expect(days).toEqual([...days].sort());
	});
});
