/** How an enterprise is searched for, on every list: by its name, a name it had, or its code, however they are set apart. */

/** What stands between the characters of a name or code and says nothing: blanks, hyphens, quotes, marks nobody sees. Compared after NFKC. */
export const PASSED_OVER =
	' \t\n\r-‐‑‒–—―−\'"`´‘’“”«»\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff';
const PASSED_OVER_SET = new Set(PASSED_OVER);

/** A name, a code or what is looked for, as it is compared: half width, lower case, without what says nothing. */
export function searchedText(text: string): string {
	return [...text.normalize('NFKC').toLowerCase()].filter((sign) => !PASSED_OVER_SET.has(sign)).join('');
}

export interface SearchedEnterprise {
	readonly name: string;
	/** Names it had, as far as the list knows them. */
	readonly formerNames?: readonly string[];
	/** Null where names alone are searched. */
	readonly creditCode: string | null;
}

/** A part of the name finds an enterprise, of a name it had, and of its credit code. Nothing typed finds all. */
export function findsEnterprise(typed: string, { name, formerNames = [], creditCode }: SearchedEnterprise): boolean {
	const text = searchedText(typed);
	return [name, ...formerNames, creditCode ?? ''].some((one) => searchedText(one).includes(text));
}

/** What somebody looks for who names a year at the end (`合成装备 2025`, `合成装备2025年报告`): an enterprise, and its report of that year. */
export function readSearch(typed: string): { readonly name: string; readonly year: number | null } {
	// A credit code may end like a year, and is none.
	const [, name = '', year] = /^(.*?)(?<![0-9a-z])(20\d{2})\s*(?:年度?)?\s*(?:报告)?$/i.exec(typed.normalize('NFKC').trim()) ?? [];
	return year === undefined ? { name: typed, year: null } : { name: name.trim(), year: Number(year) };
}
