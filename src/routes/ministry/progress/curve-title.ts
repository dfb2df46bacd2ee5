import { m } from '#lib/paraglide/messages.js';
import type { ProgressQuery } from '#lib/server/reads/ministry/ministry-progress.ts';

/** What the curve is called where it leaves: its year, and what it counts. */
export function curveTitle(year: { readonly year: number } | null, curve: ProgressQuery['curve']): string {
	const what = curve === 'submitted' ? m.progress_curve_submitted() : m.progress_curve_forwarded();
	return m.sheet_curve_title({ year: year?.year ?? '', curve: m.progress_curve(), what });
}
