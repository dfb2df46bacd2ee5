import type { Day } from '#lib/domain/day.ts';
import { chooseReminders, type ReminderChoice } from '#lib/domain/chase/reminder-choice.ts';
import type { Audience, Step } from '#lib/domain/chase/reminder-ladder.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import { isWorkingDay } from '#lib/domain/working-calendar.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type Db } from '#lib/server/db/door.ts';
import { findHeldReports } from '#lib/server/store/chase/held-reports.ts';
import { loadFollowUpsPlannedBefore, loadFollowUpsToRemind, type FollowUpToRemind } from '#lib/server/store/chase/reminded-follow-up.ts';
import { loadPlannedBefore, loadToRemind, type ReportToRemind } from '#lib/server/store/chase/reminded-report.ts';
import { loadChoiceTerms } from '#lib/server/store/chase/reminder-terms.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';

export interface PreviewLine {
	readonly enterpriseName: string;
	/** The figure a question is about; null of a report. */
	readonly question: { readonly year: number; readonly metric: string } | null;
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
	/** Questions about figures that wait for an answer. */
	readonly questions: number;
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
			const { workingDay, reports, questions, ...plans } = await planOfDay(db, channelId, on);
			const send = [...plans.send, ...plans.asked.send];
			const skipped = [...plans.skipped, ...plans.asked.skipped];
			return {
				workingDay,
				reports,
				questions,
				send: send.length,
				skipped: skipped.length,
				lines: [
					...send.map(({ report, audience, step, recipient }) => ({
						...nameOf(report),
						audience,
						step,
						recipientName: recipient.name,
						why: null
					})),
					...skipped.map(({ report, audience, step, name, why }) => ({ ...nameOf(report), audience, step, recipientName: name, why }))
				]
			};
		},
		{ readOnly: true }
	);
}

const nameOf = (held: ReportToRemind | FollowUpToRemind): Pick<PreviewLine, 'enterpriseName' | 'question'> => ({
	enterpriseName: held.enterpriseName,
	question: 'metric' in held ? { year: held.figureYear, metric: held.metric } : null
});

/** What the timetable would do in a channel on a day: about its reports, and about the questions asked there. Fourteen questions at most. */
export async function planOfDay(
	db: Db,
	channelId: string,
	on: Day
): Promise<
	ReminderChoice<ReportToRemind> & {
		readonly workingDay: boolean | null;
		readonly reports: number;
		readonly questions: number;
		readonly asked: ReminderChoice<FollowUpToRemind>;
	}
> {
	const terms = await loadChoiceTerms(db, on);
	const calendar = await loadWorkingCalendar(db);
	const held = (await findHeldReports(db, [channelId], on)).map(({ id }) => id);
	const reports = await loadToRemind(db, held, terms);
	const occasion = { by: 'timetable', calendar } as const;
	const plan = chooseReminders(reports, occasion, await loadPlannedBefore(db, held, on), terms);
	const asking = await loadFollowUpsToRemind(db, channelId, terms, false);
	const before = await loadFollowUpsPlannedBefore(
		db,
		asking.map(({ id }) => id)
	);
	return {
		...plan,
		questions: asking.length,
		asked: chooseReminders(asking, occasion, before, terms),
		workingDay: isWorkingDay(on, calendar),
		reports: reports.length
	};
}
