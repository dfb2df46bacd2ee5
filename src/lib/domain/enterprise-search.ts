/** How an enterprise is searched for, on every list: full width is half width, and upper case is lower case. */

/** What is looked for, as it is compared. */
export function searchedText(typed: string): string {
	return typed.normalize('NFKC').toLowerCase();
}

/** A part of the name finds an enterprise, and a part of its credit code. Nothing typed finds all; null code: the list searches names alone. */
export function findsEnterprise(typed: string, enterprise: { readonly name: string; readonly creditCode: string | null }): boolean {
	const text = searchedText(typed);
	return searchedText(enterprise.name).includes(text) || (enterprise.creditCode ?? '').toLowerCase().includes(text);
}
