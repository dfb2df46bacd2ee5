/**
 * Whether a contact can still be reached (screens G6: dead contacts are the main cause of lateness). Once a quarter each is confirmed by a person; an
 * address whose mail came back, or that somebody found wrong, is doubted until it is confirmed again (「非方案规定，系统设置」).
 */
import { dayInBeijing, dayOf, yearOf, type Day } from '#lib/domain/day.ts';

export const CONTACT_STANDINGS = ['doubtful', 'never', 'stale', 'confirmed'] as const;
export type ContactStanding = (typeof CONTACT_STANDINGS)[number];

/** The latest check of one address. */
export interface AddressCheck {
	readonly result: 'confirmed' | 'bounced' | 'wrong';
	readonly at: Date;
}

/** The first day of the quarter a day lies in. */
export function quarterStart(on: Day): Day {
	const month = Number(on.slice(5, 7));
	return dayOf(yearOf(on), Math.floor((month - 1) / 3) * 3 + 1, 1);
}

/** By the latest check of each of its addresses; an address nobody checked says nothing. */
export function contactStanding(checks: readonly AddressCheck[], today: Day): ContactStanding {
	if (checks.some(({ result }) => result !== 'confirmed')) return 'doubtful';
	const last = lastConfirmed(checks);
	if (last === null) return 'never';
	return dayInBeijing(last) >= quarterStart(today) ? 'confirmed' : 'stale';
}

export function lastConfirmed(checks: readonly AddressCheck[]): Date | null {
	return checks.reduce<Date | null>((last, { result, at }) => (result === 'confirmed' && (last === null || at > last) ? at : last), null);
}
