import { readReportAddress, reportPath } from '#lib/forms/report-address.ts';
import type { Category, Department } from '#lib/domain/parties.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';

/** Whom to ring: a department of the report's channel, or a contact of the enterprise. */
export interface Office {
	readonly kind: Department;
	readonly name: string;
	readonly nameEn: string | null;
	readonly phone: string | null;
}

/** A report of one's own, found by its address. */
export interface OwnReport {
	readonly id: string;
	readonly year: number;
	readonly category: Category;
	/** The address of its pages, without a slash at the end. */
	readonly path: string;
	readonly cohortYear: number;
	/** The channel's own earlier date, if it set one. */
	readonly channelOwnOn: Day | null;
	readonly channelName: string;
	readonly channelNameEn: string;
	readonly offices: readonly Office[];
}

/**
 * The report an address of /enterprise/reports/[year] names, or null: no such year, not owed, or two reports of the year and none named.
 * It looks only among the enterprise's own, so nobody else's can be reached by any address.
 */
export async function findOwnReport({ sql, within }: ActorDb, address: string): Promise<OwnReport | null> {
	const named = readReportAddress(address);
	if (named === null) return null;
	const rows = await sql<
		{
			id: string;
			year: number;
			category: string;
			cohort_year: number;
			due_on: string | null;
			channel_name: string;
			channel_name_en: string;
			offices: { kind: string; name: string; nameEn: string | null; phone: string | null }[] | null;
		}[]
	>`
		select r.id, r.year, r.category, r.cohort_year, cy.due_on, c.name_zh as channel_name, c.name_en as channel_name_en,
			coalesce((select jsonb_agg(jsonb_build_object('kind', o.kind, 'name', o.name_zh, 'nameEn', o.name_en, 'phone', o.phone) order by o.kind)
				from organisation o where o.channel_id = r.channel_id), '[]'::jsonb) as offices
		from annual_report r
		join channel c on c.id = r.channel_id
		left join channel_year cy on cy.channel_id = r.channel_id and cy.year = r.year
		where r.year = ${named.year} and ${within.report} order by r.id`;
	const found = named.category === null ? (rows.length === 1 ? rows[0] : undefined) : rows.find((row) => row.category === named.category);
	if (!found) return null;
	const category = found.category as Category;
	return {
		id: found.id,
		year: found.year,
		category,
		path: reportPath({ year: found.year, category, alone: rows.length === 1 }),
		cohortYear: found.cohort_year,
		channelOwnOn: found.due_on as Day | null,
		channelName: found.channel_name,
		channelNameEn: found.channel_name_en,
		offices: (found.offices ?? []) as Office[]
	};
}

/** {@link findOwnReport} for pages and endpoints that need nothing else of it. */
export function readOwnReport(actor: Actor, address: string): Promise<OwnReport | null> {
	return asActor(actor, (db) => findOwnReport(db, address), { readOnly: true });
}
