import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { day, type Day } from '#lib/domain/day.ts';
import { CATEGORIES, type Category, type Duty, type OrganisationKind } from '#lib/domain/parties.ts';
import { firmName, firmPrefixes, GROUP_MARKS, lineOf, personName, phoneOf } from './names.ts';
import type { DemoChannel, DemoDesignation, DemoEnterprise, DemoEvent, DemoOffice, DemoPerson } from './parties.ts';
import { chanceOf } from './random.ts';

/** What the database has before the demonstration comes: provinces and offices of the reference data. */
export interface ReferenceParties {
	readonly channels: readonly DemoChannel[];
	readonly offices: readonly { readonly orgId: number; readonly kind: OrganisationKind; readonly channelId: string | null; readonly nameZh: string }[];
}

export interface DemoRegister {
	readonly channels: ReadonlyMap<string, DemoChannel>;
	readonly groups: readonly DemoChannel[];
	readonly offices: readonly DemoOffice[];
	/** Groups' offices, which the reference data does not have. */
	readonly newOffices: readonly DemoOffice[];
	readonly enterprises: readonly DemoEnterprise[];
}

/** The two rounds of designation: 方案第十三条 has one every three years. */
const COHORTS: readonly { readonly year: number; readonly announcedOn: Day; readonly share: number }[] = [
	{ year: 2022, announcedOn: day('2022-06-15'), share: 0.53 },
	{ year: 2025, announcedOn: day('2025-06-18'), share: 0.48 }
];

const OWNERSHIPS = ['private', 'private', 'private', 'foreign', 'local_state_collective', 'other'] as const;

/** Firms of channels where somebody signs in come first in their channel, so that they are easy to name. */
export function buildRegister(reference: ReferenceParties, asOf: Day): DemoRegister {
	const people = peopleMaker();
	const groups: DemoChannel[] = GROUP_MARKS.map((mark, index) => ({
		id: `G${String(index + 1).padStart(2, '0')}`,
		kind: 'central_group',
		nameZh: `演示中央企业集团（${mark}）`,
		shortZh: `演示集团${mark}`,
		quota: 1
	}));
	let lastOrgId = Math.max(0, ...reference.offices.map(({ orgId }) => orgId));
	const offices = reference.offices.map((office) => ({ ...office, enterpriseId: null, ...people(`${office.kind}-${office.channelId ?? 'national'}`, true) }));
	const newOffices = groups.map((group): DemoOffice => {
		lastOrgId += 1;
		return { orgId: lastOrgId, kind: 'group', channelId: group.id, enterpriseId: null, nameZh: `${group.nameZh}总部`, ...people(`group-${group.id}`, true) };
	});
	const channels = [...reference.channels, ...groups];
	const places = channels.flatMap((channel) => placesOf(channel, asOf));
	const chance = chanceOf('firms');
	const prefixes = firmPrefixes(chance);
	const enterprises: DemoEnterprise[] = [];
	let designations = 0;
	const second = secondCategories(places);
	for (const [index, place] of places.entries()) {
		if (second.has(place)) continue;
		const id = enterprises.length + 1;
		const prefix = prefixes[id - 1];
		if (prefix === undefined) throw new RangeError('more firms than names');
		const own = chanceOf(`firm/${id}`);
		const partner = [...second.entries()].find(([, first]) => first === index)?.[0];
		const held = [place, ...(partner ? [partner] : [])];
		const line = lineOf(own, place.category);
		const key = `e${String(id).padStart(4, '0')}`;
		const people2 = people(key, false);
		lastOrgId += 1;
		const name = firmName(prefix, line, own);
		enterprises.push({
			id,
			creditCode: syntheticCreditCode(id),
			firstName: name,
			firstChannelId: place.channel.id,
			line,
			address: `${place.channel.kind === 'province' ? place.channel.nameZh : ''}演示市示例区样例路${own.whole(1, 999)}号`,
			postcode: `0000${String(own.whole(1, 99)).padStart(2, '0')}`,
			legalRepresentative: personName(own),
			ownership: place.channel.kind === 'central_group' ? 'central' : own.pick(OWNERSHIPS),
			contacts: [people2.handler, people2.approver].map(({ name: called, phone, email }) => ({ name: called, phone, email })),
			designations: held.map((one): DemoDesignation => {
				designations += 1;
				return {
					id: designations,
					category: one.category,
					cohortYear: one.cohortYear,
					announcedOn: one.announcedOn,
					announcementNo: `演示公告${one.cohortYear}年第${one.category === 'manufacturing' ? 1 : 2}号`,
					status: 'active',
					endedOn: null
				};
			}),
			events: [],
			office: { orgId: lastOrgId, kind: 'enterprise', channelId: place.channel.id, enterpriseId: id, nameZh: name, ...people2 }
		});
	}
	return {
		channels: new Map(channels.map((channel) => [channel.id, channel])),
		groups,
		offices: [...offices, ...newOffices],
		newOffices,
		enterprises: withEvents(enterprises, asOf)
	};
}

