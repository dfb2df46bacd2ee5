import type { Category, ChannelKind, DesignationStatus } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import type { RegisterQuery } from '#lib/server/reads/public/public-register.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';

export interface MinistryEnterpriseRow {
	/** Of the designation. */
	readonly id: string;
	readonly enterpriseId: string;
	readonly name: string;
	readonly creditCode: string;
	readonly category: Category;
	readonly cohortYear: number;
	readonly channelName: string;
	readonly status: DesignationStatus;
	readonly contacts: number;
	/** People who can sign in for it. */
	readonly people: number;
}

export interface MinistryEnterprises {
	readonly rows: readonly MinistryEnterpriseRow[];
	readonly total: number;
	readonly cohorts: readonly number[];
	readonly channels: readonly { readonly id: string; readonly kind: ChannelKind; readonly name: string }[];
	readonly next: { readonly key: string; readonly id: string } | null;
}

const PAGE_SIZE = 50;

/** Powers /ministry/enterprises: the register with what the ministries need to know of it. Three queries. */
export function ministryEnterprises(actor: Actor, given: RegisterQuery): Promise<MinistryEnterprises> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const clause = sql;
			const channels = await sql<{ id: string; kind: string; short_zh: string }[]>`select id, kind, short_zh from channel order by kind desc, id`;
			// A channel or cohort that does not exist is no filter: the page says that it was left out.
			const ofKnownChannel = channels.some(({ id }) => id === given.channelId) ? given : { ...given, channelId: null };
			const counts = await sql<{ cohort_year: number; count: number }[]>`
				select d.cohort_year, count(*) filter (where ${matching(db, { ...ofKnownChannel, cohort: null })})::int as count
				from designation d join enterprise e on e.id = d.enterprise_id where ${within.enterprise}
				group by d.cohort_year order by d.cohort_year`;
			const query = counts.some(({ cohort_year }) => cohort_year === given.cohort) ? ofKnownChannel : { ...ofKnownChannel, cohort: null };
			const asked = matching(db, query);
			// The name alone lets the index begin at the page; the pair decides among equal names.
			const seek: Clause = query.after
				? clause`(e.name >= ${query.after.key} and (e.name, d.id) > (${query.after.key}, ${query.after.id}::bigint))`
				: clause`true`;
			const rows = await sql<
				{
					id: string;
					enterprise_id: string;
					name: string;
					credit_code: string;
					category: string;
					cohort_year: number;
					channel_name: string;
					status: string;
					contacts: number | null;
					people: number | null;
				}[]
			>`
				select d.id, e.id as enterprise_id, e.name, e.credit_code, d.category, d.cohort_year, c.short_zh as channel_name, d.status,
					(select count(*)::int from enterprise_contact k where k.enterprise_id = e.id) as contacts,
					(select count(*)::int from organisation o join membership m on m.org_id = o.id and m.ended_at is null where o.enterprise_id = e.id) as people
				from enterprise e
				join designation d on d.enterprise_id = e.id
				join channel c on c.id = e.channel_id
				where ${within.enterprise} and ${asked} and ${seek}
				order by e.name, d.id
				limit ${PAGE_SIZE + 1}`;
			const page = rows.slice(0, PAGE_SIZE);
			const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined;
			return {
				rows: page.map((row) => ({
					id: row.id,
					enterpriseId: row.enterprise_id,
					name: row.name,
					creditCode: row.credit_code,
					category: row.category as Category,
					cohortYear: row.cohort_year,
					channelName: row.channel_name,
					status: row.status as DesignationStatus,
					contacts: row.contacts ?? 0,
					people: row.people ?? 0
				})),
				total: counts.reduce((sum, { cohort_year, count }) => (query.cohort === null || query.cohort === cohort_year ? sum + count : sum), 0),
				cohorts: counts.map(({ cohort_year }) => cohort_year),
				channels: channels.map((row) => ({ id: row.id, kind: row.kind as ChannelKind, name: row.short_zh })),
				next: last ? { key: last.name, id: last.id } : null
			};
		},
		{ readOnly: true }
	);
}

function matching({ sql: clause }: Pick<Db, 'sql'>, query: RegisterQuery): Clause {
	const conditions: Clause[] = [];
	if (query.cohort !== null) conditions.push(clause`d.cohort_year = ${query.cohort}`);
	if (query.category) conditions.push(clause`d.category = ${query.category}`);
	if (query.channelId !== null) conditions.push(clause`e.channel_id = ${query.channelId}`);
	if (query.status) conditions.push(clause`d.status = ${query.status}`);
	if (query.q !== '') conditions.push(findsEnterprise({ sql: clause }, query.q, 'enterprise'));
	return conditions.reduce<Clause>((all, one) => clause`${all} and ${one}`, clause`true`);
}
