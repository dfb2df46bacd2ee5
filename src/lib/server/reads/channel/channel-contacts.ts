import { maskEmail, maskPhone } from '#lib/domain/contact-mask.ts';
import { CONTACT_STANDINGS, contactStanding, lastConfirmed, quarterStart, type AddressCheck, type ContactStanding } from '#lib/domain/chase/contact-quarter.ts';
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { otherNames, type OtherNames } from '#lib/domain/other-names.ts';
import type { Duty } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { pageOfAll, type Page, type Turn } from '#lib/server/reads/page.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';

/** The lists of the page: by how a contact stands, or the enterprises that have none. */
export const CONTACT_LISTS = [...CONTACT_STANDINGS, 'none'] as const;
export type ContactList = (typeof CONTACT_LISTS)[number];

export interface ContactsQuery extends Turn {
	readonly list: ContactList | null;
	/** Part of the enterprise's name or code. */
	readonly q: string;
}

/** One person of an enterprise: a contact of the register, or somebody with an account. */
export interface ContactRow {
	/** `c<place>` or `a<person>`: which one, when it is confirmed. */
	readonly which: string;
	readonly enterpriseId: string;
	readonly enterpriseName: string;
	readonly otherNames: OtherNames;
	readonly place: number | null;
	readonly duty: Duty | null;
	readonly name: string;
	readonly phone: string | null;
	readonly email: string | null;
	readonly standing: ContactStanding;
	readonly confirmedAt: Date | null;
	/** What a doubted address was found to be. */
	readonly doubt: 'bounced' | 'wrong' | null;
}

/** An enterprise as the page names it. */
interface Firm {
	readonly id: string;
	readonly name: string;
	readonly otherNames: OtherNames;
}

export interface ChannelContacts extends Page<ContactRow> {
	readonly quarterFrom: Day;
	readonly counts: Readonly<Record<ContactList | 'all', number>>;
	/** Enterprises nobody of is known, where the address asks for them. */
	readonly without: readonly Firm[];
	readonly enterprises: number;
}

/** Powers /channel/contacts. Three questions about the channel's own enterprises, 1,500 at a hundred times the size. */
export function channelContacts(actor: Actor, query: ContactsQuery, now: Date): Promise<ChannelContacts> {
	return asActor(
		actor,
		async (db) => {
			const today = dayInBeijing(now);
			const { people, without, order } = await everybody(db, query.q, today);
			const counts = Object.fromEntries(CONTACT_STANDINGS.map((standing) => [standing, people.filter((one) => one.standing === standing).length])) as Record<
				ContactStanding,
				number
			>;
			const listed = query.list === 'none' ? [] : people.filter(({ standing }) => query.list === null || standing === query.list);
			const enterprises = query.list === 'none' ? without : firstOfEach(listed);
			// Where a place stands is told by all enterprises, so that one which has left the list since, being confirmed, turns no page back. The order is the
			// database's own, so the key of a place says nothing more.
			const at = ({ id }: { readonly id: string }): number => order.get(id) ?? -1;
			const page = pageOfAll(
				enterprises,
				query,
				(one, place) => at(one) - at(place),
				({ id }) => ({ key: '', id })
			);
			const shown = new Set(page.rows.map(({ id }) => id));
			return {
				quarterFrom: quarterStart(today),
				counts: { ...counts, none: without.length, all: people.length },
				rows: listed.filter(({ enterpriseId }) => shown.has(enterpriseId)),
				without: query.list === 'none' ? page.rows : [],
				enterprises: enterprises.length,
				next: page.next,
				previous: page.previous
			};
		},
		{ readOnly: true }
	);
}

/** A line of the sheet: a person, or an enterprise of which nobody is known. */
export type ExportedContact = Pick<ContactRow, 'enterpriseName' | 'otherNames' | 'name' | 'duty' | 'phone' | 'email' | 'confirmedAt'> & {
	readonly standing: ContactStanding | null;
};

