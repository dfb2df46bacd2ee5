import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { arrangedDays, arrangementChanges, readRanges, type TypedRange } from '#lib/domain/calendar-correction.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';

export interface CalendarCorrection {
	readonly year: number;
	/** The version on the screen; 0 = the year is unknown so far. */
	readonly afterVersion: number;
	/** The State Council's notice it was taken from. */
	readonly source: string;
	/** The whole arrangement of the year, as typed. */
	readonly ranges: readonly TypedRange[];
}

/**
 * A ministry enters or corrects the working days of a year: a new version with its source, the older ones stay (domain.md 4). What was computed
 * from an older version was computed from it; everything asked from now on uses this one.
 */
export function correctWorkingCalendar(actor: Actor, given: CalendarCorrection): Promise<Decision<{ version: number; changes: number }>> {
	return asOffice(actor, 'correctWorkingCalendar', async (db, now) => {
		const read = readRanges(given.year, given.ranges);
		const source = given.source.trim();
		const fields = { ...(source === '' ? { source: 'missing' } : {}), ...(read.ok ? {} : read.problems) };
		if (!read.ok || source === '') return refuse({ code: 'invalid_input', fields });
		const known = (await loadWorkingCalendar(db)).get(given.year);
		const actual = known?.version ?? 0;
		if (actual !== given.afterVersion) return refuse({ code: 'stale_version', expected: given.afterVersion, actual });
		const before = known ? arrangedDays(known) : [];
		const changes = arrangementChanges(before, read.days);
		const renamed = JSON.stringify(before) !== JSON.stringify(read.days.toSorted((a, b) => (a.on < b.on ? -1 : 1)));
		if (known && !renamed && known.source === source) return refuse({ code: 'nothing_changed' });
		const version = given.afterVersion + 1;
		// Of two corrections at once the key lets one through; the other is told that the calendar has changed.
		const entered = await db.sql`
			insert into working_calendar (year, version, source, entered_by, entered_by_name, entered_at)
			values (${given.year}, ${version}, ${source}, ${actor.personId}, ${actor.personName}, ${now}) on conflict do nothing`;
		if (entered.count === 0) return refuse({ code: 'stale_version', expected: given.afterVersion, actual: version });
		await db.sql`
			insert into working_calendar_day (year, version, on_day, kind, name)
			select ${given.year}, ${version}, d.on_day, d.kind, d.name
			from unnest(${read.days.map(({ on }) => on) as string[]}::text[]::date[], ${read.days.map(({ kind }) => kind) as string[]}::text[],
				${read.days.map(({ name }) => name)}::text[]) as d (on_day, kind, name)`;
		await writeJournal(db, {
			act: 'correct-working-calendar',
			objectKind: 'working_calendar',
			objectId: String(given.year),
			article: 'system',
			before: known ? { version: actual, source: known.source } : null,
			after: { version, source, changes: changes.map(({ on, before: was, after }) => `${on} ${was ?? '-'} > ${after ?? '-'}`) }
		});
		return { ok: true, version, changes: changes.length };
	});
}
