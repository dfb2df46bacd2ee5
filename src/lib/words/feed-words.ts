/** The dates of a calendar feed in words; the reader's own language, whatever the request's. */
import type { FeedDateKind } from '#lib/domain/report/feed-dates.ts';
import { m } from '#lib/paraglide/messages.js';

const words = {
	submit: m.delivery_feed_submit,
	correct: m.delivery_feed_correct,
	at_ministries: m.delivery_feed_at_ministries,
	opens: m.delivery_feed_opens,
	channel_due: m.delivery_feed_channel_due,
	accepted_late_until: m.delivery_feed_accepted_late_until,
	corrections_until: m.delivery_feed_corrections_until
} as const satisfies Record<FeedDateKind, (inputs: { year: number }, options: { locale: 'zh-CN' | 'en' }) => string>;

export function feedDateText(kind: FeedDateKind, year: number, locale: 'zh-CN' | 'en'): string {
	return words[kind]({ year }, { locale });
}
