import { maskContact } from '#lib/domain/contact-mask.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import type { Day } from '#lib/domain/day.ts';
import { figureMatrix, figureYearsOf, type MatrixRow } from '#lib/domain/check/figure-matrix.ts';
import type { Category, ChannelKind, DesignationStatus } from '#lib/domain/parties.ts';
import type { Answers } from '#lib/domain/form/answer-key.ts';
import { criterionYears, type CriterionYears } from '#lib/domain/trend/criterion-years.ts';
import { ownPlaces, type OwnPlace } from '#lib/domain/trend/own-place.ts';
import { NO_FILTER } from '#lib/domain/trend/trend-filter.ts';
import { metricsOf } from '#lib/domain/trend/trend-metric.ts';
import type { ReportContent } from '#lib/domain/form/report-content.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { loadFigures } from '#lib/server/store/report/annual-figure.ts';
import { loadPolicies, policyIn } from '#lib/server/store/report/policy.ts';
import { ministryReportRowsOfEnterprise, type MinistryReportRow } from './ministry-report-rows.ts';
import { keptRule, loadKeptTallies } from '#lib/server/store/trend/kept-cells.ts';
import { policyByYear } from '#lib/server/store/trend/policy-by-year.ts';
import { loadTallies, tallyKey, type Tallies } from '#lib/server/store/trend/tallies.ts';
import type { ChannelChoice } from '#lib/server/reads/office/channel-choices.ts';
import { enterpriseMatters, type EnterpriseMatters } from './ministry-enterprise-matters.ts';

export interface MinistryEnterprise {
	readonly id: string;
	readonly rowVersion: number;
	readonly name: string;
	readonly creditCode: string;
	readonly channel: { readonly id: string; readonly kind: ChannelKind; readonly name: string };
	readonly profile: {
		readonly address: string | null;
		readonly postcode: string | null;
		readonly legalRepresentative: string | null;
		readonly ownership: string | null;
	};
	/** Masked. */
	readonly contacts: readonly { readonly place: number; readonly name: string; readonly phone: string | null; readonly email: string | null }[];
	readonly events: readonly {
		readonly id: string;
		readonly kind: string;
		readonly on: Day;
		readonly note: string | null;
		readonly before: Readonly<Record<string, unknown>>;
		readonly after: Readonly<Record<string, unknown>>;
		readonly recordedBy: string;
		readonly recordedAt: Date;
	}[];
	readonly designations: readonly (DesignationFacts & {
		readonly reports: readonly (MinistryReportRow & { readonly year: number })[];
		/** Of what came through the channel; the years are the columns, oldest first. */
		readonly figureYears: readonly number[];
		readonly figures: readonly MatrixRow[];
		/** The audited years, oldest first, that `criteria` speak of. */
		readonly auditedYears: readonly number[];
		readonly criteria: readonly CriterionYears[];
		readonly places: readonly OwnPlace[];
		/** What the enterprise explained, by report year, newest first. */
		readonly explanations: readonly { readonly year: number; readonly reportId: string; readonly explained: ReportContent['explained'] }[];
	})[];
	readonly matters: Omit<EnterpriseMatters, 'channels' | 'years'>;
	/** When the figures of the category were kept; null where they were computed for this page. */
	readonly keptAt: Date | null;
}

interface DesignationFacts {
	readonly id: string;
	readonly category: Category;
	readonly cohortYear: number;
	readonly announcedOn: Day;
	readonly announcementNo: string;
	readonly status: DesignationStatus;
	readonly endedOn: Day | null;
}

/**
 * Powers /ministry/enterprises/[id]: one enterprise from its designation to now. With the channels it can move between. Undefined when there is none. Eight
 * queries at most, whatever the number of rows.
 */
