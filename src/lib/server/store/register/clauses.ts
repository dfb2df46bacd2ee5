/** What the rules of the register say, said again in SQL, once each: a clause bears the name of its domain function, and a test asks both the same. */
import { searchedText } from '#lib/domain/enterprise-search.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';

/**
 * Where a list has the name and the code: `report` → r (annual_report, as they were that year) and what its enterprise is called now and was,
 * `enterprise` → e, `name` → e, by names alone.
 */
export type Searched = 'report' | 'enterprise' | 'name';

/** Mirrors `findsEnterprise`, on names as they are kept for it (migration 0031). Reports are asked by the enterprises found, once: not each for its own. */
export function findsEnterprise({ sql: clause }: Pick<Db, 'sql'>, typed: string, searched: Searched): Clause {
	const text = searchedText(typed);
	if (text === '') return clause`true`;
	switch (searched) {
		case 'report':
			return clause`(position(${text} in r.searched_name) > 0 or position(${text} in lower(r.credit_code)) > 0 or r.enterprise_id in (
				select f.id from enterprise f where position(${text} in f.searched_names) > 0))`;
		case 'enterprise':
			return clause`(position(${text} in e.searched_names) > 0 or position(${text} in lower(e.credit_code)) > 0)`;
		case 'name':
			return clause`position(${text} in e.searched_names) > 0`;
	}
}
