import { maskContact } from '#lib/domain/contact-mask.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';
import { figureMatrix, figureYearsOf, type MatrixRow } from '#lib/domain/check/figure-matrix.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import type { Category, DesignationStatus } from '#lib/domain/parties.ts';
import { besideBenchmarks, type BenchmarkYear } from '#lib/domain/trend/beside-benchmark.ts';
import { yearOutcome, type YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadFigures } from '#lib/server/store/report/annual-figure.ts';
import { loadPolicies, policyIn } from '#lib/server/store/report/policy.ts';
import { loadBenchmarks } from '#lib/server/store/trend/benchmarks.ts';

export interface ChannelEnterprise {
	readonly id: string;
	readonly name: string;
	readonly creditCode: string;
	readonly profile: {
		readonly address: string | null;
		readonly postcode: string | null;
		readonly legalRepresentative: string | null;
		readonly ownership: string | null;
	};
	/** Masked. */
	readonly contacts: readonly { readonly name: string; readonly phone: string | null; readonly email: string | null; readonly updatedAt: Date }[];
	readonly events: readonly {
		readonly id: string;
		readonly kind: string;
		readonly on: Day;
		readonly note: string | null;
		readonly before: unknown;
		readonly after: unknown;
	}[];
	readonly designations: readonly {
		readonly id: string;
		readonly category: Category;
		readonly cohortYear: number;
		readonly announcedOn: Day;
		readonly announcementNo: string;
		readonly status: DesignationStatus;
		readonly endedOn: Day | null;
		readonly reports: readonly {
			readonly id: string;
			readonly year: number;
			readonly state: ReportState;
			readonly court: Court;
			readonly outcome: YearOutcome;
		}[];
		/** Oldest first: the columns of the matrix. */
		readonly figureYears: readonly number[];
		readonly rows: readonly MatrixRow[];
		/** Its figures beside what the channel may see of the cohort. */
		readonly benchmarks: readonly BenchmarkYear[];
	}[];
}

/** Powers /channel/enterprises/[id]. Undefined for a stranger's. Six queries. */
export function channelEnterprise(actor: Actor, enterpriseId: string, now: Date): Promise<ChannelEnterprise | undefined> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const clause = sql;
			const [head] = await sql<
				{
					id: string;
					name: string;
					credit_code: string;
					address: string | null;
					postcode: string | null;
					legal_representative: string | null;
					ownership: string | null;
				}[]
			>`
				select e.id, e.name, e.credit_code, p.address, p.postcode, p.legal_representative, p.ownership
				from enterprise e left join enterprise_profile p on p.enterprise_id = e.id
				where e.id = ${enterpriseId}::bigint and ${within.enterprise}`;
			if (!head) return undefined;
			const contacts = await sql<{ name: string; phone: string | null; email: string | null; updated_at: Date }[]>`
				select name, phone, email, updated_at from enterprise_contact where enterprise_id = ${head.id}::bigint order by place`;
			const events = await sql<{ id: string; kind: string; effective_on: string; note: string | null; before: unknown; after: unknown }[]>`
				select id, kind, effective_on, note, before, after from enterprise_event where enterprise_id = ${head.id}::bigint order by effective_on desc, id desc`;
			const designations = await sql<
				{
					id: string;
					category: string;
					cohort_year: number;
					announced_on: string;
					announcement_no: string;
					status: string;
					ended_on: string | null;
					report_id: string | null;
					year: number | null;
					state: string | null;
					court: string | null;
					ministry_due_on: string | null;
					form_version: string | null;
					policy_version: string | null;
					extension_on: string | null;
					owed_on: string | null;
					voluntary: boolean | null;
					first_forwarded_at: Date | null;
					excuse_pending: boolean | null;
					closed_at: Date | null;
				}[]
			>`
				select d.id, d.category, d.cohort_year, d.announced_on, d.announcement_no, d.status, d.ended_on,
					(select r.id) as report_id, (select r.year) as year, (select r.state) as state, (select r.court) as court, (select y.ministry_due_on)
						as ministry_due_on, (select y.form_version) as form_version, (select y.policy_version) as policy_version,
						r.extension_on, r.owed_on, (select r.voluntary) as voluntary, r.first_forwarded_at, r.excuse_pending, r.closed_at
				from designation d
				left join annual_report r on r.designation_id = d.id and ${within.report}
				left join reporting_year y on y.year = r.year
				where d.enterprise_id = ${head.id}::bigint
				order by d.category desc, r.year desc`;
			const figures = await loadFigures(db, clause`r.enterprise_id = ${head.id}::bigint and ${within.report}`, 'filed');
			const benchmarks = await loadBenchmarks(db, [...new Set(designations.map(({ category }) => category as Category))]);
			const policies = await loadPolicies(
				db,
				designations.flatMap((row) => row.policy_version ?? [])
			);
			return {
				id: head.id,
				name: head.name,
				creditCode: head.credit_code,
				profile: { address: head.address, postcode: head.postcode, legalRepresentative: head.legal_representative, ownership: head.ownership },
				contacts: contacts.map((row) => maskContact({ name: row.name, phone: row.phone, email: row.email, updatedAt: row.updated_at })),
				events: events.map((row) => ({ id: row.id, kind: row.kind, on: row.effective_on as Day, note: row.note, before: row.before, after: row.after })),
				designations: [...Map.groupBy(designations, (row) => row.id).values()].flatMap((rows) => {
					const [row] = rows;
					if (!row) return [];
					const category = row.category as Category;
					const history = figures.get(row.id) ?? [];
					const policy = row.policy_version === null ? null : policyIn(policies, row.policy_version);
					const form = row.form_version === null ? null : formFor(row.form_version, category);
					return [
						{
							id: row.id,
							category,
							cohortYear: row.cohort_year,
							announcedOn: row.announced_on as Day,
							announcementNo: row.announcement_no,
							status: row.status as DesignationStatus,
							endedOn: row.ended_on as Day | null,
							reports: rows.flatMap((one) =>
								one.report_id === null || one.year === null
									? []
									: [
											{
												id: one.report_id,
												year: one.year,
												state: one.state as ReportState,
												court: one.court as Court,
												outcome: yearOutcome(
													{
														state: one.state as ReportState,
														extensionOn: one.extension_on as Day | null,
														owedOn: one.owed_on as Day | null,
														voluntary: one.voluntary === true,
														firstForwardedAt: one.first_forwarded_at,
														excusePending: one.excuse_pending === true,
														closedAt: one.closed_at,
														year: { ministryDueOn: one.ministry_due_on as Day }
													},
													now
												)
											}
										]
							),
							figureYears: figureYearsOf(history),
							rows: policy === null || form === null ? [] : figureMatrix(form, policy, history),
							benchmarks: policy === null ? [] : besideBenchmarks(category, history, benchmarks, policy)
						}
					];
				})
			};
		},
		{ readOnly: true }
	);
}
