import type { ReminderRecipient } from '#lib/domain/chase/reminder-recipients.ts';
import { daysBetween, type Day } from '#lib/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';
import { dayIn, linkTo, oneLine, type Letter } from '#lib/server/mail/mail.ts';
import type { FollowUpItem } from '#lib/server/store/chase/reminded-follow-up.ts';
import { formatNumber } from '#lib/words/format.ts';
import { metricIn } from './follow-up-mail.ts';

/** So many questions are named; the rest is counted, and seen on the page. */
const NAMED_AT_MOST = 40;

/** One letter to one recipient about all questions that wait for them, the earliest date first: with name and metric, never with a value. */
export function followUpReminderLetter(recipient: ReminderRecipient, given: readonly FollowUpItem[], today: Day): Letter {
	const { locale } = recipient;
	const said = { locale };
	// A question under two steps (its date and its idleness) is named once.
	const items = [...new Map(given.map((item) => [item.id, item])).values()].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
	const [first] = items;
	if (!first) throw new RangeError('a reminder about nothing');
	const late = items.filter(({ dueOn }) => dueOn < today).length;
	const words = { count: items.length, late: formatNumber(late), due: dayIn(first.dueOn, locale) };
	const lines = items.slice(0, NAMED_AT_MOST).map(({ enterpriseName, figureYear, metric, dueOn }) => {
		const about = { name: oneLine(enterpriseName), year: figureYear, metric: metricIn(metric, locale), day: dayIn(dueOn, locale) };
		const days = daysBetween(dueOn, today);
		return days > 0 ? m.follow_remind_line_late({ ...about, days }, said) : m.follow_remind_line({ ...about, days: -days }, said);
	});
	const side = first.audience === 'enterprise' ? 'enterprise' : 'channel';
	return {
		template: 'follow_up_reminder',
		locale,
		to: recipient.address,
		personId: recipient.personId,
		name: recipient.name,
		subject: late > 0 ? m.follow_remind_subject_late(words, said) : m.follow_remind_subject(words, said),
		paragraphs: [
			side === 'enterprise' ? m.follow_remind_enterprise({}, said) : m.follow_remind_channel({}, said),
			...lines,
			...(items.length > NAMED_AT_MOST ? [m.reminder_more({ count: formatNumber(items.length - NAMED_AT_MOST) }, said)] : []),
			...(recipient.personId === null ? [m.reminder_no_account({}, said)] : []),
			m.follow_remind_basis({}, said)
		],
		...(recipient.personId === null
			? {}
			: {
					link: {
						label: m.follow_mail_action({}, said),
						href: linkTo(items.length === 1 ? `/${side}/follow-ups/${first.id}` : `/${side}/follow-ups?state=mine`)
					}
				})
	};
}
