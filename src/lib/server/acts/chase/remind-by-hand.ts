import type { Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { pressReminders, type Pressed } from './press-reminders.ts';

export interface HandReminderInput {
	readonly year: number;
	readonly reportIds: readonly string[];
	/** A sentence of the office's own, beside the text everybody gets. */
	readonly remark: string;
}

/**
 * A department reminds whoever holds the chosen reports of its channel.
 *
 * @returns refusals: not_found, not_your_duty, quiet_hours, nobody_to_remind.
 */
export function remindByHand(actor: Actor, { year, reportIds, remark }: HandReminderInput): Promise<Decision<Pressed>> {
	return pressReminders(actor, 'remindByHand', {
		act: 'remind-by-hand',
		year,
		channelIds: actor.channelId === null ? [] : [actor.channelId],
		remark,
		reportIds: () => Promise.resolve(reportIds),
		noneFound: 'not_found',
		noted: () => ({})
	});
}
