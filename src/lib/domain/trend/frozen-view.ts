/** What has become of the figures of a frozen view since (非方案规定): it is shown as it was, and says how far that still holds. */

/** Which page a view was taken of. */
export const FROZEN_PAGES = ['cohort', 'metric'] as const;
export type FrozenPage = (typeof FROZEN_PAGES)[number];

/** Most serious first: the figures mean something else, they were put right, there are more of them, or nothing has happened. */
export const FROZEN_STATUSES = ['rule_changed', 'corrected_since', 'newer_reports', 'current'] as const;
export type FrozenStatus = (typeof FROZEN_STATUSES)[number];

/** What a view rested on when it was frozen. */
export interface FrozenBasis {
	/** Versions of the policies it was judged by, of the quartile rule and of the outlier rule: whatever a figure in it depends on. */
	readonly rules: readonly string[];
	/** The statements behind it: how many, and the latest moment one of them was forwarded; null without any. */
	readonly statements: number;
	readonly latestForwardedAt: Date | null;
}

/** The same question asked again, now. */
export interface FrozenNow extends FrozenBasis {
	/** The latest moment a statement that was in the view was replaced by a later version; null if none was. */
	readonly latestCorrectedAt: Date | null;
}

/** Everything that holds of a frozen view, the most serious first; never empty (非方案规定). */
export function frozenStatuses(frozen: FrozenBasis, frozenAt: Date, now: FrozenNow): readonly FrozenStatus[] {
	const changed = frozen.rules.some((rule) => !now.rules.includes(rule)) || now.rules.some((rule) => !frozen.rules.includes(rule));
	const corrected = now.latestCorrectedAt !== null && now.latestCorrectedAt > frozenAt;
	const newer = now.statements !== frozen.statements || (now.latestForwardedAt !== null && now.latestForwardedAt > frozenAt && !corrected);
	const found: FrozenStatus[] = [
		...(changed ? (['rule_changed'] as const) : []),
		...(corrected ? (['corrected_since'] as const) : []),
		...(newer ? (['newer_reports'] as const) : [])
	];
	return found.length === 0 ? ['current'] : found;
}
