import type { ChannelMatter } from '#lib/domain/report/channel-matters.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { findChannelMatters, ofMatter, type MattersAsked } from '#lib/server/store/report/channel-matters.ts';
import { pressReminders, type Pressed } from './press-reminders.ts';

export interface ChannelReminderInput extends MattersAsked {
	readonly channelIds: readonly string[];
	/** Null = everything that lies with them. */
	readonly matter: ChannelMatter | null;
	/** A sentence of the ministry's own, beside the text everybody gets. */
	readonly remark: string;
}

/**
 * A ministry reminds channels of what lies with their departments and of what their enterprises have not submitted. The departments are written to, never
 * the enterprises: those are the channel's to ring.
 *
 * @returns refusals: not_found, not_your_duty, quiet_hours, nobody_to_remind.
 */
export function remindChannels(actor: Actor, input: ChannelReminderInput): Promise<Decision<Pressed>> {
	return pressReminders(actor, 'remindChannels', {
		act: 'remind-channels',
		year: input.year,
		channelIds: input.channelIds,
		remark: input.remark,
		reportIds: async (db, today) => ofMatter(await findChannelMatters(db, input, today), input.matter).map(({ id }) => id),
		noneFound: 'nobody_to_remind',
		noted: (send) => ({ matter: input.matter, channels: [...new Set(send.map(({ report }) => report.channelId))].sort() })
	});
}
