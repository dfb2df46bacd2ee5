import { dayInBeijing, isDay, type Day } from '#lib/domain/day.ts';
import { withinHours } from '#lib/domain/chase/reminder-ladder.ts';
import { weeklyDigestDue } from '#lib/domain/chase/timetable.ts';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { config } from '#lib/server/config.ts';
import { asSystem, instantOf, type Db } from '#lib/server/db/door.ts';
import { queueMailsOnce } from '#lib/server/mail/mail.ts';
import { loadDigestReaders, weeklyLetter, type Outstanding } from '#lib/server/letters/digest-letter.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import { effectiveDueOn, isExpected, isUnableToFile } from '#lib/server/store/report/clauses.ts';

/** This week's summary, where a year is past its date and not closed. */
export function weeklyDigestDaysDue(now: Date): Promise<readonly Day[]> {
	return asSystem(
		'weekly digest',
		async (db) => {
			const today = dayInBeijing(now);
			const policy = await loadReminderPolicy(db, today);
			const due = weeklyDigestDue(today, policy, await loadWorkingCalendar(db));
			if (due === null || !withinHours(now, policy)) return [];
			return (await yearsPastDate(db, today)).length > 0 ? [due] : [];
		},
		{ readOnly: true }
	);
}

/**
 * After the deadline the ministries read once a week what is outstanding, by channel and by whose hands it is in. From the kept counts: no report is counted.
 *
 * @param key the day it is named after
 */
export function sendWeeklyDigest(key: string, { dry }: { readonly dry: boolean }): Promise<{ years: number; outstanding: number; mails: number }> {
	if (!isDay(key)) throw new RangeError(`not a day: ${key}`);
	return asSystem('weekly digest', async (db) => {
		if (!dry) await db.sql<{ held: number }[]>`select 1 as held from pg_advisory_xact_lock(hashtextextended('weekly-digest', 0))`;
		const today = dayInBeijing(await instantOf(db));
		const years = await yearsPastDate(db, today);
		const readers = await loadDigestReaders(db, MINISTRIES, ['handler', 'approver'], { production: config().production, digests: true });
		let outstanding = 0;
		let mails = 0;
		for (const year of years) {
			const channels = await outstandingOf(db, year, today);
			outstanding += channels.reduce((sum, one) => sum + one.enterprise + one.atDepartments + one.forwarding, 0);
			const letters = readers.map((reader) => weeklyLetter(reader, key, today, year, channels));
			mails += dry ? letters.length : await queueMailsOnce(db, letters);
		}
		return { years: years.length, outstanding, mails };
	});
}

async function yearsPastDate({ sql }: Db, today: Day): Promise<readonly number[]> {
	const rows = await sql<{ year: number }[]>`select year from reporting_year where closed_at is null and ministry_due_on < ${today}::date order by year`;
	return rows.map(({ year }) => year);
}

async function outstandingOf(db: Db, year: number, today: Day): Promise<readonly Outstanding[]> {
	const { sql } = db;
	const rows = await sql<{ name_zh: string; name_en: string; enterprise: number; at_departments: number; forwarding: number }[]>`
		select c.name_zh, c.name_en,
			coalesce(sum(r.n) filter (where r.court = 'enterprise'), 0)::int as enterprise,
			coalesce(sum(r.n) filter (where r.court in ('commerce', 'industry', 'departments', 'group')), 0)::int as at_departments,
			coalesce(sum(r.n) filter (where r.court = 'channel'), 0)::int as forwarding
		from report_tally r join reporting_year y on y.year = r.year join channel c on c.id = r.channel_id
		where r.year = ${year} and r.court not in ('ministries', 'nobody') and ${isExpected(db)} and not ${isUnableToFile(db)}
			and ${effectiveDueOn(db, null)} < ${today}::date
		group by c.id, c.name_zh, c.name_en order by c.id`;
	return rows.map((row) => ({
		channelZh: row.name_zh,
		channelEn: row.name_en,
		enterprise: row.enterprise,
		atDepartments: row.at_departments,
		forwarding: row.forwarding
	}));
}
