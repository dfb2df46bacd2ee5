import type { Actor } from '#lib/server/actor.ts';
import { asActor, type Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { channelChoices } from '#lib/server/reads/office/channel-choices.ts';
import {
	afterName,
	designationLineOf,
	ofKnownChannel,
	registerMatching,
	type DesignationColumns,
	type DesignationLine,
	type RegisterList,
	type RegisterQuery
} from '#lib/server/reads/office/register-list.ts';
import { PAGE_SIZE, pageOf } from '#lib/server/reads/page.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';

export interface MinistryEnterpriseRow extends DesignationLine {
	readonly enterpriseId: string;
	readonly creditCode: string;
	readonly contacts: number;
	/** People who can sign in for it. */
	readonly people: number;
}

export type MinistryEnterprises = RegisterList<MinistryEnterpriseRow>;

/** Powers /ministry/enterprises: the register with what the ministries need to know of it. Three queries. */
export function ministryEnterprises(actor: Actor, given: RegisterQuery): Promise<MinistryEnterprises> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const channels = await channelChoices(db);
			const known = ofKnownChannel(given, channels);
			const counts = await sql<{ cohort_year: number; count: number }[]>`
				select d.cohort_year, count(*) filter (where ${matching(db, { ...known, cohort: null })})::int as count
				from designation d join enterprise e on e.id = d.enterprise_id where ${within.enterprise}
				group by d.cohort_year order by d.cohort_year`;
			// Nor is a cohort that does not exist.
			const query = counts.some(({ cohort_year }) => cohort_year === given.cohort) ? known : { ...known, cohort: null };
			const asked = matching(db, query);
			const seek = afterName(db, query.after);
			const rows = await sql<(DesignationColumns & { enterprise_id: string; credit_code: string; contacts: number | null; people: number | null })[]>`
				select d.id, e.id as enterprise_id, e.name, e.former_names, e.credit_code, d.category, d.cohort_year, c.short_zh as channel_name, d.status,
					(select count(*)::int from enterprise_contact k where k.enterprise_id = e.id) as contacts,
					(select count(*)::int from organisation o join membership m on m.org_id = o.id and m.ended_at is null where o.enterprise_id = e.id) as people
				from enterprise e
				join designation d on d.enterprise_id = e.id
				join channel c on c.id = e.channel_id
				where ${within.enterprise} and ${asked} and ${seek}
				order by e.name, d.id
				limit ${PAGE_SIZE + 1}`;
			const page = pageOf(rows, { after: query.after, before: null }, (row) => ({ key: row.name, id: row.id }));
			return {
				rows: page.rows.map((row) => ({
					...designationLineOf(row),
					enterpriseId: row.enterprise_id,
					creditCode: row.credit_code,
					contacts: row.contacts ?? 0,
					people: row.people ?? 0
				})),
				total: counts.reduce((sum, { cohort_year, count }) => (query.cohort === null || query.cohort === cohort_year ? sum + count : sum), 0),
				cohorts: counts.map(({ cohort_year }) => cohort_year),
				channels,
				next: page.next
			};
		},
		{ readOnly: true }
	);
}

function matching(db: Pick<Db, 'sql'>, query: RegisterQuery): Clause {
	return registerMatching(db, query, findsEnterprise(db, query.q, 'enterprise'));
}
