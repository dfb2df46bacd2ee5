import { readSearch, searchedText } from '#lib/domain/enterprise-search.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';

export interface FoundEnterprise {
	readonly id: string;
	readonly name: string;
	/** Names it had, the newest last. */
	readonly formerNames: readonly string[];
	readonly creditCode: string;
}

export interface FoundReport {
	readonly id: string;
	readonly enterpriseName: string;
	readonly year: number;
	readonly category: Category;
	/** The only one of its enterprise and year. */
	readonly alone: boolean;
}

export interface Found {
	readonly enterprises: readonly FoundEnterprise[];
	readonly reports: readonly FoundReport[];
}

/** So many of each kind are named; the lists have the rest. */
export const NAMED_AT_MOST = 6;
/** Somebody is typing: later than this no answer helps. */
const DEADLINE_MS = 2_500;

/** Powers the search box and /search: enterprises by name, former name or code, reports by enterprise and year, of those the office may see. Two queries. */
export function search(actor: Actor, typed: string): Promise<Found> {
	const { name, year } = readSearch(typed);
	const named = searchedText(name) !== '';
	// An enterprise has one name and a report a year: it looks for the year alone.
	const own = actor.orgKind === 'enterprise';
	if (!named && (!own || year === null)) return Promise.resolve({ enterprises: [], reports: [] });
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const enterprises = own
				? []
				: await sql<{ id: string; name: string; former_names: string; credit_code: string }[]>`
						select e.id, e.name, e.former_names, e.credit_code from enterprise e
						where ${within.enterprise} and ${findsEnterprise(db, name, 'enterprise')}
						order by e.name, e.id limit ${NAMED_AT_MOST}`;
			const reports =
				year === null && !own
					? []
					: await sql<{ id: string; enterprise_name: string; year: number; category: string; alone: boolean }[]>`
							select r.id, r.enterprise_name, r.year, r.category,
								not exists (select from annual_report other where other.enterprise_id = r.enterprise_id and other.year = r.year and other.id <> r.id) as alone
							from annual_report r
							where ${within.report} and (${year}::int is null or r.year = ${year}::int) and ${findsEnterprise(db, name, 'report')}
							order by r.year desc, r.enterprise_name, r.id limit ${NAMED_AT_MOST}`;
			return {
				enterprises: enterprises.map((row) => ({
					id: row.id,
					name: row.name,
					formerNames: row.former_names === '' ? [] : row.former_names.split('\n'),
					creditCode: row.credit_code
				})),
				reports: reports.map((row) => ({
					id: row.id,
					enterpriseName: row.enterprise_name,
					year: row.year,
					category: row.category as Category,
					alone: row.alone
				}))
			};
		},
		{ readOnly: true, deadlineMs: DEADLINE_MS }
	);
}
