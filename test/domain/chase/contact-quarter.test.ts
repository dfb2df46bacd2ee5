import { describe, expect, it } from 'vitest';
import { contactStanding, quarterStart, type AddressCheck } from '#lib/domain/chase/contact-quarter.ts';
import { day } from '#lib/domain/day.ts';
import { at } from '../report/report-cases.ts';

const confirmed = (on: string): AddressCheck => ({ result: 'confirmed', at: at(on) });

describe('the quarter of a day', () => {
	it.each([
		['2026-01-01', '2026-01-01'],
		['2026-03-31', '2026-01-01'],
		['2026-04-01', '2026-04-01'],
		['2026-11-24', '2026-10-01'],
		['2026-12-31', '2026-10-01']
	])('%s lies in that of %s', (on, start) => {
		expect(quarterStart(day(on))).toBe(start);
	});
});

describe('how a contact stands', () => {
	it.each<[string, readonly AddressCheck[], string]>([
		['never', [], 'never'],
		['confirmed', [confirmed('2026-10-01')], 'confirmed'],
		['stale', [confirmed('2026-09-30')], 'stale'],
		['confirmed', [confirmed('2026-03-01'), confirmed('2026-11-01')], 'confirmed'],
		['doubtful', [confirmed('2026-11-01'), { result: 'bounced', at: at('2026-10-20') }], 'doubtful'],
		['doubtful', [{ result: 'wrong', at: at('2026-01-20') }], 'doubtful']
	])('%s', (_name, checks, standing) => {
		expect(contactStanding(checks, day('2026-11-24'))).toBe(standing);
	});
});
