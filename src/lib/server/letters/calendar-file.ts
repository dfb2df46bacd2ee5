import { addDays, type Day } from '#lib/domain/day.ts';

export interface CalendarEntry {
	/** Stays the same when the entry is downloaded again, so that calendars replace instead of doubling it. */
	readonly uid: string;
	readonly on: Day;
	readonly summary: string;
	readonly description: string;
	readonly url: string;
}

/** A calendar file of whole days (RFC 5545), each with a reminder a week and a day before. */
export function calendarFile(entries: readonly CalendarEntry[], stampedAt: Date): string {
	const stamp = stampedAt.toISOString().replace(/[-:]|\.\d{3}/g, '');
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//key-enterprise-reports//annual report//ZH',
		'CALSCALE:GREGORIAN',
		...entries.flatMap(({ uid, on, summary, description, url }) => [
			'BEGIN:VEVENT',
			`UID:${uid}`,
			`DTSTAMP:${stamp}`,
			`DTSTART;VALUE=DATE:${on.replaceAll('-', '')}`,
			`DTEND;VALUE=DATE:${addDays(on, 1).replaceAll('-', '')}`,
			`SUMMARY:${escaped(summary)}`,
			`DESCRIPTION:${escaped(description)}`,
			`URL:${url}`,
			...['P7D', 'P1D'].flatMap((before) => ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:-${before}`, `DESCRIPTION:${escaped(summary)}`, 'END:VALARM']),
			'END:VEVENT'
		]),
		'END:VCALENDAR'
	];
	return `${lines.map(folded).join('\r\n')}\r\n`;
}

function escaped(text: string): string {
	return text
		.replace(/\\/g, '\\\\')
		.replace(/\r?\n/g, '\\n')
		.replace(/[,;]/g, (sign) => `\\${sign}`)
		.replace(/\p{Cc}/gu, ' ');
}

/** Lines of at most 75 octets; never cut inside a character. */
function folded(line: string): string {
	let text = '';
	let octets = 0;
	for (const character of line) {
		const size = Buffer.byteLength(character);
		if (octets + size > 75) {
			text += '\r\n ';
			octets = 1;
		}
		text += character;
		octets += size;
	}
	return text;
}
