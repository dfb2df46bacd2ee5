import type { Day } from '#lib/domain/day.ts';
import { chooseReminders, type ReminderChoice } from '#lib/domain/chase/reminder-choice.ts';
import type { Audience, Step } from '#lib/domain/chase/reminder-ladder.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import { isWorkingDay } from '#lib/domain/working-calendar.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type Db } from '#lib/server/db/door.ts';
import { findHeldReports } from '#lib/server/store/chase/held-reports.ts';
import { loadPlannedBefore, loadToRemind, type ReportToRemind } from '#lib/server/store/chase/reminded-report.ts';
import { loadChoiceTerms } from '#lib/server/store/chase/reminder-terms.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';

export interface PreviewLine {
	readonly enterpriseName: string;
	/** Null: the whole report. */
	readonly audience: Audience | null;
	readonly step: Step | null;
	readonly recipientName: string | null;
	/** Null: they are written to. */
	readonly why: SkipReason | null;
}

export interface ReminderPreview {
	readonly workingDay: boolean | null;
	/** Reports that somebody holds: all that a run would look at. */
	readonly reports: number;
	readonly send: number;
	readonly skipped: number;
	readonly lines: readonly PreviewLine[];
}

/**
 * Powers the dry run of /ministry/reminders: one channel on one day, by the code of the real run; nothing is locked and nothing written. A channel has
 * some hundred reports at most in reach, so the whole list is given; the page turns it.
 */
export function ministryReminderPreview(actor: Actor, channelId: string, on: Day): Promise<ReminderPreview> {
	return asActor(
		actor,
		async (db) => {
			const { workingDay, reports, send, skipped } = await planOfDay(db, channelId, on);
			return {
				workingDay,
				reports,
				send: send.length,
				skipped: skipped.length,
				lines: [
					...send.map(({ report, audience, step, recipient }) => ({
						enterpriseName: report.enterpriseName,
						audience,
						step,
						recipientName: recipient.name,
						why: null
					})),
					...skipped.map(({ report, audience, step, name, why }) => ({ enterpriseName: report.enterpriseName, audience, step, recipientName: name, why }))
				]
			};
		},
		{ readOnly: true }
	);
}

/** What the timetable would do in a channel on a day. Nine questions at most. */
export async function planOfDay(
	db: Db,
	channelId: string,
	on: Day
): Promise<ReminderChoice<ReportToRemind> & { readonly workingDay: boolean | null; readonly reports: number }> {
	const terms = await loadChoiceTerms(db, on);
	const calendar = await loadWorkingCalendar(db);
	const held = (await findHeldReports(db, [channelId], on)).map(({ id }) => id);
	const reports = await loadToRemind(db, held, terms);
	const plan = chooseReminders(reports, { by: 'timetable', calendar }, await loadPlannedBefore(db, held, on), terms);
	return { ...plan, workingDay: isWorkingDay(on, calendar), reports: reports.length };
}
