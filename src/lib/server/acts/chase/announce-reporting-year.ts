import { addDays, day, dayInBeijing, type Day } from '#lib/domain/day.ts';
import { withinHours } from '#lib/domain/chase/reminder-ladder.ts';
import { chooseReminders } from '#lib/domain/chase/reminder-choice.ts';
import { planned } from '#lib/domain/chase/reminder-item.ts';
import { REPORTS_AT_ONCE, slicesOf, type ReminderSlice } from '#lib/domain/chase/reminder-slices.ts';
import { ANNOUNCED_FOR_DAYS, isNews, yearToOpen } from '#lib/domain/chase/timetable.ts';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { isWorkingDay } from '#lib/domain/working-calendar.ts';
import { config } from '#lib/server/config.ts';
import { asSystem, instantOf, type Db } from '#lib/server/db/door.ts';
import { queueMailsOnce } from '#lib/server/mail/mail.ts';
import { loadDigestReaders, openAheadLetter } from '#lib/server/letters/digest-letter.ts';
import { reminderLetter } from '#lib/server/letters/reminder-letter.ts';
import { addOwedReports } from '#lib/server/store/report/owed-report.ts';
import { loadPolicyInForce } from '#lib/server/store/report/policy.ts';
import { findHeldReports, keepHeld } from '#lib/server/store/chase/held-reports.ts';
import { loadToRemind } from '#lib/server/store/chase/reminded-report.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { queueReminders } from '#lib/server/store/chase/reminder-queue.ts';
import { loadChoiceTerms } from '#lib/server/store/chase/reminder-terms.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';

/**
 * What is due at this instant: `2026` for a year that has begun, `added-2026-2026-11-30` for what came to be owed on a day after it had, `ahead-2027` for a
 * year that ought to be opened. On working days, within the hours of reminding.
 */
export function openingsDue(now: Date): Promise<readonly string[]> {
	return asSystem(
		'opening of years',
		async (db) => {
			const today = dayInBeijing(now);
			const policy = await loadReminderPolicy(db, today);
			if (!withinHours(now, policy) || isWorkingDay(today, await loadWorkingCalendar(db)) !== true) return [];
			const years = await db.sql<
				{ year: number; opens_on: string; closed: boolean }[]
			>`select year, opens_on, closed_at is not null as closed from reporting_year`;
			const begun = years.filter((one) => !one.closed && isNews(day(one.opens_on), today)).map(({ year }) => String(year));
			const added = await db.sql<{ year: number; owed_on: string | null }[]>`
				select distinct r.year, r.owed_on from annual_report r join reporting_year y on y.year = r.year
				where r.owed_on > ${addDays(today, -ANNOUNCED_FOR_DAYS)}::date and r.owed_on <= ${today}::date and r.court = 'enterprise' and y.closed_at is null
				order by 1, 2`;
			begun.push(...added.map((row) => `added-${row.year}-${row.owed_on ?? ''}`));
			const ahead = yearToOpen(today, await loadPolicyInForce(db, today), new Set(years.map(({ year }) => year)));
			return ahead === null ? begun : [...begun, `ahead-${ahead.year}`];
		},
		{ readOnly: true }
	);
}

/**
 * Adds the reports a year owes that are missing, and tells every enterprise that owes one that it can be filled in (方案第十一条).
 *
 * @param owedOn tells only those whose duty came up that day, in a year that had begun: for them it is the first letter
 */
export async function announceReportingYear(
	year: number,
	{ dry, owedOn = null }: { readonly dry: boolean; readonly owedOn?: Day | null }
): Promise<{ added: number; reminders: number; mails: number }> {
	const total = { added: 0, reminders: 0, mails: 0 };
	if (!dry && owedOn === null) total.added = await asSystem('owed reports', async (db) => addOwedReports(db, year, dayInBeijing(await instantOf(db))));
	const channels = await asSystem('opening of years', ({ sql }) => sql<{ id: string }[]>`select id from channel order by id`, { readOnly: true });
	for (const { id } of channels) {
		const held = await asSystem('opening of years', async (db) => findHeldReports(db, [id], dayInBeijing(await instantOf(db))), { readOnly: true });
		for (const slice of slicesOf(held, REPORTS_AT_ONCE).filter(({ withEnterprise }) => withEnterprise)) {
			const queued = await asSystem('opening of years', (db) => announceTo(db, slice, { year, owedOn }, dry), { deadlineMs: 60_000 });
			total.reminders += queued.reminders;
			total.mails += queued.mails;
		}
	}
	return total;
}

async function announceTo(db: Db, slice: ReminderSlice, of: { year: number; owedOn: Day | null }, dry: boolean): Promise<{ reminders: number; mails: number }> {
	const now = await instantOf(db);
	const today = dayInBeijing(now);
	const terms = await loadChoiceTerms(db, today);
	const held = await loadToRemind(db, dry ? slice.reportIds : await keepHeld(db, slice), terms);
	const { send } = chooseReminders(
		held.filter((report) => report.year.year === of.year && (of.owedOn === null || report.reminded.owedOn === of.owedOn)),
		{ by: 'opening' },
		[],
		terms
	);
	if (dry) return { reminders: send.length, mails: new Set(send.map(({ recipient }) => recipient.key)).size };
	const calendar = await loadWorkingCalendar(db);
	return queueReminders(db, planned(send), (recipient, items) => reminderLetter(recipient, items, { ...terms, calendar, today, now }));
}

/** Tells the ministries' approvers, once, that a year ought to be opened and is not. Opening it is theirs: no job ever does it. */
export function askToOpenYear(year: number, { dry }: { readonly dry: boolean }): Promise<{ mails: number }> {
	return asSystem('opening of years', async (db) => {
		const today = dayInBeijing(await instantOf(db));
		if (!dry) await db.sql<{ held: number }[]>`select 1 as held from pg_advisory_xact_lock(hashtextextended('open-ahead', 0))`;
		const opened = await db.sql<{ year: number }[]>`select year from reporting_year`;
		const asked = yearToOpen(today, await loadPolicyInForce(db, today), new Set(opened.map((row) => row.year)));
		if (asked === null || asked.year !== year) return { mails: 0 };
		const readers = await loadDigestReaders(db, MINISTRIES, ['approver'], { production: config().production, digests: false });
		const letters = readers.map((reader) => openAheadLetter(reader, year, asked.proposedOn));
		return { mails: dry ? letters.length : await queueMailsOnce(db, letters) };
	});
}
