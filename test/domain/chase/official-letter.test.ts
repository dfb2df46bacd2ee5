import { describe, expect, test } from 'vitest';
import { chanceOf } from '#db/seed/demo/random.ts';
import {
	heldCounts,
	honestPermille,
	letterLineOf,
	letterLinesOf,
	letterTerms,
	LETTER_DATED_WITHIN_DAYS,
	standingsOf,
	type LetterLine,
	type LetterReport
} from '#lib/domain/chase/official-letter.ts';
import { addDays, day } from '#lib/domain/day.ts';
import type { Court } from '#lib/domain/report-state.ts';
import type { Transition } from '#lib/domain/report/lateness.ts';
import { openOf, progressOf, totalOf } from '#lib/domain/report/progress.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import { approved, approvedBy, at, drafted, forwarded, notStarted, received, returnedBy, submitted, YEAR_2026 } from '../report/report-cases.ts';

const report = (of: ReportCase, more: Partial<LetterReport> = {}): LetterReport => ({
	id: '1',
	enterpriseName: '示例企业',
	category: 'manufacturing',
	channelId: '320000',
	case: of,
	channelOwnOn: null,
	transitions: [],
	...more
});
const hand = (on: string, court: Court): Transition => ({ at: at(on), court });
const lineOf = (one: LetterReport, to: 'enterprises' | 'channels', now: Date): LetterLine => {
	const judged = letterLineOf(one, to, now);
	if ('skip' in judged) throw new Error(`left out: ${judged.skip}`);
	return judged;
};

describe('whom a letter names (方案第十一条; domain.md 4: chasing goes to whoever holds it and nowhere else)', () => {
	const now = at('2026-12-03');
	test.each([
		['not begun', notStarted(), 'enterprises', null],
		['begun', drafted(), 'enterprises', null],
		['returned', returnedBy(submitted(), 'commerce'), 'enterprises', null],
		['with both departments', submitted(), 'enterprises', 'with_channel'],
		['with one department', approvedBy(submitted(), 'commerce'), 'enterprises', 'with_channel'],
		['approved, not forwarded', approved(), 'enterprises', 'with_channel'],
		['forwarded', forwarded(), 'enterprises', 'done'],
		['received', received(), 'channels', 'done'],
		['with both departments, to the channel', submitted(), 'channels', null],
		['approved, to the channel', approved(), 'channels', null],
		['with the enterprise, to the channel', drafted(), 'channels', null],
		// Letters pause until a ministry has said whether it can file at all.
		['said to be unable to file', { ...drafted(), excusePending: true }, 'enterprises', 'excuse_pending'],
		['said to be unable to file, to the channel', { ...drafted(), excusePending: true }, 'channels', 'excuse_pending'],
		// 自确定次年起: what is not owed is asked of nobody.
		['filed of its own accord', { ...drafted(), voluntary: true }, 'enterprises', 'not_owed'],
		['excused', { ...notStarted(), state: 'excused' }, 'channels', 'done'],
		['of a closed year', { ...notStarted(), year: { ...YEAR_2026, closedAt: at('2026-12-02') } }, 'channels', 'done']
	] as const)('%s', (_, of, to, skip) => {
		const judged = letterLineOf(report(of), to, now);
		expect('skip' in judged ? judged.skip : null).toBe(skip);
	});

	test('nobody is pressed in a year that has not begun', () => {
		expect(letterLineOf(report(notStarted()), 'enterprises', at('2026-10-07'))).toEqual({ skip: 'not_open' });
		expect(letterLineOf(report(notStarted()), 'enterprises', at('2026-10-08'))).toMatchObject({ daysLate: 0, daysPastOwn: 0 });
	});

	test('lines and what is left out add up to all', () => {
		const all = [drafted(), submitted(), forwarded(), { ...drafted(), voluntary: true }, notStarted()].map((of) => report(of));
		const { lines, skipped } = letterLinesOf(all, 'enterprises', now);
		expect(lines).toHaveLength(2);
		expect(skipped).toEqual({ with_channel: 1, done: 1, not_owed: 1 });
	});
});

