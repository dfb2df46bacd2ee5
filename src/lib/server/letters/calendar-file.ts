import ical, { ICalAlarmType } from 'ical-generator';
import { addDays, type Day } from '#lib/domain/day.ts';

export interface CalendarEntry {
	/** Stays the same when the entry is downloaded again, so that calendars replace instead of doubling it. */
	readonly uid: string;
	readonly on: Day;
	readonly summary: string;
	readonly description: string;
	readonly url: string;
}

const DAY_SECONDS = 86_400;

/** A calendar file of whole days (RFC 5545), each with a reminder a week and a day before. */
export function calendarFile(entries: readonly CalendarEntry[], stampedAt: Date): string {
	const calendar = ical({ prodId: '//key-enterprise-reports//annual report//ZH', scale: 'GREGORIAN' });
	for (const { uid, on, summary, description, url } of entries) {
		calendar.createEvent({
			id: uid,
			stamp: stampedAt,
			start: on,
			end: addDays(on, 1),
			allDay: true,
			summary: printable(summary),
			description: printable(description),
			url,
			alarms: [7, 1].map((days) => ({ type: ICalAlarmType.display, triggerBefore: days * DAY_SECONDS }))
		});
	}
	// Every line ends with a line end, the last one too.
	return `${calendar.toString()}\r\n`;
}

/** Line ends are escaped by the library; other control characters are forbidden in a text, and it lets them through. */
function printable(text: string): string {
	return text.replace(/\r\n/g, '\n').replace(/(?!\n)\p{Cc}/gu, ' ');
}
