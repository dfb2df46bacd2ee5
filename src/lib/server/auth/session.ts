import type { Duty, OrganisationKind } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { PageMark } from '#lib/server/page-mark.ts';
import { tokenOf } from './auth.ts';
import { now } from '#lib/server/clock.ts';
import { ask, asSystem } from '#lib/server/db/door.ts';

/** A place a person has in an organisation. */
export type SeatOfPerson = {
	orgId: string;
	kind: OrganisationKind;
	duty: Duty;
	nameZh: string;
	nameEn: string | null;
	channelId: string | null;
	enterpriseId: string | null;
};

/** Whoever is signed in, and where they sit. */
export type Person = {
	id: string;
	name: string;
	email: string;
	locale: 'zh-CN' | 'en';
	text: 's' | 'm' | 'l';
	theme: 'auto' | 'light' | 'dark';
	sessionId: string;
	seats: readonly SeatOfPerson[];
	/** Null while somebody with several offices has not chosen, or has none. */
	seat: SeatOfPerson | null;
	unread: number;
};

/**
 * Who stands behind a session cookie now. One query: it judges idle and absolute end, keeps the session awake at most once a minute, and
 * reads the person, so somebody disabled or moved is known on the very next request.
 *
 * @param at the instant both limits are judged by.
 */
export async function personOfSession(cookie: string | undefined, at: Date = now()): Promise<Person | null> {
	const token = tokenOf(cookie);
	if (token === null) return null;
	const [row] = await ask(
		(sql) =>
			sql<
				{
					session_id: string | null;
					person_id: string | null;
					person_name: string | null;
					email: string | null;
					locale: string | null;
					text_size: string | null;
					theme: string | null;
					seat_org_id: string | null;
					seats: unknown | null;
					unread: number | null;
				}[]
			>`select session_id, person_id, person_name, email, locale, text_size, theme, seat_org_id, seats, unread from session_seen(${token}, ${at})`
	);
	if (!row) return null;
	const seats = row.seats as SeatOfPerson[];
	const chosen = seats.find((seat) => seat.orgId === row.seat_org_id);
	return {
		id: row.person_id as string,
		name: row.person_name as string,
		email: row.email as string,
		locale: row.locale as Person['locale'],
		text: row.text_size as Person['text'],
		theme: row.theme as Person['theme'],
		sessionId: row.session_id as string,
		seats,
		seat: chosen ?? (seats.length === 1 ? (seats[0] ?? null) : null),
		unread: row.unread ?? 0
	};
}

/** What acts and reads trust. `page`: what a write was made on; acts hold it against the office once more. */
export function actorOf(person: Person, { requestId, address }: { requestId: string; address: string }, page: PageMark | null = null): Actor | null {
	const { seat } = person;
	if (!seat) return null;
	return {
		personId: person.id,
		personName: person.name,
		orgId: seat.orgId,
		orgKind: seat.kind,
		duty: seat.duty,
		channelId: seat.channelId,
		enterpriseId: seat.enterpriseId,
		requestId,
		address,
		...(page ? { page } : {})
	};
}

/** Ends a session that was opened a moment ago and turned out to be somebody else's than the page's. */
export async function dropSession({ id, sessionId }: Person): Promise<void> {
	await asSystem('sign-in', ({ sql }) => sql<{ ended: number | null }[]>`select session_end(${id}, ${sessionId}, null)::int as ended`);
}
