import type { Day } from '#lib/domain/day.ts';
import type { ChannelKind, Ministry } from '#lib/domain/parties.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { now } from '#lib/server/clock.ts';
import { asActor } from '#lib/server/db/door.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

/** How far one channel is with a year; the riskiest stand first. */
export interface ChannelProgress {
	readonly channelId: string;
	readonly kind: ChannelKind;
	readonly name: string;
	readonly owed: number;
	readonly withEnterprise: number;
	readonly withDepartments: number;
	readonly approved: number;
	/** Since when the oldest of them is approved and not forwarded. */
	readonly approvedSinceOn: Day | null;
	readonly forwarded: number;
}

export interface MinistryHome {
	readonly year: ReportingYear | null;
	readonly total: {
		readonly owed: number;
		readonly started: number;
		readonly submitted: number;
		readonly forwarded: number;
		readonly received: number;
		readonly excused: number;
	};
	/** Forwarded and not yet received, by this ministry and by the other. */
	readonly toReceive: { readonly mine: number; readonly theirs: number };
	/** Where "unable to file" waits for a ministry to confirm it, by year. */
	readonly excusesWaiting: readonly { readonly year: number; readonly count: number }[];
	/** What enterprises ask for: taken up by nobody, and with this ministry unanswered. */
	readonly needs: { readonly open: number; readonly mine: number };
	/** Answers about figures that neither ministry has accepted. */
	readonly followUps: number;
	/** Requests for more time that this ministry, or the other, has not decided. */
	readonly extensions: { readonly mine: number; readonly theirs: number };
	readonly channels: readonly ChannelProgress[];
	/** Years where the other ministry has agreed to close and this one has not. */
	readonly closingAsked: readonly { readonly year: number; readonly ministry: Ministry; readonly personName: string }[];
	/** Other dates for a year that the other ministry proposes and this one has not confirmed. */
	readonly amendmentsAsked: MinistryHome['closingAsked'];
	/** Years where the other ministry has agreed to what the announcement dates change. */
	readonly dutiesAsked: MinistryHome['closingAsked'];
	/** Lists that were tried and not applied, newest first. */
	readonly importsOpen: readonly { readonly id: string; readonly fileName: string; readonly plannedAt: Date; readonly plannedBy: string }[];
}

