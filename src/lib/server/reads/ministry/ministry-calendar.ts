import { day, yearOf, type Day } from '#lib/domain/day.ts';
import { arrangementChanges, type ArrangementChange } from '#lib/domain/calendar-correction.ts';
import type { ArrangedDay, WorkingCalendar } from '#lib/domain/working-calendar.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import { ministryYears } from './ministry-year.ts';

export interface CalendarVersion {
	readonly version: number;
	readonly source: string;
	readonly enteredByName: string;
	readonly enteredAt: Date;
	/** Against the version before it; null for the first. */
	readonly changes: readonly ArrangementChange[] | null;
}

export interface MinistryCalendar {
	readonly calendar: WorkingCalendar;
	readonly knownYears: readonly number[];
	/** Newest first; none = the year is unknown. */
	readonly versions: readonly CalendarVersion[];
	/** Dates of reporting years that lie in this calendar year: what is not computed while it is unknown. */
	readonly dates: readonly {
		readonly reportYear: number;
		readonly field: 'opensOn' | 'channelDueOn' | 'ministryDueOn' | 'acceptedLateUntilOn' | 'correctionsUntilOn';
		readonly on: Day;
	}[];
}

/** Powers /ministry/calendar. Three queries. */
export function ministryCalendar(actor: Actor, year: number): Promise<MinistryCalendar> {
	return asActor(
		actor,
		async (db) => {
			const calendar = await loadWorkingCalendar(db);
			const rows = await db.sql<
				{ version: number; source: string; entered_by_name: string; entered_at: Date; days: { on: string; kind: string; name: string }[] | null }[]
			>`
				select c.version, c.source, c.entered_by_name, c.entered_at,
					(select jsonb_agg(jsonb_build_object('on', d.on_day, 'kind', d.kind, 'name', d.name) order by d.on_day) from working_calendar_day d
						where d.year = c.year and d.version = c.version) as days
				from working_calendar c where c.year = ${year} order by c.version desc`;
			const daysOf = (row: (typeof rows)[number] | undefined): readonly ArrangedDay[] =>
				(row?.days ?? []).map(({ on, kind, name }) => ({ on: day(on), kind: kind === 'make_up' ? 'make_up' : 'holiday', name }));
			const years = await ministryYears(db);
			return {
				calendar,
				knownYears: [...calendar.keys()].toSorted((a, b) => a - b),
				versions: rows.map((row, index) => ({
					version: row.version,
					source: row.source,
					enteredByName: row.entered_by_name,
					enteredAt: row.entered_at,
					changes: rows[index + 1] ? arrangementChanges(daysOf(rows[index + 1]), daysOf(row)) : null
				})),
				dates: years
					.flatMap((one) =>
						(['opensOn', 'channelDueOn', 'ministryDueOn', 'acceptedLateUntilOn', 'correctionsUntilOn'] as const).map((field) => ({
							reportYear: one.year,
							field,
							on: one[field]
						}))
					)
					.filter(({ on }) => yearOf(on) === year)
			};
		},
		{ readOnly: true }
	);
}