describe('the two clocks (domain.md 2)', () => {
	test('past the channel’s date and before the ministries’ one is not late', () => {
		expect(lineOf(report(drafted()), 'enterprises', at('2026-11-20'))).toMatchObject({
			ownDueOn: '2026-11-15',
			ministryDueOn: '2026-11-30',
			daysPastOwn: 5,
			daysLate: 0,
			daysByOwner: {}
		});
		// Until 24:00 in Beijing of the day itself.
		expect(lineOf(report(drafted()), 'enterprises', new Date('2026-11-30T15:59:59.999Z'))).toMatchObject({ daysLate: 0 });
		expect(lineOf(report(drafted()), 'enterprises', new Date('2026-11-30T16:00:00Z'))).toMatchObject({ daysLate: 1, daysPastOwn: 16 });
	});

	test('a channel’s own date, an extension and a duty that came late each have their day', () => {
		const now = at('2026-12-05');
		expect(lineOf(report(drafted(), { channelOwnOn: day('2026-11-20') }), 'enterprises', now)).toMatchObject({
			ownDueOn: '2026-11-20',
			daysPastOwn: 15,
			daysLate: 5
		});
		expect(lineOf(report({ ...drafted(), extensionOn: day('2026-12-10') }), 'enterprises', now)).toMatchObject({
			ownDueOn: '2026-12-10',
			ministryDueOn: '2026-12-10',
			daysPastOwn: 0,
			daysLate: 0
		});
		// Overdue is never counted from before a duty was known.
		expect(lineOf(report({ ...notStarted(), owedOn: day('2026-12-04') }), 'enterprises', now)).toMatchObject({
			sinceOn: '2026-12-04',
			ministryDueOn: '2026-12-04',
			daysLate: 1,
			daysPastOwn: 1
		});
	});

	test('the days of each party are named and add up: the enterprise is not charged with the departments’ days', () => {
		const line = lineOf(
			report(returnedBy(submitted('province', at('2026-12-02')), 'commerce', at('2026-12-05')), {
				transitions: [hand('2026-12-02', 'departments'), hand('2026-12-05', 'enterprise')]
			}),
			'enterprises',
			at('2026-12-08')
		);
		// 1, 2 December the enterprise · 3, 4, 5 both departments · 6, 7, 8 the enterprise again
		expect(line).toMatchObject({ returned: true, sinceOn: '2026-12-05', daysLate: 8, daysByOwner: { enterprise: 5, departments: 3 } });
		expect(Object.values(line.daysByOwner).reduce((sum, n) => sum + n, 0)).toBe(line.daysLate);
		// A return has a date of its own, and until then nothing of the enterprise's is past.
		expect(line).toMatchObject({ ownDueOn: '2026-12-20', daysPastOwn: 0 });
	});

	test('what was forwarded in time and came back is not late', () => {
		const back = returnedBy(forwarded(), 'mofcom', at('2026-11-25'));
		expect(lineOf(report(back), 'enterprises', at('2026-12-10'))).toMatchObject({ returned: true, daysLate: 0, daysByOwner: {} });
	});

	test('with a department the day counts since it was submitted, with the channel since the last opinion', () => {
		const now = at('2026-12-01');
		expect(lineOf(report(submitted()), 'channels', now)).toMatchObject({ court: 'departments', sinceOn: '2026-11-10', daysPastOwn: 0, daysLate: 1 });
		expect(lineOf(report(approved()), 'channels', now)).toMatchObject({ court: 'channel', sinceOn: '2026-11-12' });
	});
});

