import { CATEGORIES, type Category } from '#lib/domain/parties.ts';

/** Which of an enterprise's own reports an address names. */
export interface ReportAddress {
	readonly year: number;
	/** Named only where the enterprise has two reports of that year. */
	readonly category: Category | null;
}

/** Reads `2026` or `2026-it_outsourcing`; null for anything else. */
export function readReportAddress(text: string): ReportAddress | null {
	const found = /^(\d{4})(?:-([a-z_]+))?$/.exec(text);
	if (!found) return null;
	const category = CATEGORIES.find((known) => known === found[2]) ?? null;
	if (found[2] !== undefined && category === null) return null;
	return { year: Number(found[1]), category };
}

/** The path of a report among its enterprise's pages; `alone`: it is the only one of its year. */
export function reportPath(report: { readonly year: number; readonly category: Category; readonly alone: boolean }): string {
	return `/enterprise/reports/${report.year}${report.alone ? '' : `-${report.category}`}`;
}