interface Place {
	readonly channel: DemoChannel;
	readonly category: Category;
	readonly cohortYear: number;
	readonly announcedOn: Day;
}

/** How many of its places each channel uses, per cohort and category; never more than the quota. */
function placesOf(channel: DemoChannel, asOf: Day): Place[] {
	const own = chanceOf(`places/${channel.id}`);
	// Every channel has somebody since 2022, the first group a manufacturer.
	const first = channel.id === 'G01' ? 'manufacturing' : own.pick(CATEGORIES);
	return COHORTS.filter(({ announcedOn }) => announcedOn <= asOf).flatMap(({ year, announcedOn, share }) =>
		CATEGORIES.flatMap((category) => {
			const wished = channel.quota * share + own.between(-0.45, 0.45);
			const used = channel.quota === 1 ? (own.odds(0.42) ? 1 : 0) : Math.max(1, Math.round(wished));
			const least = year === 2022 && category === first ? 1 : 0;
			return Array.from({ length: Math.min(channel.quota, Math.max(used, least)) }, () => ({ channel, category, cohortYear: year, announcedOn }));
		})
	);
}

/** A few places of 2025 go to firms that already hold a designation of 2022 in the other category: place → index of the firm's first place. */
function secondCategories(places: readonly Place[]): Map<Place, number> {
	const found = new Map<Place, number>();
	for (const channelId of ['330000', '370000', '440000', '310000', '510000']) {
		const first = places.findIndex(
			(place, index) => place.channel.id === channelId && place.cohortYear === 2022 && place.category === 'manufacturing' && index > 0
		);
		const other = places.find((place) => place.channel.id === channelId && place.cohortYear === 2025 && place.category === 'it_outsourcing');
		if (first >= 0 && other) found.set(other, first);
	}
	return found;
}

/** One renamed, one moved to another province, one that has ceased, one revoked: each on a firm of 2022 nobody signs in for. */
function withEvents(enterprises: readonly DemoEnterprise[], asOf: Day): DemoEnterprise[] {
	const taken = new Set<number>();
	const firmOf = (channelId: string, category: Category) => {
		const found = enterprises
			.filter(
				(one) =>
					one.firstChannelId === channelId &&
					one.designations.length === 1 &&
					one.designations[0]?.category === category &&
					one.designations[0].cohortYear === 2022 &&
					!taken.has(one.id)
			)
			.at(-1);
		if (found) taken.add(found.id);
		return found?.id;
	};
	const changes: { readonly id: number | undefined; readonly event: (firm: DemoEnterprise) => DemoEvent }[] = [
		{ id: firmOf('410000', 'manufacturing'), event: (firm) => renamed(firm, day('2024-08-12')) },
		{ id: firmOf('110000', 'it_outsourcing'), event: (firm) => renamed(firm, day('2026-03-20')) },
		{
			id: firmOf('340000', 'manufacturing'),
			event: () => ({ kind: 'moved', on: day('2025-03-03'), before: { channelId: '340000' }, after: { channelId: '330000' }, note: '注册地迁移（演示）' })
		},
		{ id: firmOf('370000', 'manufacturing'), event: () => ({ kind: 'ceased', on: day('2025-05-20'), before: {}, after: {}, note: '企业注销（演示）' }) },
		{ id: firmOf('420000', 'it_outsourcing'), event: () => ({ kind: 'revoked', on: day('2025-09-12'), before: {}, after: {}, note: '复审不合格（演示）' }) }
	];
	return enterprises.map((firm) => {
		const change = changes.find(({ id }) => id === firm.id);
		const event = change?.event(firm);
		if (!event || event.on > asOf) return firm;
		const ended = event.kind === 'ceased' || event.kind === 'revoked' ? event.kind : null;
		return {
			...firm,
			events: [event],
			designations: ended ? firm.designations.map((one) => ({ ...one, status: ended, endedOn: event.on })) : firm.designations
		};
	});
}

function renamed(firm: DemoEnterprise, on: Day): DemoEvent {
	return {
		kind: 'renamed',
		on,
		before: { name: firm.firstName },
		after: { name: firm.firstName.replace('（演示）', '新程（演示）') },
		note: '企业更名（演示）'
	};
}

/** Two people for every office, a third who only reads where asked. */
function peopleMaker(): (key: string, withReader: boolean) => Pick<DemoOffice, 'handler' | 'approver' | 'reader'> {
	let numbers = 0;
	return (key, withReader) => {
		const chance = chanceOf(`people/${key}`);
		const called = new Set<string>();
		const one = (duty: Duty): DemoPerson => {
			let name = personName(chance);
			while (called.has(name)) name = personName(chance);
			called.add(name);
			numbers += 1;
			return { id: `demo-${key.toLowerCase()}-${duty}`, name, email: `${key.toLowerCase()}.${duty}@example.com`, phone: phoneOf(numbers), duty };
		};
		return { handler: one('handler'), approver: one('approver'), reader: withReader ? one('reader') : null };
	};
}
