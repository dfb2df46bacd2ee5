import { m } from '#lib/paraglide/messages.js';
import { navigationFor, searchActionFor } from '#lib/words/navigation.ts';
import { dutyIn } from '#lib/words/standing-words.ts';
import type { FrameData, HelpContact, Preferences, Seat, ShellData } from './frame-data.ts';
import type { Person, SeatOfPerson } from '#lib/server/auth/session.ts';
import { clockOffsetMs, now } from '#lib/server/clock.ts';
import { config, type Config } from '#lib/server/config.ts';
import { officeNameIn } from '#lib/words/place-words.ts';

/** Whether this is a demonstration: the embedded database, or one that APP_ENV calls so; no real figures and no real people. */
export function isDemonstration(): boolean {
	return !config().production;
}

/** Who helps, as the operator says; a demonstration without settings shows made-up ones that say so. */
function helpOf({ help, production }: Config): HelpContact {
	if (production || help.contact || help.phone || help.hours) return { name: help.contact, phone: help.phone, hours: help.hours };
	return { name: m.account_help_name(), phone: '010-0000-0000', hours: m.account_help_hours() };
}

/** What every page shows around its content, signed in or not. Asks nothing of the database. */
export function frameOf(preferences: Preferences): FrameData {
	return {
		preferences,
		help: helpOf(config()),
		footer: config().footer,
		rehearsalAt: clockOffsetMs() === 0 ? null : now(),
		demonstration: isDemonstration()
	};
}

/** What an office is called in the language of the page. */
export function officeName(office: Pick<SeatOfPerson, 'nameEn' | 'nameZh'>, locale: Preferences['locale']): string {
	return officeNameIn(locale, office);
}

function seatOf(seat: SeatOfPerson, locale: Preferences['locale']): Seat {
	return { id: seat.orgId, organisationName: officeName(seat, locale), kind: seat.kind, dutyWord: dutyIn(seat.kind, seat.duty) };
}

/** The frame of a signed-in page; null while no office is chosen. */
export function shellOf(person: Person, locale: Preferences['locale'], pathname: string): ShellData | null {
	const { seat } = person;
	if (!seat) return null;
	return {
		personId: person.id,
		personName: person.name,
		seat: seatOf(seat, locale),
		otherSeats: person.seats.filter((other) => other.orgId !== seat.orgId).map((other) => seatOf(other, locale)),
		nav: navigationFor(seat.kind, pathname),
		inboxCount: person.unread,
		searchAction: searchActionFor(seat.kind)
	};
}
