import { describe, expect, it } from 'vitest';
import { COURTS, type Court } from '#lib/domain/report-state.ts';
import { addDays, day } from '#lib/domain/day.ts';
import { explainedOf, latenessOf, leadersOf, type LatenessFacts, type LateReasonOwner, type Transition } from '#lib/domain/report/lateness.ts';
import { at } from './report-cases.ts';

const FACTS: LatenessFacts = {
	dueOn: day('2026-11-30'),
	enterpriseDueOn: day('2026-11-15'),
	firstSubmittedAt: null,
	firstOpinionAt: {},
	firstForwardedAt: null,
	receivedAt: null,
	transitions: [],
	closedAt: null,
	unableToFile: false
};
const hand = (on: string, court: Court, hours = 10): Transition => ({ at: at(on, hours), court });
const sum = (days: Partial<Record<Court, number>>): number => Object.values(days).reduce((total, n) => total + n, 0);

describe('whose late days they were (方案第十一条)', () => {
	it('forwarded at the last millisecond is not late; at midnight it is, by one day', () => {
		expect(latenessOf({ ...FACTS, firstForwardedAt: new Date('2026-11-30T15:59:59.999Z') }, at('2027-01-01'))).toMatchObject({
			onTime: true,
			daysLate: 0,
			daysByOwner: {}
		});
		expect(latenessOf({ ...FACTS, firstForwardedAt: new Date('2026-11-30T16:00:00Z') }, at('2027-01-01'))).toMatchObject({
			onTime: false,
			daysLate: 1,
			daysByOwner: { enterprise: 1 }
		});
	});
	it('splits the days by who held the report as each began', () => {
		const lateness = latenessOf(
			{
				...FACTS,
				firstSubmittedAt: at('2026-12-02'),
				firstForwardedAt: at('2026-12-10'),
				transitions: [hand('2026-12-02', 'departments'), hand('2026-12-04', 'industry'), hand('2026-12-07', 'channel'), hand('2026-12-10', 'ministries')]
			},
			at('2027-01-01')
		);
		// 1, 2 Dec enterprise · 3, 4 both departments · 5, 6, 7 industry · 8, 9, 10 channel
		expect(lateness.daysByOwner).toEqual({ enterprise: 2, departments: 2, industry: 3, channel: 3 });
		expect(lateness.daysLate).toBe(10);
		expect(lateness.submitted.daysLate).toBe(17);
	});
	it('blames the industry department alone when the enterprise was in time', () => {
		const lateness = latenessOf(
			{
				...FACTS,
				firstSubmittedAt: at('2026-11-15', 23),
				firstForwardedAt: at('2026-12-03'),
				transitions: [hand('2026-11-15', 'departments'), hand('2026-11-20', 'industry'), hand('2026-12-03', 'channel', 9), hand('2026-12-03', 'ministries')]
			},
			at('2027-01-01')
		);
		expect(lateness).toMatchObject({ submitted: { daysLate: 0 }, daysByOwner: { industry: 3 }, daysLate: 3 });
	});
	it('counts on while it is not forwarded, and stops at the close of the year', () => {
		expect(latenessOf(FACTS, new Date('2026-11-30T15:59:59.999Z'))).toMatchObject({ onTime: null, daysLate: 0, submitted: { daysLate: 15 } });
		expect(latenessOf(FACTS, at('2026-12-05'))).toMatchObject({ onTime: false, daysLate: 5, daysByOwner: { enterprise: 5 } });
		expect(latenessOf({ ...FACTS, closedAt: at('2027-01-10') }, at('2027-06-01')).daysLate).toBe(41);
	});
	it('an extension moves the day from which is counted', () => {
		expect(latenessOf({ ...FACTS, dueOn: day('2026-12-10'), firstForwardedAt: at('2026-12-12') }, at('2027-01-01')).daysLate).toBe(2);
	});
	it('a hand-over exactly at midnight gives the day to the receiver', () => {
		expect(latenessOf({ ...FACTS, firstForwardedAt: at('2026-12-01'), transitions: [hand('2026-12-01', 'group', 0)] }, at('2027-01-01')).daysByOwner).toEqual({
			group: 1
		});
	});
	it('always adds up, for 2,000 random histories', () => {
		let seed = 20261130;
		const random = (n: number): number => {
			seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
			return seed % n;
		};
		for (let round = 0; round < 2_000; round++) {
			let on = day('2026-11-20');
			const transitions = Array.from({ length: random(8) }, () => {
				on = addDays(on, random(6));
				return { at: at(on, random(24)), court: COURTS[random(COURTS.length)] ?? 'enterprise' };
			}).toSorted((a, b) => a.at.getTime() - b.at.getTime());
			const lateness = latenessOf(
				{ ...FACTS, transitions, firstForwardedAt: random(3) === 0 ? null : at(addDays(on, random(20)), random(24)) },
				at('2026-12-24')
			);
			expect(sum(lateness.daysByOwner)).toBe(lateness.daysLate);
			expect(lateness.forwarded.daysLate).toBe(lateness.daysLate);
		}
	});

	it('whoever is unable to file has no late day, at the channel or at the ministries', () => {
		const lateness = latenessOf({ ...FACTS, unableToFile: true }, at('2027-01-20'));
		expect(lateness).toMatchObject({ onTime: null, daysLate: 0, daysByOwner: {}, submitted: { daysLate: 0 } });
	});

	it('names all that stand first, and nobody where nothing is counted', () => {
		expect(
			leadersOf([
				['enterprise', 3],
				['commerce', 5],
				['channel', 5]
			] as const)
		).toEqual(['commerce', 'channel']);
		expect(leadersOf([['enterprise', 0]] as const)).toEqual([]);
		expect(leadersOf([])).toEqual([]);
	});

	it('counts of how many late reports each owner has said why, a day with both departments as one of each', () => {
		const days = (daysByOwner: Partial<Record<Court, number>>, ...reasonsOf: LateReasonOwner[]) => ({ daysByOwner, reasonsOf });
		expect(
			explainedOf([days({ enterprise: 3 }, 'enterprise'), days({ enterprise: 1, departments: 2 }, 'commerce'), days({ channel: 4 }), days({}, 'enterprise')])
		).toEqual({
			enterprise: { late: 2, explained: 1 },
			commerce: { late: 1, explained: 1 },
			industry: { late: 1, explained: 0 },
			channel: { late: 1, explained: 0 }
		});
	});
});
