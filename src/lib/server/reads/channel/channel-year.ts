import type { Day } from '#lib/domain/day.ts';
import { channelDueOn } from '#lib/domain/report/reporting-year.ts';
import type { Db } from '#lib/server/db/door.ts';

/** A reporting year as a channel sees it. */
export interface ChannelYear {
	readonly year: number;
	readonly opensOn: Day;
	readonly ministryDueOn: Day;
	/** The document by which both ministries departed from the notice's date; null = it is the notice's. */
	readonly departureNo: string | null;
	/** The ministries' proposal for the channels' date. */
	readonly proposedDueOn: Day;
	/** The channel's own date; null while it set none. */
	readonly ownDueOn: Day | null;
	/** The enterprises' date in force. */
	readonly dueOn: Day;
	/** Version of the channel's own date; 0 while it set none. */
	readonly ownRowVersion: number;
	readonly closedAt: Date | null;
}

/** The years that were opened, newest first, each with this channel's own date. */
export async function channelYears({ sql }: Db, channelId: string): Promise<ChannelYear[]> {
	const rows = await sql<
		{
			year: number;
			opens_on: string;
			channel_due_on: string;
			ministry_due_on: string;
			departure_no: string | null;
			closed_at: Date | null;
			own_due_on: string | null;
			own_row_version: number | null;
		}[]
	>`
		select y.year, y.opens_on, y.channel_due_on, y.ministry_due_on, y.departure_no, y.closed_at, (select c.due_on) as own_due_on,
			(select c.row_version) as own_row_version
		from reporting_year y
		left join channel_year c on c.year = y.year and c.channel_id = ${channelId}
		order by y.year desc`;
	return rows.map((row) => {
		const year = { channelDueOn: row.channel_due_on as Day, ministryDueOn: row.ministry_due_on as Day };
		const ownDueOn = row.own_due_on as Day | null;
		return {
			year: row.year,
			opensOn: row.opens_on as Day,
			ministryDueOn: year.ministryDueOn,
			departureNo: row.departure_no,
			proposedDueOn: year.channelDueOn,
			ownDueOn,
			dueOn: channelDueOn(year, ownDueOn),
			ownRowVersion: row.own_row_version ?? 0,
			closedAt: row.closed_at
		};
	});
}

/** The year asked for, else the newest; undefined when the ministries have opened none. */
export function yearAsked(years: readonly ChannelYear[], asked: number | null): ChannelYear | undefined {
	return years.find(({ year }) => year === asked) ?? years[0];
}
