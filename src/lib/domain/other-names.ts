/** The names an enterprise has or had beside the one a list shows: a report keeps the name of its year (方案第十一条), and is found by all of them. */
export interface OtherNames {
	/** What it is called now, where the list shows an older name. */
	readonly now: string | null;
	/** What it was called, the newest last. */
	readonly former: readonly string[];
}

/** Every name but the one shown. @param former one name a line, the newest last; null where the enterprise itself may not be seen */
export function otherNames(shown: string, now: string | null, former: string | null): OtherNames {
	const names = former === null || former === '' ? [] : former.split('\n');
	return { now: now === null || now === shown ? null : now, former: [...new Set(names)].filter((name) => name !== shown && name !== now) };
}
