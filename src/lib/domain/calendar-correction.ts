/** Correcting a working calendar as people read it in the State Council's notice: ranges of days, what a correction changes, and a month as a grid. */
import { addDays, dayOf, daysBetween, parseDay, weekdayOf, type Day } from './day.ts';
import { calendarProblems, type ArrangedDay, type CalendarProblem, type YearArrangement } from './working-calendar.ts';

/** Days in a row of one kind and name, as the State Council's notice names them. */
export interface ArrangedRange {
	readonly fromOn: Day;
	readonly toOn: Day;
	readonly kind: ArrangedDay['kind'];
	readonly name: string;
}

/** An arrangement as ranges, earliest first: what a form shows and a person compares with the notice. */
export function rangesOf(arrangement: Pick<YearArrangement, 'holidays' | 'makeUpDays'>): readonly ArrangedRange[] {
	const days = arrangedDays(arrangement);
	const ranges: ArrangedRange[] = [];
	for (const { on, kind, name } of days) {
		const last = ranges.at(-1);
		if (last && last.kind === kind && last.name === name && addDays(last.toOn, 1) === on) ranges[ranges.length - 1] = { ...last, toOn: on };
		else ranges.push({ fromOn: on, toOn: on, kind, name });
	}
	return ranges;
}

/** Every day an arrangement names, earliest first. */
export function arrangedDays({ holidays, makeUpDays }: Pick<YearArrangement, 'holidays' | 'makeUpDays'>): readonly ArrangedDay[] {
	const days: ArrangedDay[] = [
		...[...holidays].map(([on, name]) => ({ on, kind: 'holiday' as const, name })),
		...[...makeUpDays].map(([on, name]) => ({ on, kind: 'make_up' as const, name }))
	];
	return days.sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** A range as a person typed it; an empty end is the day itself. */
export interface TypedRange {
	readonly fromOn: string;
	readonly toOn: string;
	readonly kind: string;
	readonly name: string;
}

export type RangeProblem = CalendarProblem | 'missing' | 'date_invalid' | 'date_order' | 'too_long';

/** No rest so far had more days; a longer one is a slip of typing. */
const LONGEST_RANGE = 31;

/** Ranges as typed, as days; or what is wrong, at `<row>.<field>`. Rows without a word are left out. */
export function readRanges(
	year: number,
	typed: readonly TypedRange[]
): { readonly ok: true; readonly days: readonly ArrangedDay[] } | { readonly ok: false; readonly problems: Readonly<Record<string, RangeProblem>> } {
	const problems: Record<string, RangeProblem> = {};
	const days: { on: Day; kind: ArrangedDay['kind']; name: string; row: number }[] = [];
	for (const [row, range] of typed.entries()) {
		if ([range.fromOn, range.toOn, range.name].every((text) => text.trim() === '')) continue;
		const fromOn = parseDay(range.fromOn.trim());
		const toOn = range.toOn.trim() === '' ? fromOn : parseDay(range.toOn.trim());
		const kind = range.kind === 'holiday' || range.kind === 'make_up' ? range.kind : null;
		const name = range.name.trim();
		if (fromOn === null) problems[`${row}.fromOn`] = range.fromOn.trim() === '' ? 'missing' : 'date_invalid';
		else if (toOn === null) problems[`${row}.toOn`] = 'date_invalid';
		else if (toOn < fromOn) problems[`${row}.toOn`] = 'date_order';
		else if (daysBetween(fromOn, toOn) >= LONGEST_RANGE) problems[`${row}.toOn`] = 'too_long';
		if (kind === null) problems[`${row}.kind`] = 'missing';
		if (name === '') problems[`${row}.name`] = 'missing';
		else if ([...name].length > 60) problems[`${row}.name`] = 'too_long';
		if (fromOn === null || toOn === null || kind === null || problems[`${row}.toOn`]) continue;
		for (let on = fromOn; on <= toOn; on = addDays(on, 1)) days.push({ on, kind, name, row });
	}
	const rowOfDay = new Map<Day, number>();
	for (const { on, row } of days) rowOfDay.set(on, row);
	for (const { on, problem } of calendarProblems(year, days)) problems[`${rowOfDay.get(on) ?? 0}.fromOn`] ??= problem;
	return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, days: days.map(({ on, kind, name }) => ({ on, kind, name })) };
}

/** A day whose kind is another one after a correction; null = an ordinary day of its weekday. */
export interface ArrangementChange {
	readonly on: Day;
	readonly before: ArrangedDay['kind'] | null;
	readonly after: ArrangedDay['kind'] | null;
}

/** What a correction changes, earliest first; a name alone changes nothing that is computed. */
export function arrangementChanges(before: readonly ArrangedDay[], after: readonly ArrangedDay[]): readonly ArrangementChange[] {
	const was = new Map(before.map(({ on, kind }) => [on, kind]));
	const is = new Map(after.map(({ on, kind }) => [on, kind]));
	return [...new Set([...was.keys(), ...is.keys()])]
		.sort()
		.map((on) => ({ on, before: was.get(on) ?? null, after: is.get(on) ?? null }))
		.filter((change) => change.before !== change.after);
}

/** The weeks of a month, Monday first; null where a week reaches into another month. */
export function weeksOf(year: number, month: number): readonly (readonly (Day | null)[])[] {
	const first = dayOf(year, month, 1);
	const weeks: (Day | null)[][] = [];
	let week: (Day | null)[] = Array.from({ length: weekdayOf(first) - 1 }, () => null);
	for (let on = first; on.slice(0, 7) === first.slice(0, 7); on = addDays(on, 1)) {
		week.push(on);
		if (week.length === 7) {
			weeks.push(week);
			week = [];
		}
	}
	if (week.length > 0) weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => null)]);
	return weeks;
}
