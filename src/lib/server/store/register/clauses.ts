/** What the rules of the register say, said again in SQL, once each: a clause bears the name of its domain function, and a test asks both the same. */
import { PASSED_OVER, searchedText } from '#lib/domain/enterprise-search.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';

/**
 * Where a list has the name and the code: `report` → r (annual_report, as they were that year) and what its enterprise is called now and was,
 * `enterprise` → e, `name` → e, by names alone.
 */
export type Searched = 'report' | 'enterprise' | 'name';

/** Mirrors `findsEnterprise`. Reports are asked by the enterprises found, once: not each for its own. */
export function findsEnterprise({ sql: clause }: Pick<Db, 'sql'>, typed: string, searched: Searched): Clause {
	const text = searchedText(typed);
	if (text === '') return clause`true`;
	const has = (column: Clause) => clause`position(${text} in translate(lower(normalize(${column}, nfkc)), ${PASSED_OVER}, '')) > 0`;
	// A line between two names is a sign that is compared: no search finds the end of one and the beginning of the next.
	const formerly = clause`replace(e.former_names, chr(10), '|')`;
	switch (searched) {
		case 'report':
			return clause`(${has(clause`r.enterprise_name`)} or position(${text} in lower(r.credit_code)) > 0 or r.enterprise_id in (
				select f.id from enterprise f where ${has(clause`f.name || '|' || replace(f.former_names, chr(10), '|')`)}))`;
		case 'enterprise':
			return clause`(${has(clause`e.name`)} or ${has(formerly)} or position(${text} in lower(e.credit_code)) > 0)`;
		case 'name':
			return clause`(${has(clause`e.name`)} or ${has(formerly)})`;
	}
}
