import { day, type Day } from '#lib/domain/day.ts';
import type { ReminderPolicy } from '#lib/domain/chase/reminder-policy.ts';
import type { WorkingCalendar } from '#lib/domain/working-calendar.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';

export interface JobRun {
	readonly job: string;
	readonly key: string;
	readonly startedAt: Date;
	readonly finishedAt: Date | null;
	readonly attempts: number;
	/** Figures the job told; null while it runs or when it failed. */
	readonly outcome: Readonly<Record<string, unknown>> | null;
	readonly error: string | null;
}

export interface MinistryReminders {
	readonly inForce: ReminderPolicy;
	/** The newest version there is, in force or not yet; 0 when the ministries have made none. */
	readonly newest: number;
	readonly versions: readonly { readonly version: number; readonly validFromOn: Day; readonly madeByName: string; readonly madeAt: Date }[];
	/** Open years, the newest first, with the two dates the ladder counts from. */
	readonly years: readonly { readonly year: number; readonly channelDueOn: Day; readonly ministryDueOn: Day }[];
	readonly calendar: WorkingCalendar;
	readonly runs: readonly JobRun[];
}

/** How many runs the page shows: some six weeks of a daily job. */
const RUNS = 60;

/** Powers /ministry/reminders: policy, its versions, what it means for the open years, and what the timetable did lately. Five queries. */
export function ministryReminders(actor: Actor, today: Day): Promise<MinistryReminders> {
	return asActor(
		actor,
		async (db) => {
			const inForce = await loadReminderPolicy(db, today);
			const versions = await db.sql<{ version: number; valid_from_on: string; made_by_name: string; made_at: Date }[]>`
				select version, valid_from_on, made_by_name, made_at from reminder_policy order by version desc limit 50`;
			const years = await db.sql<{ year: number; channel_due_on: string; ministry_due_on: string }[]>`
				select year, channel_due_on, ministry_due_on from reporting_year where closed_at is null order by year desc`;
			const calendar = await loadWorkingCalendar(db);
			const runs = await db.sql<
				{ job: string; run_key: string; started_at: Date; finished_at: Date | null; attempts: number; outcome: unknown | null; error: string | null }[]
			>`
				select job, run_key, started_at, finished_at, attempts, outcome, error from job_run order by started_at desc limit ${RUNS}`;
			return {
				inForce,
				newest: versions[0]?.version ?? 0,
				versions: versions.map((row) => ({ version: row.version, validFromOn: day(row.valid_from_on), madeByName: row.made_by_name, madeAt: row.made_at })),
				years: years.map((row) => ({ year: row.year, channelDueOn: day(row.channel_due_on), ministryDueOn: day(row.ministry_due_on) })),
				calendar,
				runs: runs.map((row) => ({
					job: row.job,
					key: row.run_key,
					startedAt: row.started_at,
					finishedAt: row.finished_at,
					attempts: row.attempts,
					outcome: (row.outcome ?? null) as JobRun['outcome'],
					error: row.error
				}))
			};
		},
		{ readOnly: true }
	);
}
