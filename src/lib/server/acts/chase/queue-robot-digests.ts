import { day, daysBetween, type Day } from '#lib/domain/day.ts';
import { robotPayload, type RobotKind } from '#lib/domain/chase/robot.ts';
import { isWorkingDay } from '#lib/domain/working-calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import { asSystem } from '#lib/server/db/door.ts';
import { dayIn, linkTo } from '#lib/server/mail/mail.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import { effectiveDueOn, isExpected, isExtended, isUnableToFile } from '#lib/server/store/report/clauses.ts';
import { formatNumber } from '#lib/words/format.ts';

export type QueuedDigests = { readonly queued: number; readonly why: 'queued' | 'no_working_day' | 'calendar_unknown' | 'no_open_year' };

/** Groups of offices in China are spoken to in Chinese, whoever set the robot up. */
const SAID = { locale: 'zh-CN' } as const;

/**
 * Queues one message a day for every robot that is switched on: how far its channel is with the youngest open year; for a ministry the country, and beside
 * it what has been received, is overdue or extended.
 * The day is the message's key, so that it is queued once whoever asks. On days off nobody is disturbed; a day of an unknown year waits.
 */
export function queueRobotDigests(on: Day, { dry }: { readonly dry: boolean }): Promise<QueuedDigests> {
	return asSystem('robot digests', async (db) => {
		const { sql } = db;
		const working = isWorkingDay(on, await loadWorkingCalendar(db));
		if (working !== true) return { queued: 0, why: working === null ? 'calendar_unknown' : 'no_working_day' };
		const [year] = await sql<{ year: number; ministry_due_on: string }[]>`
			select year, ministry_due_on from reporting_year where closed_at is null and opens_on <= ${on}::date order by year desc limit 1`;
		if (!year) return { queued: 0, why: 'no_open_year' };
		const ministryDueOn = day(year.ministry_due_on);
		const robots = await sql<
			{
				id: string;
				kind: string;
				expected: number;
				open: number;
				at_departments: number;
				approved: number;
				forwarded: number;
				received: number;
				overdue: number;
				extended: number;
				national: boolean;
				made_up: boolean;
			}[]
		>`
			select b.id, b.kind,
				coalesce(sum(r.n) filter (where ${isExpected(db)}), 0)::int as expected,
				coalesce(sum(r.n) filter (where r.court = 'enterprise'), 0)::int as open,
				coalesce(sum(r.n) filter (where r.court in ('departments', 'commerce', 'industry', 'group')), 0)::int as at_departments,
				coalesce(sum(r.n) filter (where r.court = 'channel'), 0)::int as approved,
				coalesce(sum(r.n) filter (where r.state in ('forwarded', 'received')), 0)::int as forwarded,
				coalesce(sum(r.n) filter (where r.state = 'received'), 0)::int as received,
				coalesce(sum(r.n) filter (where r.court not in ('ministries', 'nobody') and ${isExpected(db)} and not ${isUnableToFile(db)}
					and ${effectiveDueOn(db, { ministryDueOn })} < ${on}::date), 0)::int as overdue,
				coalesce(sum(r.n) filter (where ${isExpected(db)} and not ${isUnableToFile(db)} and ${isExtended(db, { ministryDueOn })}), 0)::int as extended,
				o.channel_id is null as national,
				exists (select from demonstration) as made_up
			from robot b
			join organisation o on o.id = b.org_id
			left join report_tally r on r.year = ${year.year} and (o.channel_id is null or r.channel_id = o.channel_id)
			where b.enabled group by b.id, b.kind, o.channel_id order by b.id`;
		let queued = 0;
		for (const robot of robots) {
			const left = daysBetween(on, ministryDueOn);
			const said = dayIn(ministryDueOn, SAID.locale);
			const lines = [
				left > 0
					? m.delivery_robot_days({ due: said, days: left }, SAID)
					: left === 0
						? m.delivery_robot_today({ due: said }, SAID)
						: m.delivery_robot_late({ due: said, days: -left }, SAID),
				m.delivery_robot_counts(
					{ expected: robot.expected, open: robot.open, atDepartments: robot.at_departments, approved: robot.approved, forwarded: robot.forwarded },
					SAID
				),
				...(robot.national
					? [
							m.delivery_robot_national(
								{ received: formatNumber(robot.received), overdue: formatNumber(robot.overdue), extended: formatNumber(robot.extended) },
								SAID
							)
						]
					: []),
				`${m.delivery_robot_where({}, SAID)} ${linkTo('/home')}`,
				...(robot.made_up ? [m.delivery_robot_test({}, SAID)] : [])
			];
			const body = JSON.stringify(robotPayload(robot.kind as RobotKind, { title: m.delivery_robot_title({ year: year.year }, SAID), lines }));
			if (dry) {
				queued += 1;
				continue;
			}
			const added = await sql`insert into robot_message (robot_id, message_key, body) values (${robot.id}::bigint, ${on}, ${body})
					on conflict (robot_id, message_key) do nothing`;
			queued += added.count;
		}
		return { queued, why: 'queued' };
	});
}
