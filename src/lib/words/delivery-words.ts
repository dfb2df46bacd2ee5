/** How the delivery of a reminder is called. */
import type { DeliveryState } from '#lib/domain/chase/mail-delivery.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Mark, Tone } from './words.ts';

export const deliveryMark = {
	queued: { tone: 'info', icon: 'clock', word: m.delivery_state_queued },
	kept: { tone: 'ok', icon: 'inbox', word: m.delivery_state_kept },
	sent: { tone: 'ok', icon: 'check', word: m.delivery_state_sent },
	retrying: { tone: 'warn', icon: 'clock', word: m.delivery_state_retrying },
	failed: { tone: 'late', icon: 'cross', word: m.delivery_state_failed },
	bounced: { tone: 'late', icon: 'cross', word: m.delivery_state_bounced },
	dropped: { tone: 'plain', icon: 'minus', word: m.delivery_state_dropped }
} satisfies Record<DeliveryState, Mark>;

function markOf(delivery: string): Mark | undefined {
	return Object.hasOwn(deliveryMark, delivery) ? deliveryMark[delivery as DeliveryState] : undefined;
}

/** The same for a state as it is stored; one that is not known is shown as it stands. */
export const deliveryText = (delivery: string): string => markOf(delivery)?.word() ?? delivery;
export const deliveryTone = (delivery: string): Tone => markOf(delivery)?.tone ?? 'plain';

/** Until the half minute of a batch is over nothing of it has left, whatever it will be then. */
export const deliveryBefore = (batch: { readonly undoUntil: Date; readonly undoneAt: Date | null }, now: Date, delivery: string): string =>
	delivery === 'kept' && batch.undoneAt === null && now < batch.undoUntil ? 'queued' : delivery;
