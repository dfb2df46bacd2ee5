import { day, daysBetween, endOf, isDay, startOf, type Day } from '#lib/domain/day.ts';
import { DEPARTMENTS, type Category } from '#lib/domain/parties.ts';
import { config } from '#lib/server/config.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { queueMailsOnce } from '#lib/server/mail/mail.ts';
import { copyLetter, loadDigestReaders, type CopiedReport } from '#lib/server/letters/digest-letter.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';

/** The day whose reminders have been planned, so that the copy can be complete; none while they have not. */
export function copyDigestDaysDue(on: Day): Promise<readonly Day[]> {
	return asSystem(
		'copy digest',
		async ({ sql }) => {
			const planned = await sql<{ run_key: string }[]>`select run_key from job_run where job = 'remind' and run_key = ${on}::text and finished_at is not null`;
			return planned.length > 0 ? [on] : [];
		},
		{ readOnly: true }
	);
}

/**
 * Once a day each channel person reads what the channel's enterprises were reminded of, from some days before their date on (domain.md 4: channel copied).
 * A summary, so it may be switched off.
 */
export function sendCopyDigest(on: string, { dry }: { readonly dry: boolean }): Promise<{ channels: number; mails: number }> {
	if (!isDay(on)) throw new RangeError(`not a day: ${on}`);
	return asSystem(
		'copy digest',
		async (db) => {
			const { sql } = db;
			if (!dry) await sql<{ held: number }[]>`select 1 as held from pg_advisory_xact_lock(hashtextextended('copy-digest', 0))`;
			const policy = await loadReminderPolicy(db, on);
			const rows = await sql<
				{ channel_id: string; name_zh: string; name_en: string; enterprise_name: string; category: string; party_due_on: string | null }[]
			>`
			select r.channel_id, c.name_zh, c.name_en, r.enterprise_name, r.category, max(d.party_due_on) as party_due_on
			from reminder d join annual_report r on r.id = d.report_id join channel c on c.id = r.channel_id
			where d.audience = 'enterprise' and d.problem is distinct from 'undone' and d.planned_at >= ${startOf(on)} and d.planned_at < ${endOf(on)}
			group by r.id, r.channel_id, c.name_zh, c.name_en order by r.channel_id, r.enterprise_name`;
			const ofChannel = new Map<string, { zh: string; en: string; reports: CopiedReport[] }>();
			for (const row of rows) {
				if (row.party_due_on === null) continue;
				const dueOn = day(row.party_due_on);
				if (daysBetween(on, dueOn) > policy.copyChannelFromDaysBefore) continue;
				const known = ofChannel.get(row.channel_id) ?? { zh: row.name_zh, en: row.name_en, reports: [] };
				known.reports.push({ enterpriseName: row.enterprise_name, category: row.category as Category, dueOn });
				ofChannel.set(row.channel_id, known);
			}
			const readers = await loadDigestReaders(db, DEPARTMENTS, ['handler', 'approver'], {
				production: config().production,
				digests: true
			});
			const letters = readers.flatMap((reader) => {
				const channel = reader.channelId === null ? undefined : ofChannel.get(reader.channelId);
				return channel && reader.channelId !== null ? [copyLetter(reader, on, { id: reader.channelId, zh: channel.zh, en: channel.en }, channel.reports)] : [];
			});
			return { channels: ofChannel.size, mails: dry ? letters.length : await queueMailsOnce(db, letters) };
		},
		{ deadlineMs: 120_000 }
	);
}
