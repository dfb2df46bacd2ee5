/** What every office's list of reports says of one: whose it is, where it stands, what was found in it. */
import type { Day } from '#lib/domain/day.ts';
import { otherNames, type OtherNames } from '#lib/domain/other-names.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import type { KeptVerdict } from '#lib/domain/report/report-version.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';

export interface ListedReport {
	readonly id: string;
	readonly enterpriseId: string;
	/** As it was called that year. */
	readonly enterpriseName: string;
	/** What it is found by beside that name. */
	readonly otherNames: OtherNames;
	readonly creditCode: string;
	readonly category: Category;
	readonly cohortYear: number;
	readonly state: ReportState;
	readonly court: Court;
	readonly version: number;
	readonly extensionOn: Day | null;
	/** The day it came to be owed in a year that had begun; null = from the opening on. */
	readonly owedOn: Day | null;
	/** Filed though not owed. */
	readonly voluntary: boolean;
	/** Of the current version, as it was frozen; null while the office cannot see one. */
	readonly warnings: number | null;
	/** Criteria on audited years, as kept of the current version; null while there is none to see. */
	readonly verdict: KeptVerdict | null;
}

export interface ListedColumns {
	id: string;
	enterprise_id: string;
	enterprise_name: string;
	/** Of the enterprise, left-joined: another channel's, after a move, is not to be seen. */
	name_now: string | null;
	former_names: string | null;
	credit_code: string;
	category: string;
	cohort_year: number;
	state: string;
	court: string;
	current_version: number;
	extension_on: string | null;
	owed_on: string | null;
	voluntary: boolean;
	warnings: number | null;
	unmet: string[] | null;
	unknown: string[] | null;
	outlook_unmet: string[] | null;
}

export function listedReportOf(row: ListedColumns): ListedReport {
	return {
		id: row.id,
		enterpriseId: row.enterprise_id,
		enterpriseName: row.enterprise_name,
		otherNames: otherNames(row.enterprise_name, row.name_now, row.former_names),
		creditCode: row.credit_code,
		category: row.category as Category,
		cohortYear: row.cohort_year,
		state: row.state as ReportState,
		court: row.court as Court,
		version: row.current_version,
		extensionOn: row.extension_on as Day | null,
		owedOn: row.owed_on as Day | null,
		voluntary: row.voluntary,
		warnings: row.warnings,
		verdict: keptVerdictIn(row)
	};
}

/** The columns of version_verdict, left-joined: all three or none. */
export function keptVerdictIn(row: Pick<ListedColumns, 'unmet' | 'unknown' | 'outlook_unmet'>): KeptVerdict | null {
	if (row.unmet === null || row.unknown === null || row.outlook_unmet === null) return null;
	return { unmet: row.unmet as CriterionId[], unknown: row.unknown as CriterionId[], outlookUnmet: row.outlook_unmet as CriterionId[] };
}
