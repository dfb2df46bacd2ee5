import { afterAll, describe, expect, it } from 'vitest';
import { addDays, day, dayInBeijing, daysBetween, dayOf, endOf, isDay, parseDay, startOf, weekdayOf, yearOf } from '#lib/domain/day.ts';
import { isPast } from '#lib/domain/report/reporting-year.ts';

const zoneBefore = process.env.TZ;
afterAll(() => {
	if (zoneBefore === undefined) delete process.env.TZ;
	else process.env.TZ = zoneBefore;
});

describe.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'])('days with the process in %s', (zone) => {
	const inZone = (name: string, work: () => void): void => {
		it(name, () => {
			process.env.TZ = zone;
			work();
		});
	};

	inZone('really runs in that zone', () => {
		expect(new Intl.DateTimeFormat('en', { timeZoneName: 'longOffset' }).resolvedOptions().timeZone).toBe(zone);
	});

	inZone('30 November ends at 16:00:00Z, exclusive (方案第十一条)', () => {
		expect(endOf(day('2026-11-30')).toISOString()).toBe('2026-11-30T16:00:00.000Z');
		expect(isPast(day('2026-11-30'), new Date('2026-11-30T15:59:59.999Z'))).toBe(false);
		expect(isPast(day('2026-11-30'), new Date('2026-11-30T16:00:00Z'))).toBe(true);
		expect(dayInBeijing(new Date('2026-11-30T15:59:59.999Z'))).toBe('2026-11-30');
		expect(dayInBeijing(new Date('2026-11-30T16:00:00Z'))).toBe('2026-12-01');
		expect(startOf(day('2026-11-30')).toISOString()).toBe('2026-11-29T16:00:00.000Z');
	});

	inZone('29 February exists in leap years only', () => {
		expect(isDay('2028-02-29')).toBe(true);
		expect(isDay('2027-02-29')).toBe(false);
		expect(isDay('2100-02-29')).toBe(false);
		expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29');
		expect(addDays(day('2028-02-29'), 366)).toBe('2029-03-01');
		expect(endOf(day('2028-02-29')).toISOString()).toBe('2028-02-29T16:00:00.000Z');
	});

	inZone('counts days across summer-time changes elsewhere', () => {
		expect(daysBetween(day('2026-03-01'), day('2026-04-01'))).toBe(31);
		expect(daysBetween(day('2026-11-30'), day('2026-12-03'))).toBe(3);
		expect(daysBetween(day('2026-12-03'), day('2026-11-30'))).toBe(-3);
		expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01');
		expect(addDays(day('2026-03-08'), -8)).toBe('2026-02-28');
	});

	inZone('knows weekdays: 30 November 2026 is a Monday', () => {
		expect(weekdayOf(day('2026-11-30'))).toBe(1);
		expect(weekdayOf(day('2026-11-29'))).toBe(7);
		expect(yearOf(day('2026-11-30'))).toBe(2026);
		expect(dayOf(2026, 10, 8)).toBe('2026-10-08');
	});
});

describe('what is no day', () => {
	it.each([
		'',
		'2026-1-5',
		'2026-13-01',
		'2026-00-10',
		'2026-04-31',
		'2026-11-30T00:00',
		' 2026-11-30',
		'２０２６-11-30',
		'0999-01-01',
		'26-11-30',
		'2026-11-30\n'
	])('%j', (text) => {
		expect(isDay(text)).toBe(false);
		expect(parseDay(text)).toBeNull();
		expect(() => day(text)).toThrow(RangeError);
	});
	it('anything that is not text', () => {
		for (const given of [null, undefined, 20261130, new Date(), {}]) expect(isDay(given)).toBe(false);
	});
});
