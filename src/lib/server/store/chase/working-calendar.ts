import { day, type Day } from '#lib/domain/day.ts';
import type { WorkingCalendar, YearArrangement } from '#lib/domain/working-calendar.ts';
import type { Db } from '#lib/server/db/door.ts';

/** The newest arrangement of every year that has one. */
export async function loadWorkingCalendar({ sql }: Db): Promise<WorkingCalendar> {
	const rows = await sql<{ year: number; version: number; source: string; on_day: string | null; kind: string | null; name: string | null }[]>`
		select c.year, c.version, c.source, (select d.on_day) as on_day, (select d.kind) as kind, (select d.name) as name
		from working_calendar c
		left join working_calendar_day d on d.year = c.year and d.version = c.version
		where c.version = (select max(x.version) from working_calendar x where x.year = c.year)`;
	const years = new Map<number, YearArrangement & { readonly holidays: Map<Day, string>; readonly makeUpDays: Map<Day, string> }>();
	for (const { year, version, source, on_day, kind, name } of rows) {
		const arrangement = years.get(year) ?? { year, version, source, holidays: new Map<Day, string>(), makeUpDays: new Map<Day, string>() };
		years.set(year, arrangement);
		if (on_day !== null) (kind === 'make_up' ? arrangement.makeUpDays : arrangement.holidays).set(day(on_day), name ?? '');
	}
	return years;
}
