/** Names an enterprise has or had, as one small line: made on the server, so that no list carries the words for it into the browser. */
import type { OtherNames } from '#lib/domain/other-names.ts';
import { m } from '#lib/paraglide/messages.js';

/** 原名 甲公司、乙公司；现名 丙公司. Nothing where there is no other name. The newest former name comes first. */
export function otherNamesText({ now, former }: OtherNames): string {
	return [
		...(former.length === 0 ? [] : [m.ui_former_names({ names: [...former].reverse().join(m.ministry_list_between()) })]),
		...(now === null ? [] : [m.ui_name_now({ name: now })])
	].join(m.sheet_filters_between());
}

/** Rows of the register for a page: they bear the name of today. */
export function withFormerNamesInWords<Row extends { readonly formerNames: readonly string[] }>(
	rows: readonly Row[]
): (Omit<Row, 'formerNames'> & { readonly alsoNamed: string })[] {
	return rows.map(({ formerNames, ...row }) => ({ ...row, alsoNamed: otherNamesText({ now: null, former: formerNames }) }));
}

/** Rows for a page: the names as the line that stands under the name. */
export function withNamesInWords<Row extends { readonly otherNames: OtherNames }>(
	rows: readonly Row[]
): (Omit<Row, 'otherNames'> & { readonly alsoNamed: string })[] {
	return rows.map(({ otherNames, ...row }) => ({ ...row, alsoNamed: otherNamesText(otherNames) }));
}