/** Powers /ministry/home. Six queries; what stands where is read off the kept counts, so that no report is looked at. */
export function ministryHome(actor: Actor): Promise<MinistryHome> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const year = yearShown(await ministryYears(db), null, now());
			const standing =
				year === null
					? []
					: await sql<
							{
								channel_id: string;
								kind: string;
								name: string;
								owed: number;
								excused: number;
								started: number;
								with_enterprise: number;
								with_departments: number;
								approved: number;
								approved_since: string | null;
								received: number;
								mofcom: number;
								miit: number;
							}[]
						>`
						select t.channel_id, c.kind, c.short_zh as name,
							coalesce(sum(t.n) filter (where t.state not in ('excused', 'not_owed') and not t.voluntary), 0)::int as owed,
							coalesce(sum(t.n) filter (where t.state = 'excused'), 0)::int as excused,
							coalesce(sum(t.n) filter (where t.state not in ('not_started', 'not_filed', 'excused', 'not_owed') and not t.voluntary), 0)::int as started,
							coalesce(sum(t.n) filter (where t.court = 'enterprise'), 0)::int as with_enterprise,
							coalesce(sum(t.n) filter (where t.court in ('departments', 'commerce', 'industry', 'group')), 0)::int as with_departments,
							coalesce(sum(t.n) filter (where t.court = 'channel'), 0)::int as approved,
							min(t.since_on) filter (where t.court = 'channel') as approved_since,
							coalesce(sum(t.n) filter (where t.state = 'received'), 0)::int as received,
							coalesce(sum(t.n) filter (where t.awaits in ('both', 'mofcom')), 0)::int as mofcom,
							coalesce(sum(t.n) filter (where t.awaits in ('both', 'miit')), 0)::int as miit
						from (
							select r.channel_id, r.state, r.voluntary, r.court, r.since_on, r.awaits, sum(r.n) as n
							from report_tally r where r.year = ${year.year} and ${within.report}
							group by r.channel_id, r.state, r.voluntary, r.court, r.since_on, r.awaits having sum(r.n) <> 0
						) t
						join channel c on c.id = t.channel_id
						group by t.channel_id, c.kind, c.short_zh`;
			const came =
				year === null
					? []
					: await sql<{ channel_id: string; submitted: number; forwarded: number }[]>`
						select r.channel_id, coalesce(sum(r.n) filter (where r.kind = 'submitted'), 0)::int as submitted, coalesce(sum(r.n)
							filter (where r.kind = 'forwarded'), 0)::int as forwarded
						from report_flow r where r.year = ${year.year} and ${within.report} group by r.channel_id`;
			const asked = await sql<{ year: number; ministry: string | null; person_name: string | null; matter: string | null }[]>`
				select k.year, k.ministry, k.person_name, k.matter from (
					select c.year, c.ministry, c.person_name, 'closing'::text as matter from reporting_year_closing c
					union all select s.year, s.ministry, s.person_name, 'duties'::text from duty_settlement s where s.applied_at is null and s.withdrawn_at is null
					union all select a.year, a.ministry, a.person_name, 'dates'::text from reporting_year_amendment a
						where a.confirmed_at is null and a.withdrawn_at is null
				) k join reporting_year y on y.year = k.year where y.closed_at is null and k.ministry <> ${actor.orgKind} order by k.year`;
			const ofOther = (matter: string): MinistryHome['closingAsked'] =>
				asked.filter((row) => row.matter === matter).map((row) => ({ year: row.year, ministry: row.ministry as Ministry, personName: row.person_name ?? '' }));
			const imports = await sql<{ id: string; file_name: string; planned_at: Date; planned_by: string }[]>`
				select i.id, i.file_name, i.planned_at, coalesce((select q.name from person q where q.id = i.planned_by), i.planned_by) as planned_by
					from cohort_import i
				where i.applied_at is null and coalesce((i.counts->>'usable')::boolean, (i.counts->>'refused')::int = 0)
					and i.id > coalesce((select max(x.id) from cohort_import x where x.applied_at is not null), 0) order by i.id desc limit 5`;
			const [extensions] = await sql<
				{
					mine: number;
					theirs: number;
					excuses: { year: number; count: number | null }[] | null;
					needs_open: number | null;
					needs_mine: number | null;
					follow_ups: number | null;
				}[]
			>`
				select count(*) filter (where not exists (select from extension_decision d where d.request_id = x.id and d.ministry = ${actor.orgKind}))::int as mine,
					count(*) filter (where not exists (select from extension_decision d where d.request_id = x.id and d.ministry <> ${actor.orgKind}))::int as theirs,
					(select jsonb_agg(jsonb_build_object('year', e.year, 'count', e.n) order by e.year)
						from (select r.year, sum(r.n)::int as n from report_tally r where r.excuse_pending and ${within.report}
							group by r.year having sum(r.n) <> 0) e) as excuses,
					(select count(*)::int from report_need r where r.state = 'open' and ${within.report}) as needs_open,
					(select count(*)::int from report_need r where r.office = ${actor.orgKind} and r.state in ('taken_up', 'passed_on')
						and ${within.report}) as needs_mine,
					(select count(*)::int from follow_up r where r.state = 'answered' and ${within.report}) as follow_ups
				from extension_request x where x.withdrawn_at is null and x.decided_at is null`;
			const rows = standing.map((row) => ({ ...row, ...(came.find(({ channel_id }) => channel_id === row.channel_id) ?? { submitted: 0, forwarded: 0 }) }));
			const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + pick(row), 0);
			const [mofcom, miit] = [sum((row) => row.mofcom), sum((row) => row.miit)];
			return {
				year,
				total: {
					owed: sum((row) => row.owed),
					started: sum((row) => row.started),
					submitted: sum((row) => row.submitted),
					forwarded: sum((row) => row.forwarded),
					received: sum((row) => row.received),
					excused: sum((row) => row.excused)
				},
				toReceive: actor.orgKind === 'mofcom' ? { mine: mofcom, theirs: miit } : { mine: miit, theirs: mofcom },
				excusesWaiting: (extensions?.excuses ?? []).map(({ year: of, count }) => ({ year: of, count: count ?? 0 })),
				needs: { open: extensions?.needs_open ?? 0, mine: extensions?.needs_mine ?? 0 },
				followUps: extensions?.follow_ups ?? 0,
				extensions: { mine: extensions?.mine ?? 0, theirs: extensions?.theirs ?? 0 },
				channels: rows
					.map((row) => ({
						channelId: row.channel_id,
						kind: row.kind as ChannelKind,
						name: row.name,
						owed: row.owed,
						withEnterprise: row.with_enterprise,
						withDepartments: row.with_departments,
						approved: row.approved,
						approvedSinceOn: row.approved_since as Day | null,
						forwarded: row.forwarded
					}))
					.filter((row) => row.forwarded < row.owed)
					.sort((a, b) => b.owed - b.forwarded - (a.owed - a.forwarded) || (a.channelId < b.channelId ? -1 : 1)),
				closingAsked: ofOther('closing'),
				amendmentsAsked: ofOther('dates'),
				dutiesAsked: ofOther('duties'),
				importsOpen: imports.map((row) => ({ id: row.id, fileName: row.file_name, plannedAt: row.planned_at, plannedBy: row.planned_by }))
			};
		},
		{ readOnly: true, isolation: 'repeatable read' }
	);
}
