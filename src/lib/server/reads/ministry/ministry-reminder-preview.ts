import type { Day } from '#lib/domain/day.ts';
import type { Audience, Step } from '#lib/domain/chase/reminder-ladder.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { previewReminders, type SkipReason } from '#lib/server/store/chase/reminder-plan.ts';

export interface PreviewLine {
	readonly enterpriseName: string;
	readonly audience: Audience;
	readonly step: Step | null;
	readonly recipientName: string | null;
	/** Null: he is written to. */
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
			const plan = await previewReminders(db, [channelId], on);
			return {
				workingDay: plan.workingDay,
				reports: plan.reports,
				send: plan.send.length,
				skipped: plan.skipped.length,
				lines: [
					...plan.send.map(({ item, recipient }) => ({
						enterpriseName: item.enterpriseName,
						audience: item.audience,
						step: item.step,
						recipientName: recipient.name,
						why: null
					})),
					...plan.skipped.map(({ enterpriseName, audience, step, recipientName, why }) => ({ enterpriseName, audience, step, recipientName, why }))
				]
			};
		},
		{ readOnly: true }
	);
}
