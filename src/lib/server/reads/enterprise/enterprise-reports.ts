import { formFor } from '#lib/domain/form/annual-report-form.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';
import { figureMatrix, figureYearsOf, type MatrixRow } from '#lib/domain/check/figure-matrix.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import { besideBenchmarks, type BenchmarkYear } from '#lib/domain/trend/beside-benchmark.ts';
import { yearOutcome, type YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { Category } from '#lib/domain/parties.ts';
import { reportPath } from '#lib/forms/report-address.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadFigures } from '#lib/server/store/report/annual-figure.ts';
import { loadOwnDutyNotes, type NotedYear } from '#lib/server/store/report/duty-notes.ts';
import { loadPolicies, policyIn } from '#lib/server/store/report/policy.ts';
import { loadBenchmarks } from '#lib/server/store/trend/benchmarks.ts';

export interface YearEntry {
	readonly year: number;
	readonly path: string;
	readonly state: ReportState;
	readonly court: Court;
	readonly outcome: YearOutcome;
	readonly currentVersion: number;
	readonly submittedAt: Date | null;
	readonly forwardedAt: Date | null;
	readonly receivedAt: Date | null;
	readonly dueOn: Day;
}

export interface DesignationHistory {
	readonly category: Category;
	readonly cohortYear: number;
	readonly years: readonly YearEntry[];
	/** What closed years are said to be beside the announcement date, those without a report too. */
	readonly notes: readonly Pick<NotedYear, 'year' | 'note'>[];
	/** Oldest first: the columns of the matrix. */
	readonly figureYears: readonly number[];
	readonly rows: readonly MatrixRow[];
	/** Its own figures beside what it may see of the cohort. */
	readonly benchmarks: readonly BenchmarkYear[];
}

/** Powers /enterprise/reports: every year of every designation, years × metrics, and the benchmarks beside them. */
export function readEnterpriseReports(actor: Actor, now: Date): Promise<readonly DesignationHistory[]> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const reports = await sql<
				{
					id: string;
					designation_id: string;
					year: number;
					category: string;
					cohort_year: number;
					state: string;
					court: string;
					current_version: number;
					submitted_at: Date | null;
					first_forwarded_at: Date | null;
					excuse_pending: boolean;
					closed_at: Date | null;
					received_at: Date | null;
					extension_on: string | null;
					owed_on: string | null;
					voluntary: boolean;
					ministry_due_on: string;
					form_version: string;
					policy_version: string;
				}[]
			>`
				select r.id, r.designation_id, r.year, r.category, r.cohort_year, r.state, r.court, r.current_version, r.submitted_at, r.first_forwarded_at,
					r.received_at, r.excuse_pending, r.closed_at,
					r.extension_on, r.owed_on, r.voluntary, y.ministry_due_on, y.form_version, y.policy_version
				from annual_report r join reporting_year y on y.year = r.year where ${within.report} order by r.category desc, r.year desc`;
			const notes = await loadOwnDutyNotes(db);
			const figures = await loadFigures(db, within.report, 'filed');
			const policies = await loadPolicies(
				db,
				reports.map((report) => report.policy_version)
			);
			const benchmarks = await loadBenchmarks(db, [...new Set(reports.map(({ category }) => category as Category))]);
			return [...Map.groupBy(reports, (report) => report.designation_id)].flatMap(([designationId, own]) => {
				const [latest] = own;
				if (!latest) return [];
				const category = latest.category as Category;
				const history = figures.get(designationId) ?? [];
				return [
					{
						category,
						cohortYear: latest.cohort_year,
						years: own.map((row) => {
							const alone = reports.filter((other) => other.year === row.year).length === 1;
							const facts = {
								state: row.state as ReportState,
								extensionOn: row.extension_on as Day | null,
								owedOn: row.owed_on as Day | null,
								voluntary: row.voluntary,
								firstForwardedAt: row.first_forwarded_at,
								excusePending: row.excuse_pending,
								closedAt: row.closed_at,
								year: { ministryDueOn: row.ministry_due_on as Day }
							};
							return {
								year: row.year,
								path: reportPath({ year: row.year, category, alone }),
								state: facts.state,
								court: row.court as Court,
								outcome: yearOutcome(facts, now),
								currentVersion: row.current_version,
								submittedAt: row.submitted_at,
								forwardedAt: row.first_forwarded_at,
								receivedAt: row.received_at,
								dueOn: effectiveDueOn(facts.year, facts.extensionOn, facts.owedOn)
							};
						}),
						notes: notes.filter((one) => one.designationId === designationId),
						figureYears: figureYearsOf(history),
						rows: figureMatrix(formFor(latest.form_version, category), policyIn(policies, latest.policy_version), history),
						benchmarks: besideBenchmarks(category, history, benchmarks, policyIn(policies, latest.policy_version))
					}
				];
			});
		},
		{ readOnly: true }
	);
}