/** Powers /channel/contacts/export: what the page lists, all of it. */
export function channelContactsForExport(actor: Actor, query: ContactsQuery, now: Date): Promise<readonly ExportedContact[]> {
	return asActor(
		actor,
		async (db) => {
			const { people, without } = await everybody(db, query.q, dayInBeijing(now));
			if (query.list !== 'none') return people.filter(({ standing }) => query.list === null || standing === query.list);
			const nobody = { name: '', duty: null, phone: null, email: null, confirmedAt: null, standing: null };
			return without.map(({ name: enterpriseName, otherNames: names }) => ({ ...nobody, enterpriseName, otherNames: names }));
		},
		{ readOnly: true }
	);
}

function firstOfEach(rows: readonly ContactRow[]): Firm[] {
	return [...new Map(rows.map((row) => [row.enterpriseId, { id: row.enterpriseId, name: row.enterpriseName, otherNames: row.otherNames }])).values()];
}

async function everybody(
	db: ActorDb,
	q: string,
	today: Day
): Promise<{ people: readonly ContactRow[]; without: readonly Firm[]; order: ReadonlyMap<string, number> }> {
	const { sql, within } = db;
	const firms = await sql<
		{ id: string; name: string; former_names: string; place: number | null; contact_name: string | null; phone: string | null; email: string | null }[]
	>`
		select e.id, e.name, e.former_names, (select k.place) as place, (select k.name) as contact_name, (select k.phone) as phone, (select k.email) as email
		from enterprise e left join enterprise_contact k on k.enterprise_id = e.id
		where ${within.enterprise} and exists (select from designation d where d.enterprise_id = e.id and d.status = 'active')
			and ${findsEnterprise(db, q, 'enterprise')}
		order by e.name, e.id, k.place`;
	const accounts = await sql<{ enterprise_id: string; id: string; name: string; email: string; phone: string | null; duty: string }[]>`
		select o.enterprise_id, p.id, p.name, p.email, p.phone, b.duty
		from enterprise e join organisation o on o.enterprise_id = e.id join membership b on b.org_id = o.id and b.ended_at is null join person p
			on p.id = b.person_id and p.disabled_at is null
		where ${within.enterprise} order by p.name, p.id`;
	const checks = await sql<{ enterprise_id: string; address: string; result: string; checked_at: Date }[]>`
		select distinct on (x.enterprise_id, x.address) x.enterprise_id, x.address, x.result, x.checked_at
		from contact_check x join enterprise e on e.id = x.enterprise_id
		where ${within.enterprise} order by x.enterprise_id, x.address, x.checked_at desc, x.id desc`;
	const checkOf = new Map(checks.map((row) => [`${row.enterprise_id} ${row.address}`, { result: row.result as AddressCheck['result'], at: row.checked_at }]));
	const accountsOf = Map.groupBy(accounts, (row) => row.enterprise_id);
	const people: ContactRow[] = [];
	const without: Firm[] = [];
	const ofFirm = Map.groupBy(firms, (row) => row.id);
	for (const [id, contacts] of ofFirm) {
		const name = contacts[0]?.name ?? '';
		const names = otherNames(name, name, contacts[0]?.former_names ?? null);
		const standingOf = (phone: string | null, email: string | null) => {
			const known = [phone, email].flatMap((address) => (address === null ? [] : (checkOf.get(`${id} ${address}`) ?? [])));
			const doubt = known.find(({ result }) => result !== 'confirmed')?.result;
			return { standing: contactStanding(known, today), confirmedAt: lastConfirmed(known), doubt: doubt === 'bounced' || doubt === 'wrong' ? doubt : null };
		};
		const before = people.length;
		for (const { place, contact_name, phone, email } of contacts) {
			if (place !== null)
				people.push({
					which: `c${place}`,
					enterpriseId: id,
					enterpriseName: name,
					otherNames: names,
					place,
					duty: null,
					name: contact_name ?? '',
					phone: phone && maskPhone(phone),
					email: email && maskEmail(email),
					...standingOf(phone, email)
				});
		}
		for (const one of accountsOf.get(id) ?? []) {
			people.push({
				which: `a${one.id}`,
				enterpriseId: id,
				enterpriseName: name,
				otherNames: names,
				place: null,
				duty: one.duty as Duty,
				name: one.name,
				phone: one.phone && maskPhone(one.phone),
				email: maskEmail(one.email),
				...standingOf(one.phone, one.email)
			});
		}
		if (people.length === before) without.push({ id, name, otherNames: names });
	}
	return { people, without, order: new Map([...ofFirm.keys()].map((id, index) => [id, index])) };
}
