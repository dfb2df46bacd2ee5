import type { ChannelKind, Ministry } from '#lib/domain/parties.ts';
import type { ReportingYear } from '#lib/domain/reporting-year.ts';
import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { asActor } from '../db.ts';
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
	readonly forwarded: number;
}

export interface MinistryHome {
	readonly year: ReportingYear | null;
	readonly total: { readonly owed: number; readonly started: number; readonly submitted: number; readonly forwarded: number; readonly received: number; readonly excused: number };
	/** Forwarded and not yet received, by this ministry and by the other. */
	readonly toReceive: { readonly mine: number; readonly theirs: number };
	readonly channels: readonly ChannelProgress[];
	/** Years where the other ministry has agreed to close and this one has not. */
	readonly closingAsked: readonly { readonly year: number; readonly ministry: Ministry; readonly personName: string }[];
	/** Lists that were tried and not applied, newest first. */
	readonly importsOpen: readonly { readonly id: string; readonly fileName: string; readonly plannedAt: Date; readonly plannedBy: string }[];
}

/** Powers /ministry/home. Four queries; the counts are one pass over the year. */
export function ministryHome(actor: Actor): Promise<MinistryHome> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const year = yearShown(await ministryYears(db), null, now());
			const rows =
				year === null
					? []
					: await sql<{ channel_id: string; kind: string; name: string; owed: number; excused: number; started: number; submitted: number; with_enterprise: number; with_departments: number; approved: number; forwarded: number; received: number; mofcom: number; miit: number }[]>`
						select r.channel_id, c.kind, c.short_zh as name, count(*) filter (where r.state <> 'excused')::int as owed, count(*) filter (where r.state = 'excused')::int as excused,
							count(*) filter (where r.state not in ('not_started', 'not_filed', 'excused'))::int as started,
							count(*) filter (where r.current_version > 0)::int as submitted,
							count(*) filter (where r.court = 'enterprise')::int as with_enterprise,
							count(*) filter (where r.court in ('departments', 'commerce', 'industry', 'group'))::int as with_departments,
							count(*) filter (where r.court = 'channel')::int as approved,
							count(*) filter (where r.first_forwarded_at is not null)::int as forwarded,
							count(*) filter (where r.state = 'received')::int as received,
							count(*) filter (where r.state = 'forwarded' and r.mofcom_received_version is distinct from r.current_version)::int as mofcom,
							count(*) filter (where r.state = 'forwarded' and r.miit_received_version is distinct from r.current_version)::int as miit
						from annual_report r join channel c on c.id = r.channel_id
						where r.year = ${year.year} and ${within.report}
						group by r.channel_id, c.kind, c.short_zh`;
			const closings = await sql<{ year: number; ministry: string; person_name: string }[]>`
				select k.year, k.ministry, k.person_name from reporting_year_closing k join reporting_year y on y.year = k.year where y.closed_at is null and k.ministry <> ${actor.orgKind}`;
			const imports = await sql<{ id: string; file_name: string; planned_at: Date; planned_by: string }[]>`
				select i.id, i.file_name, i.planned_at, coalesce((select q.name from person q where q.id = i.planned_by), i.planned_by) as planned_by from cohort_import i
				where i.applied_at is null and i.id > coalesce((select max(x.id) from cohort_import x where x.applied_at is not null), 0) order by i.id desc limit 5`;
			const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + pick(row), 0);
			const [mofcom, miit] = [sum((row) => row.mofcom), sum((row) => row.miit)];
			return {
				year,
				total: { owed: sum((row) => row.owed), started: sum((row) => row.started), submitted: sum((row) => row.submitted), forwarded: sum((row) => row.forwarded), received: sum((row) => row.received), excused: sum((row) => row.excused) },
				toReceive: actor.orgKind === 'mofcom' ? { mine: mofcom, theirs: miit } : { mine: miit, theirs: mofcom },
				channels: rows
					.map((row) => ({
						channelId: row.channel_id, kind: row.kind as ChannelKind, name: row.name, owed: row.owed, withEnterprise: row.with_enterprise, withDepartments: row.with_departments, approved: row.approved, forwarded: row.forwarded
					}))
					.filter((row) => row.forwarded < row.owed)
					.sort((a, b) => b.owed - b.forwarded - (a.owed - a.forwarded) || (a.channelId < b.channelId ? -1 : 1)),
				closingAsked: closings.map((row) => ({ year: row.year, ministry: row.ministry as Ministry, personName: row.person_name })),
				importsOpen: imports.map((row) => ({ id: row.id, fileName: row.file_name, plannedAt: row.planned_at, plannedBy: row.planned_by })),
			};
		},
		{ readOnly: true }
	);
}