export function ministryEnterprise(
	actor: Actor,
	enterpriseId: string,
	now: Date
): Promise<{ readonly enterprise: MinistryEnterprise; readonly channels: readonly ChannelChoice[] } | undefined> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const clause = sql;
			const [[head], reports, figures, rows, { channels, years, ...matters }] = await Promise.all([
				sql<
					{
						id: string;
						row_version: number;
						name: string;
						credit_code: string;
						channel_id: string;
						channel_kind: string;
						channel_name: string;
						address: string | null;
						postcode: string | null;
						legal_representative: string | null;
						ownership: string | null;
						contacts: string | null;
						events: string | null;
						designations: string | null;
					}[]
				>`
					select e.id, e.row_version, e.name, e.credit_code, c.id as channel_id, c.kind as channel_kind, c.name_zh
						as channel_name, p.address, p.postcode, p.legal_representative, p.ownership,
						(select jsonb_agg(jsonb_build_object('place', k.place, 'name', k.name, 'phone', k.phone, 'email', k.email) order by k.place)
							from enterprise_contact k where k.enterprise_id = e.id)::text as contacts,
						(select jsonb_agg(jsonb_build_object('id', v.id::text, 'kind', v.kind, 'on', v.effective_on, 'note', v.note, 'before', v.before, 'after', v.after,
							'recordedBy', coalesce((select q.name from person q where q.id = v.recorded_by), v.recorded_by), 'recordedAt', v.recorded_at)
							order by v.effective_on desc, v.id desc) from enterprise_event v where v.enterprise_id = e.id)::text as events,
						(select jsonb_agg(jsonb_build_object('id', d.id::text, 'category', d.category, 'cohortYear', d.cohort_year, 'announcedOn', d.announced_on,
							'announcementNo', d.announcement_no, 'status', d.status, 'endedOn', d.ended_on) order by d.category desc)
							from designation d where d.enterprise_id = e.id)::text as designations
					from enterprise e join channel c on c.id = e.channel_id left join enterprise_profile p on p.enterprise_id = e.id
					where e.id = ${enterpriseId}::bigint and ${within.enterprise}`,
				// Of each report the last version that was forwarded: one being corrected is still what the ministries know.
				sql<
					{
						id: string;
						designation_id: string;
						year: number;
						form_version: string;
						policy_version: string;
						version_no: number | null;
						explained: string | null;
						declared: string | null;
					}[]
				>`
					select r.id, r.designation_id, r.year, y.form_version, y.policy_version, v.no as version_no, (v.content::jsonb -> 'explained')::text as explained,
						jsonb_strip_nulls(jsonb_build_object('export_app_registered', v.content::jsonb -> 'answers' -> 'export_app_registered', 'export_app_filing',
							v.content::jsonb -> 'answers' -> 'export_app_filing'))::text as declared
					from annual_report r
					join reporting_year y on y.year = r.year
					left join lateral (select x.no, x.content from annual_report_version x where x.report_id = r.id and x.forwarded_at is not null order by x.no desc
						limit 1) v on true
					where r.enterprise_id = ${enterpriseId}::bigint and ${within.report}
					order by r.year desc, r.id`,
				loadFigures(db, clause`r.enterprise_id = ${enterpriseId}::bigint and ${within.report}`, 'forwarded'),
				ministryReportRowsOfEnterprise(db, enterpriseId, now),
				enterpriseMatters(db, enterpriseId)
			]);
			if (!head) return undefined;
			const policies = await loadPolicies(
				db,
				years.map(({ policyVersion }) => policyVersion)
			);
			const policyOf = policyByYear(years, policies);
			const designations = JSON.parse(head.designations ?? '[]') as DesignationFacts[];
			const figureYears = [...new Set([...figures.values()].flatMap(figureYearsOf))].sort((a, b) => a - b);
			const { tallies, keptAt } = await categoryTallies(db, designations, figureYears, years, policyOf);
			const enterprise: MinistryEnterprise = {
				id: head.id,
				rowVersion: head.row_version,
				name: head.name,
				creditCode: head.credit_code,
				channel: { id: head.channel_id, kind: head.channel_kind as ChannelKind, name: head.channel_name },
				profile: { address: head.address, postcode: head.postcode, legalRepresentative: head.legal_representative, ownership: head.ownership },
				contacts: (JSON.parse(head.contacts ?? '[]') as MinistryEnterprise['contacts'][number][]).map(maskContact),
				events: (JSON.parse(head.events ?? '[]') as (Omit<MinistryEnterprise['events'][number], 'recordedAt'> & { recordedAt: string })[]).map((event) => ({
					...event,
					recordedAt: new Date(event.recordedAt)
				})),
				matters,
				keptAt,
				designations: designations.map((designation) => {
					const own = reports.filter((report) => report.designation_id === designation.id);
					const history = figures.get(designation.id) ?? [];
					const [latest] = own;
					const auditedYears = yearsBetween(history.filter(({ basis }) => basis === 'final').map(({ forYear }) => forYear));
					const declared = new Map(own.map((report) => [report.year, JSON.parse(report.declared ?? '{}') as Answers]));
					return {
						...designation,
						reports: own.flatMap(({ id, year }) => {
							const row = rows.get(id);
							return row ? [{ ...row, year }] : [];
						}),
						figureYears: figureYearsOf(history),
						figures: latest ? figureMatrix(formFor(latest.form_version, designation.category), policyIn(policies, latest.policy_version), history) : [],
						auditedYears,
						criteria: latest ? criterionYears({ category: designation.category, known: history, declared }, auditedYears, policyOf) : [],
						places: ownPlaces(
							designation.category,
							history,
							auditedYears,
							(metric, year) => tallies.get(tallyKey(designation.category, metric.id, year, 'final')) ?? null,
							policyOf
						),
						explanations: own.flatMap(({ id, year, explained }) => {
							const list = JSON.parse(explained ?? '[]') as ReportContent['explained'];
							return list.length > 0 ? [{ year, reportId: id, explained: list }] : [];
						})
					};
				})
			};
			return { enterprise, channels };
		},
		{ readOnly: true }
	);
}

/** The statistics of the categories it is designated in: as they are kept, else computed now. */
async function categoryTallies(
	db: ActorDb,
	designations: readonly Pick<DesignationFacts, 'category'>[],
	figureYears: readonly number[],
	years: EnterpriseMatters['years'],
	policyOf: (year: number) => Policy
): Promise<{ readonly tallies: Tallies; readonly keptAt: Date | null }> {
	const [from, to] = [figureYears[0], figureYears.at(-1)];
	if (from === undefined || to === undefined) return { tallies: new Map(), keptAt: null };
	const asked = Object.fromEntries(designations.map(({ category }) => [category, metricsOf(category)]));
	const kept = await loadKeptTallies(db, NO_FILTER, asked, { from, to }, keptRule(years));
	if (kept !== null) return kept;
	return { tallies: await loadTallies(db, { cohorts: [], channels: null, standing: null, asOf: null }, asked, { from, to }, policyOf), keptAt: null };
}

/** Every year from the first to the last: one of which nothing is known keeps its place. */
function yearsBetween(years: readonly number[]): readonly number[] {
	if (years.length === 0) return [];
	const first = Math.min(...years);
	return Array.from({ length: Math.max(...years) - first + 1 }, (_, index) => first + index);
}
