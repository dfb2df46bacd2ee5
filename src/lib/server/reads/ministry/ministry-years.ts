import type { Day } from '#lib/domain/day.ts';
import type { Ministry } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadPolicyInForce } from '#lib/server/store/report/policy.ts';
import { isExpected, isExtended, isUndelivered } from '#lib/server/store/report/clauses.ts';
import { ministryYears } from './ministry-year.ts';

export interface MinistryYear extends ReportingYear {
	/** Who has agreed to close it. */
	readonly agreements: readonly { readonly ministry: Ministry; readonly personName: string; readonly agreedAt: Date }[];
	readonly owed: number;
	/** What its close makes of the reports, or has made: never forwarded and with the enterprise, of these submitted once, or with the channel. */
	readonly unfiled: number;
	readonly unfiledSubmitted: number;
	readonly undelivered: number;
	/** Forwarded, and settled by the close: receipts that each ministry lacks, corrections that a ministry asked for and that are not back. */
	readonly toReceive: Readonly<Record<Ministry, number>>;
	readonly corrections: number;
	readonly forwarded: number;
	readonly received: number;
	/** Counted apart, and never among the late ones. */
	readonly excused: number;
	/** Said to be unable to file; no ministry has confirmed it. */
	readonly excusePending: number;
	readonly extended: number;
	/** Requests nobody has decided: the year cannot be closed before. */
	readonly openRequests: number;
}

export interface MinistryYears {
	readonly years: readonly MinistryYear[];
	readonly policies: readonly string[];
	/** By which the next year is proposed. */
	readonly inForce: Policy;
	/** Active designations, by the year they were announced in. */
	readonly announced: readonly { readonly year: number; readonly count: number }[];
}

/** Powers /ministry/years. Six queries. */
export function ministryYearsPage(actor: Actor, today: Day): Promise<MinistryYears> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const years = await ministryYears(db);
			const agreements = await sql<
				{ year: number; ministry: string; person_name: string; agreed_at: Date }[]
			>`select year, ministry, person_name, agreed_at from reporting_year_closing order by agreed_at`;
			// As if every year were closed now: of a closed one it is what it was closed with.
			const unfiled = isUndelivered(db, 'not_filed', 'now');
			const undelivered = isUndelivered(db, 'not_delivered', 'now');
			const counts = await sql<
				{
					year: number;
					owed: number;
					unfiled: number;
					unfiled_submitted: number;
					undelivered: number;
					to_mofcom: number;
					to_miit: number;
					corrections: number;
					forwarded: number;
					received: number;
					excused: number;
					excuse_pending: number;
					extended: number;
					open_requests: number | null;
				}[]
			>`
				select r.year, count(*) filter (where ${isExpected(db)})::int as owed,
					count(*) filter (where ${isExpected(db)} and ${unfiled})::int as unfiled,
					count(*) filter (where ${isExpected(db)} and ${unfiled} and r.first_submitted_at is not null)::int as unfiled_submitted,
					count(*) filter (where ${isExpected(db)} and ${undelivered})::int as undelivered,
					count(*) filter (where r.state = 'forwarded' and r.mofcom_received_version is distinct from r.current_version)::int as to_mofcom,
					count(*) filter (where r.state = 'forwarded' and r.miit_received_version is distinct from r.current_version)::int as to_miit,
					count(*) filter (where r.first_forwarded_at is not null and r.state in ('returned', 'submitted'))::int as corrections,
					count(*) filter (where r.first_forwarded_at is not null)::int as forwarded, count(*) filter (where r.state = 'received')::int as received,
					count(*) filter (where r.state = 'excused')::int as excused, count(*) filter (where r.excuse_pending)::int as excuse_pending,
					count(*) filter (where ${isExtended(db, null)})::int as extended,
					(select count(*)::int from extension_request x join annual_report q on q.id = x.report_id where q.year = r.year and x.withdrawn_at is null
						and x.decided_at is null) as open_requests
				from annual_report r join reporting_year y on y.year = r.year where ${within.report} group by r.year`;
			const policies = await sql<{ version: string }[]>`select version from policy order by valid_from_on desc, version desc`;
			const designations = await sql<
				{ year: number | null; count: number }[]
			>`select extract(year from d.announced_on)::int as year, count(*)::int as count from designation d where d.status = 'active' group by 1 order by 1`;
			return {
				years: years.map((year) => {
					const count = counts.find((one) => one.year === year.year);
					return {
						...year,
						agreements: agreements
							.filter((one) => one.year === year.year)
							.map((one) => ({ ministry: one.ministry as Ministry, personName: one.person_name, agreedAt: one.agreed_at })),
						owed: count?.owed ?? 0,
						unfiled: count?.unfiled ?? 0,
						unfiledSubmitted: count?.unfiled_submitted ?? 0,
						undelivered: count?.undelivered ?? 0,
						toReceive: { mofcom: count?.to_mofcom ?? 0, miit: count?.to_miit ?? 0 },
						corrections: count?.corrections ?? 0,
						forwarded: count?.forwarded ?? 0,
						received: count?.received ?? 0,
						excused: count?.excused ?? 0,
						excusePending: count?.excuse_pending ?? 0,
						extended: count?.extended ?? 0,
						openRequests: count?.open_requests ?? 0
					};
				}),
				policies: policies.map(({ version }) => version),
				inForce: await loadPolicyInForce(db, today),
				announced: designations.map((row) => ({ year: row.year ?? 0, count: row.count }))
			};
		},
		{ readOnly: true }
	);
}
