/** How a run of the timetable divides its work, so that whoever submits meanwhile waits for a fraction of a second. */

/** So many reports are planned in one transaction; what it locks it holds for a fraction of a second. */
export const REPORTS_AT_ONCE = 100;

/** A report that somebody holds. */
export interface HeldReport {
	readonly id: string;
	readonly enterpriseId: string;
	/** Held by the enterprise; by its channel otherwise. */
	readonly withEnterprise: boolean;
}

/** What is planned in one transaction. */
export interface ReminderSlice {
	readonly reportIds: readonly string[];
	readonly withEnterprise: boolean;
}

/**
 * Divides the reports of a channel so that none is locked for long: whoever submits meanwhile waits for its slice. One letter a day stays one letter: an
 * enterprise's reports are never parted, and what lies with the channel's offices is one slice, however much; nobody submits those.
 */
export function slicesOf(held: readonly HeldReport[], most: number): readonly ReminderSlice[] {
	const slices: string[][] = [];
	for (const reports of Map.groupBy(
		held.filter(({ withEnterprise }) => withEnterprise),
		({ enterpriseId }) => enterpriseId
	).values()) {
		const last = slices.at(-1);
		const ids = reports.map(({ id }) => id);
		if (last && last.length + ids.length <= most) last.push(...ids);
		else slices.push(ids);
	}
	const ofOffices = held.filter(({ withEnterprise }) => !withEnterprise).map(({ id }) => id);
	return [
		...slices.map((reportIds) => ({ reportIds, withEnterprise: true })),
		...(ofOffices.length > 0 ? [{ reportIds: ofOffices, withEnterprise: false }] : [])
	];
}