describe('counts', () => {
	const lines = (courts: readonly Court[]) => courts.map((court, index) => ({ court, daysLate: index % 2 }));

	test('the holders add up to the reports', () => {
		const counts = heldCounts(lines(['enterprise', 'commerce', 'industry', 'departments', 'group', 'channel', 'enterprise']));
		const { reports, late, ...held } = counts;
		expect(reports).toBe(7);
		expect(late).toBe(3);
		expect(Object.values(held).reduce((sum, n) => sum + n, 0)).toBe(reports);
	});

	test.each([
		[0, 0, null],
		[0, 5, 0],
		[5, 5, 1_000],
		[1, 3, 333],
		[999, 1_000, 999],
		// Rounded as usual these would say all, and nothing.
		[9_999, 10_000, 999],
		[1, 10_000, 1]
	])('%i of %i is %s thousandths', (part, whole, permille) => expect(honestPermille(part, whole)).toBe(permille));

	test('whoever is missing something and whoever is not are all of whom something is expected', () => {
		const of = (expected: number, missing: number) => ({ counts: { ...totalOf([]), expected, missing } });
		const channels = [of(3, 0), of(2, 1), of(0, 0), of(1, 1)];
		const { complete, missing } = standingsOf(channels);
		expect([complete.length, missing.length]).toEqual([1, 2]);
	});

	test('on time, extended, overdue, not due and to be confirmed make up what is owed, whatever came when', () => {
		const chance = chanceOf('the parts of what is owed');
		for (let run = 0; run < 300; run += 1) {
			const asOf = addDays(day('2026-11-20'), chance.whole(0, 30));
			const standing = Array.from({ length: chance.whole(1, 5) }, () => ({
				key: 'a',
				state: chance.pick(['draft', 'submitted', 'forwarded', 'received', 'excused', 'not_owed'] as const),
				voluntary: chance.odds(0.1),
				extensionOn: chance.odds(0.3) ? addDays(day('2026-11-25'), chance.whole(0, 20)) : null,
				owedOn: chance.odds(0.2) ? addDays(day('2026-11-25'), chance.whole(0, 10)) : null,
				excusePending: false,
				closed: false,
				everForwarded: false,
				n: chance.whole(1, 9)
			}));
			const came = standing
				.filter(({ state, voluntary }) => (state === 'forwarded' || state === 'received') && !voluntary)
				.map(({ extensionOn, owedOn, n }) => {
					const due =
						[day('2026-11-30'), extensionOn, owedOn]
							.flatMap((on) => on ?? [])
							.sort()
							.at(-1) ?? asOf;
					// Late means that the date had passed when it came, and it came by the day asked for.
					return { key: 'a', kind: 'forwarded' as const, extensionOn, owedOn, late: due < asOf && chance.odds(0.5), n };
				});
			const waiting = standing.map((one) => (one.state === 'draft' ? { ...one, excusePending: chance.odds(0.4) } : one));
			const counts = totalOf(progressOf(waiting, came, YEAR_2026, asOf).values());
			expect(openOf(counts)).toBeGreaterThanOrEqual(0);
			expect(counts.on_time + counts.extended + counts.overdue + counts.excuse_pending + openOf(counts)).toBe(counts.expected);
		}
	});
});

describe('what is typed', () => {
	const today = day('2026-12-03');
	const problemsOf = (letterNo: string, letterOn: string) => {
		const judged = letterTerms({ letterNo, letterOn }, today);
		return 'problems' in judged ? judged.problems : null;
	};
	test.each([
		['', '2026-12-03', null],
		['苏商服函〔2026〕12号', '2026-12-03', null],
		['苏商服函〔2026〕12号', addDays(today, LETTER_DATED_WITHIN_DAYS), { letterNo: 'number_year' }],
		['苏商服函〔2027〕1号', addDays(today, LETTER_DATED_WITHIN_DAYS), null],
		['苏商服函〔2026〕第12号', '2026-12-03', { letterNo: 'number_padded' }],
		['12', '2026-12-03', { letterNo: 'number_form' }],
		['', '', { letterOn: 'missing' }],
		// A letter tells how things stand today: it is not dated before.
		['', '2026-12-02', { letterOn: 'date_out_of_range' }],
		['', addDays(today, LETTER_DATED_WITHIN_DAYS + 1), { letterOn: 'date_out_of_range' }],
		['12', '2026-02-30', { letterNo: 'number_form', letterOn: 'date_invalid' }]
	])('%j dated %s', (letterNo, letterOn, problems) => expect(problemsOf(letterNo, letterOn)).toEqual(problems));
});
