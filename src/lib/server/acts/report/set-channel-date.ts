import { day } from '#lib/domain/day.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { validateChannelOwnDate } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

/** A channel sets its own earlier date for its enterprises (domain.md 2: 非方案规定). Both departments share one date; `rowVersion` 0 = none set yet. */
export function setChannelDate(
	actor: Actor,
	year: number,
	given: { readonly dueOn: string; readonly rowVersion: number }
): Promise<Decision<{ dueOn: string }>> {
	return asOffice(actor, 'setChannelDate', async (db) => {
		if (actor.channelId === null) return refuse({ code: 'not_found' });
		const [row] = await db.sql<{ opens_on: string; ministry_due_on: string; closed_at: Date | null }[]>`
			select opens_on, ministry_due_on, closed_at from reporting_year where year = ${year}`;
		if (!row) return refuse({ code: 'not_found' });
		if (row.closed_at !== null) return refuse({ code: 'year_closed', year });
		const checked = validateChannelOwnDate({ opensOn: day(row.opens_on), ministryDueOn: day(row.ministry_due_on) }, given.dueOn);
		if (!checked.ok) return checked;
		const [before] = await db.sql<{ due_on: string; row_version: number }[]>`
			select due_on, row_version from channel_year where channel_id = ${actor.channelId} and year = ${year} for update`;
		if ((before?.row_version ?? 0) !== given.rowVersion) return refuse({ code: 'stale_version', expected: given.rowVersion, actual: before?.row_version ?? 0 });
		await db.sql`
			insert into channel_year (channel_id, year, due_on, set_by) values (${actor.channelId}, ${year}, ${checked.channelOwnOn}::date, ${actor.personId})
			on conflict (channel_id, year) do update set due_on = excluded.due_on, set_by = excluded.set_by, set_at = app_now(),
				row_version = channel_year.row_version + 1`;
		await writeJournal(db, {
			act: 'set-channel-date',
			objectKind: 'channel_year',
			objectId: `${actor.channelId}/${year}`,
			article: 'system',
			before: before ? { dueOn: before.due_on } : null,
			after: { dueOn: checked.channelOwnOn }
		});
		return { ok: true, dueOn: checked.channelOwnOn };
	});
}
