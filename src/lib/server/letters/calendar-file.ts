import ical, { ICalAlarmType, ICalEventTransparency } from 'ical-generator';
import { addDays, day, startOf } from '#lib/domain/day.ts';
import { feedDateId, type FeedDate } from '#lib/domain/report/feed-dates.ts';
import { linkTo, type MailLocale } from '#lib/server/mail/mail.ts';
import { m } from '#lib/paraglide/messages.js';
import { feedDateText } from '#lib/words/feed-words.ts';

/** A deadline as a calendar shows it; its name comes from what it is. */
export interface CalendarEntry extends FeedDate {
	readonly description: string;
	readonly url: string;
}

export interface CalendarTerms {
	readonly locale: MailLocale;
	/** Where a calendar that subscribes asks again, once a day; files and mails are asked for once. */
	readonly source?: string;
}

const DAY_SECONDS = 86_400;
/** What a calendar without a date holds instead: an empty one is no calendar (RFC 5545, 3.6). China has kept one offset since 1991. */
const ZONE_TEXT = [
	'BEGIN:VTIMEZONE',
	'TZID:Asia/Shanghai',
	'BEGIN:STANDARD',
	'DTSTART:19910915T000000',
	'TZOFFSETFROM:+0800',
	'TZOFFSETTO:+0800',
	'TZNAME:CST',
	'END:STANDARD',
	'END:VTIMEZONE'
].join('\r\n');

/**
 * A calendar file of whole days (RFC 5545), each with a reminder a week and a day before; nobody is busy because of it. A deadline has one
 * UID wherever it is met, so feed, file and mail are one entry; and its stamp is the year's, so what has not changed is the same bytes.
 */
export function calendarFile(entries: readonly CalendarEntry[], { locale, source }: CalendarTerms): string {
	const { hostname } = new URL(linkTo('/'));
	const calendar = ical({
		prodId: '//key-enterprise-reports//annual report//ZH',
		scale: 'GREGORIAN',
		name: m.delivery_calendar_name({}, { locale }),
		...(source === undefined ? {} : { source, ttl: DAY_SECONDS })
	});
	const merged = new Map<string, CalendarEntry>();
	for (const entry of entries) {
		const id = feedDateId(entry);
		const known = merged.get(id);
		merged.set(id, known ? { ...known, description: `${known.description}\n${entry.description}` } : entry);
	}
	for (const [id, { kind, year, on, description, url }] of merged) {
		calendar.createEvent({
			id: `${id}@${hostname}`,
			stamp: startOf(day(`${year}-01-01`)),
			start: on,
			end: addDays(on, 1),
			allDay: true,
			summary: printable(feedDateText(kind, year, locale)),
			description: printable(description),
			url,
			transparency: ICalEventTransparency.TRANSPARENT,
			alarms: [7, 1].map((days) => ({ type: ICalAlarmType.display, triggerBefore: days * DAY_SECONDS }))
		});
	}
	// Every line ends with a line end, the last one too.
	const text = merged.size > 0 ? calendar.toString() : calendar.toString().replace('END:VCALENDAR', `${ZONE_TEXT}\r\nEND:VCALENDAR`);
	return `${text}\r\n`;
}

/** Line ends are escaped by the library; other control characters are forbidden in a text, and it lets them through. */
function printable(text: string): string {
	return text.replace(/\r\n/g, '\n').replace(/(?!\n)\p{Cc}/gu, ' ');
}
