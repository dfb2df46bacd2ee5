/** What the rules of the register say, said again in SQL, once each: a clause bears the name of its domain function, and a test asks both the same. */
import { searchedText } from '#lib/domain/enterprise-search.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';

/** Where a list has the name and the code: `report` → r (annual_report, as they were that year), `enterprise` → e, `name` → e, by name alone. */
export type Searched = 'report' | 'enterprise' | 'name';

/** Mirrors `findsEnterprise`. */
export function findsEnterprise({ sql: clause }: Pick<Db, 'sql'>, typed: string, searched: Searched): Clause {
	if (typed === '') return clause`true`;
	const text = searchedText(typed);
	switch (searched) {
		case 'report':
			return clause`(position(${text} in lower(normalize(r.enterprise_name, nfkc))) > 0 or position(${text} in lower(r.credit_code)) > 0)`;
		case 'enterprise':
			return clause`(position(${text} in lower(normalize(e.name, nfkc))) > 0 or position(${text} in lower(e.credit_code)) > 0)`;
		case 'name':
			return clause`position(${text} in lower(normalize(e.name, nfkc))) > 0`;
	}
}
