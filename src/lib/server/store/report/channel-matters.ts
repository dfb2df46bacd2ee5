import { mattersOf, type ChannelMatter } from '#lib/domain/report/channel-matters.ts';
import type { Court } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Db } from '#lib/server/db/door.ts';
import { effectiveDueOn } from './clauses.ts';

/** Which reports of a year a ministry means. */
export interface MattersAsked {
	readonly year: number;
	/** Null = every channel. */
	readonly channelIds: readonly string[] | null;
	readonly category: Category | null;
	readonly cohort: number | null;
}

export interface ChannelMatterReport {
	readonly id: string;
	readonly channelId: string;
	readonly matters: readonly ChannelMatter[];
}

/**
 * The reports that lie with these channels or their enterprises, with what each is to its channel. Of a year that has not begun none: nobody is late with it.
 */
export async function findChannelMatters(db: Db, { year, channelIds, category, cohort }: MattersAsked, today: Day): Promise<readonly ChannelMatterReport[]> {
	const { sql, within } = db;
	const rows = await sql<{ id: string; channel_id: string; court: string; due_on: string | null; forwarded: boolean }[]>`
		select r.id, r.channel_id, r.court, ${effectiveDueOn(db, null)} as due_on, r.first_forwarded_at is not null as forwarded
		from annual_report r join reporting_year y on y.year = r.year
		where r.year = ${year} and y.opens_on <= ${today}::date and r.court not in ('ministries', 'nobody') and not r.voluntary
			and (${channelIds as string[] | null}::text[] is null or r.channel_id = any(${channelIds as string[] | null}::text[]))
			and (${category}::text is null or r.category = ${category}) and (${cohort}::int is null or r.cohort_year = ${cohort}) and ${within.report}
		order by r.id`;
	return rows.map((row) => ({
		id: row.id,
		channelId: row.channel_id,
		matters: mattersOf({ court: row.court as Court, dueOn: row.due_on as Day, forwarded: row.forwarded }, today)
	}));
}

/** Those of one matter; null = whatever lies with a channel. */
export function ofMatter(reports: readonly ChannelMatterReport[], matter: ChannelMatter | null): readonly ChannelMatterReport[] {
	return matter === null ? reports : reports.filter(({ matters }) => matters.includes(matter));
}
