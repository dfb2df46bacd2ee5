import { day, type Day } from '#lib/domain/day.ts';
import { feedDates, type FeedDate } from '#lib/domain/report/feed-dates.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { isLink, linkHash } from '#lib/server/auth/link.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { yearDatesOf, type YearDateColumns } from '#lib/server/store/report/reporting-year.ts';

export interface CalendarFeed {
	readonly locale: 'zh-CN' | 'en';
	readonly dates: readonly FeedDate[];
}

/**
 * Powers /cal/[token].ics: the dates of every office the person sits in, of every year not closed. Null: made up, taken back, or of somebody who may not sign
 * in.
 */
export async function calendarFeedOf(token: string): Promise<CalendarFeed | null> {
	if (!isLink(token)) return null;
	return asSystem(
		'calendar feed',
		async ({ sql }) => {
			const [feed] = await sql<{ person_id: string; locale: string }[]>`
				select f.person_id, p.locale from calendar_feed f join person p on p.id = f.person_id
				where f.token_hash = ${linkHash(token)} and f.revoked_at is null and p.disabled_at is null`;
			if (!feed) return null;
			const rows = await sql<
				(YearDateColumns & {
					org_id: string;
					kind: string;
					year: number;
					own_on: string | null;
					state: string | null;
					extension_on: string | null;
					owed_on: string | null;
					correct_by_on: string | null;
				})[]
			>`
				select o.id as org_id, o.kind, y.year, y.opens_on, y.channel_due_on, y.ministry_due_on, y.accepted_late_until_on, y.corrections_until_on,
					(select c.due_on from channel_year c where c.year = y.year and c.channel_id = coalesce(r.channel_id, o.channel_id)) as own_on,
					(select r.state) as state, r.extension_on, r.owed_on,
					(select t.correct_by_on from report_return t where t.report_id = r.id and t.undone_at is null order by t.id desc limit 1) as correct_by_on
				from membership b
				join organisation o on o.id = b.org_id
				cross join reporting_year y
				left join annual_report r on r.enterprise_id = o.enterprise_id and r.year = y.year and r.closed_at is null
					and r.state in ('not_started', 'draft', 'submitted', 'returned') and not r.voluntary
				where b.person_id = ${feed.person_id} and b.ended_at is null and y.closed_at is null
				order by y.year, o.id`;
			const offices = rows.map((row) => ({
				kind: row.kind as OrganisationKind,
				year: { ...yearDatesOf(row), year: row.year },
				channelOwnOn: dayOr(row.own_on),
				reports:
					row.state === null
						? []
						: [
								{
									state: row.state as ReportState,
									extensionOn: dayOr(row.extension_on),
									owedOn: dayOr(row.owed_on),
									correctByOn: dayOr(row.correct_by_on)
								}
							]
			}));
			return { locale: feed.locale === 'en' ? 'en' : 'zh-CN', dates: feedDates(offices) };
		},
		{ readOnly: true }
	);
}

function dayOr(text: string | null): Day | null {
	return text === null ? null : day(text);
}
