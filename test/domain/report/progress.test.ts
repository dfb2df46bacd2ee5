import { describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { curvesOf, progressOf, rateOf, reachedAt, totalOf } from '#lib/domain/report/progress.ts';
import { parseReason } from '#lib/domain/report/reason-kinds.ts';
import { dayBeforeWorkingDays, NO_CALENDAR, workingDaysUntil } from '#lib/domain/working-calendar.ts';
import { curveLabel, curveRange, curveRows, curveSvgFile, drawCurves } from '#lib/ui/charts/submission-curve.ts';

const OPEN = { closed: false, everForwarded: false };
const YEAR = { ministryDueOn: day('2026-11-30') };

describe('figures at the end of a day', () => {
	const asFirst = { owedOn: null, voluntary: false };
	const standing = [
		{ key: 'a', state: 'received' as const, ...asFirst, extensionOn: null, excusePending: false, ...OPEN, n: 3 },
		{ key: 'a', state: 'draft' as const, ...asFirst, extensionOn: day('2026-12-10'), excusePending: false, ...OPEN, n: 1 },
		{ key: 'a', state: 'not_filed' as const, ...asFirst, extensionOn: null, excusePending: false, ...OPEN, n: 1 },
		{ key: 'b', state: 'excused' as const, ...asFirst, extensionOn: null, excusePending: false, ...OPEN, n: 2 }
	];
	const came = [
		{ key: 'a', kind: 'submitted' as const, owedOn: null, extensionOn: null, late: false, n: 3 },
		{ key: 'a', kind: 'forwarded' as const, owedOn: null, extensionOn: null, late: false, n: 2 },
		{ key: 'a', kind: 'forwarded' as const, owedOn: null, extensionOn: null, late: true, n: 1 }
	];

	test('on the day itself nothing is overdue, and the share is of what is expected', () => {
		const total = totalOf(progressOf(standing, came.slice(0, 2), YEAR, day('2026-11-30')).values());
		expect(total).toEqual({
			expected: 5,
			submitted: 3,
			forwarded: 2,
			missing: 3,
			on_time: 2,
			overdue: 0,
			extended: 1,
			excused: 2,
			excuse_pending: 0,
			not_filed: 1,
			not_delivered: 0
		});
		expect(rateOf(total, YEAR, day('2026-11-30'))).toEqual({ kind: 'so_far', part: 2, whole: 5, rate: 0.4, withUnable: { whole: 7, rate: 2 / 7 } });
	});

	test('after it, what came late stays overdue, and an extension that runs is undecided', () => {
		const groups = progressOf(standing, came, YEAR, day('2026-12-05'));
		expect(groups.get('a')).toMatchObject({ forwarded: 3, on_time: 2, overdue: 2, missing: 2 });
		expect(rateOf(totalOf(groups.values()), YEAR, day('2026-12-05'))).toMatchObject({ kind: 'on_time', part: 2, whole: 4 });
		expect(progressOf(standing, came, YEAR, day('2026-12-11')).get('a')?.overdue).toBe(3);
	});

	test('a kept extension is extended and never on time, so that each decided report is counted once', () => {
		const dueOn = day('2026-12-10');
		const kept = (state: 'received' | 'draft', n: number) => ({ key: 'a', state, ...asFirst, extensionOn: dueOn, excusePending: false, ...OPEN, n });
		const forwarded = (late: boolean, n: number) => ({ key: 'a', kind: 'forwarded' as const, owedOn: null, extensionOn: dueOn, late, n });
		const all = [...standing.slice(0, 1), kept('received', 4), kept('draft', 2)];
		const told = (asOf: string, late: number) =>
			progressOf(all, [...came.slice(1), forwarded(false, 3), ...(late > 0 ? [forwarded(true, late)] : [])], YEAR, day(asOf)).get('a');
		expect(told('2026-12-10', 0)).toMatchObject({ on_time: 2, extended: 6, overdue: 1 });
		expect(told('2026-12-11', 1)).toMatchObject({ expected: 9, on_time: 2, extended: 3, overdue: 4 });
		expect(told('2026-12-11', 0)).toMatchObject({ expected: 9, on_time: 2, extended: 3, overdue: 4 });
	});

	test('whoever is said to be unable to file is expected and neither on time nor overdue; the share is told with and without them', () => {
		const waiting = { key: 'a', state: 'draft' as const, ...asFirst, extensionOn: null, excusePending: true, ...OPEN, n: 3 };
		const counts = totalOf(progressOf([...standing, waiting], came, YEAR, day('2026-12-11')).values());
		expect(counts).toMatchObject({ expected: 8, missing: 5, excuse_pending: 3, excused: 2, on_time: 2, overdue: 3, extended: 0 });
		expect(rateOf(counts, YEAR, day('2026-12-11'))).toEqual({ kind: 'on_time', part: 2, whole: 5, rate: 0.4, withUnable: { whole: 10, rate: 0.2 } });
		expect(rateOf(counts, YEAR, day('2026-11-30'))).toMatchObject({ kind: 'so_far', whole: 8, withUnable: { whole: 10 } });
	});

	test('of a closed year, also one closed before, not filed and not delivered are told apart, and what came is neither', () => {
		const closed = (state: ReportState, everForwarded: boolean, n: number) => ({
			key: 'a',
			state,
			...asFirst,
			extensionOn: null,
			excusePending: false,
			closed: true,
			everForwarded,
			n
		});
		const all = [closed('not_filed', false, 1), closed('returned', false, 2), closed('draft', false, 4), closed('returned', true, 8)];
		const undelivered = [closed('not_delivered', false, 16), closed('submitted', false, 32), closed('submitted', true, 64), closed('received', true, 128)];
		const counts = totalOf(progressOf([...all, ...undelivered, closed('excused', false, 256)], [], YEAR, day('2027-05-01')).values());
		expect(counts).toMatchObject({ not_filed: 7, not_delivered: 48, expected: 255, excused: 256 });
	});

	test('a share of nothing is no share', () => expect(rateOf(totalOf([]), YEAR, day('2026-12-01')).rate).toBeNull());
});

describe('the curve', () => {
	const curves = curvesOf(
		[
			{ year: 2026, onDay: day('2026-11-20'), n: 2 },
			{ year: 2026, onDay: day('2026-11-10'), n: 1 },
			{ year: 2026, onDay: day('2026-11-29'), n: 9 },
			{ year: 2025, onDay: day('2025-12-03'), n: 4 }
		],
		[
			{ year: 2025, ministryDueOn: day('2025-11-30'), expected: 4, until: day('2026-01-30') },
			{ year: 2026, ministryDueOn: day('2026-11-30'), expected: 10, until: day('2026-11-27') }
		]
	);

	test("is by days to each year's own date, this year first and no further than today", () => {
		expect(curves.map(({ year }) => year)).toEqual([2026, 2025]);
		expect(curves[0]?.points).toEqual([
			{ offset: -20, count: 1, share: 0.1 },
			{ offset: -10, count: 3, share: 0.3 }
		]);
		expect(curves[0] && reachedAt(curves[0], -15)).toEqual({ count: 1, share: 0.1 });
		expect(curves[1] && reachedAt(curves[1], -3)).toEqual({ count: 0, share: 0 });
	});

	test('draws the same rows as the table shows, and its file carries no style', () => {
		expect(curveRange(curves)).toEqual({ from: -56, to: 7 });
		expect(curveRows(curves).map(({ offset, byYear }) => [offset, byYear.get(2026)?.count, byYear.get(2025)?.count])).toEqual([
			[-20, 1, 0],
			[-10, 3, 0],
			[3, 3, 4]
		]);
		const drawing = drawCurves(curves, -3);
		expect(drawing.lines.map(({ year, current }) => [year, current])).toEqual([
			[2025, false],
			[2026, true]
		]);
		expect(drawing.lines.map(curveLabel)).toEqual(['2025 n=4', '2026 n=10']);
		const file = curveSvgFile(drawing, { title: 'a < b & "c"', caption: 'x', due: 'y', offset: String });
		expect(file).toContain('a &lt; b &amp; &quot;c&quot;');
		// A share says on how many (domain.md 5), in the file that leaves as on the page.
		for (const label of ['2026 n=10', '2025 n=4']) expect(file).toContain(label);
		expect(file).not.toMatch(/style=|<style|<script/);
	});
});

test('a reason of an address is one of its kind, or none', () => {
	expect(parseReason('returned:figure_wrong')).toEqual({ kind: 'returned', code: 'figure_wrong' });
	for (const text of ['', 'returned', 'returned:', 'returned:technical', 'late:technical:x', 'constructor:x']) expect(parseReason(text)).toBeNull();
});

test('so many working days back is the day from which they count forward again', () => {
	const calendar = new Map([
		[2026, { year: 2026, version: 1, source: '', holidays: new Map([[day('2026-11-24'), 'x']]), makeUpDays: new Map([[day('2026-11-22'), 'x']]) }]
	]);
	const since = dayBeforeWorkingDays(5, day('2026-11-27'), calendar);
	expect(since && workingDaysUntil(since, day('2026-11-27'), calendar)).toBe(5);
	expect(dayBeforeWorkingDays(5, day('2026-11-27'), NO_CALENDAR)).toBeNull();
});
