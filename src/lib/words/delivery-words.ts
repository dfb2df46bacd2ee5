/** How the delivery of a reminder is called. */
import type { DeliveryState } from '#lib/domain/chase/mail-delivery.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Mark } from './words.ts';

export const deliveryMark = {
	queued: { tone: 'info', icon: 'clock', word: m.delivery_state_queued },
	kept: { tone: 'ok', icon: 'inbox', word: m.delivery_state_kept },
	sent: { tone: 'ok', icon: 'check', word: m.delivery_state_sent },
	retrying: { tone: 'warn', icon: 'clock', word: m.delivery_state_retrying },
	failed: { tone: 'late', icon: 'cross', word: m.delivery_state_failed },
	bounced: { tone: 'late', icon: 'cross', word: m.delivery_state_bounced },
	dropped: { tone: 'plain', icon: 'minus', word: m.delivery_state_dropped }
} satisfies Record<DeliveryState, Mark>;
