import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { otherNames, type OtherNames } from '#lib/domain/other-names.ts';
import { departmentsOf, type Category, type ChannelKind, type Department } from '#lib/domain/parties.ts';
import { spanToExplain, type LateSpan } from '#lib/domain/report/late-reason.ts';
import { effectiveDueOn, isPast } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { transitionsOf } from '#lib/server/store/report/report-transitions.ts';
import { channelYears, yearAsked, type ChannelYear } from './channel-year.ts';

/** A report that stands with the channel: ready when nobody's opinion is missing. */
export interface ForwardCandidate {
	readonly id: string;
	readonly version: number;
	readonly enterpriseName: string;
	readonly otherNames: OtherNames;
	readonly category: Category;
	readonly submittedAt: Date | null;
	/** Whose opinion on the current version is missing. */
	readonly missing: readonly Department[];
	/** Given by the ministries instead of their date; null where there is none. */
	readonly extensionOn: Day | null;
	/** The day it came to be owed in a year that had begun; null = from the opening on. */
	readonly owedOn: Day | null;
	readonly voluntary: boolean;
	/** Forwarded before, and corrected since: its first forwarding stays what it is judged by. */
	readonly firstForwardedAt: Date | null;
	/** Late days it has lain with the channel, every opinion given: why is asked as it is forwarded. */
	readonly lateSpan: LateSpan | null;
}

export interface SentForwardingRow {
	readonly id: string;
	readonly year: number;
	readonly letterNo: string;
	readonly letterOn: Day;
	readonly forwardedAt: Date;
	readonly personName: string;
	readonly orgKind: Department;
	readonly manufacturing: number;
	readonly itOutsourcing: number;
	readonly receivedByMofcom: number;
	readonly receivedByMiit: number;
	/** Sent back by a ministry since. */
	readonly returned: number;
}

export interface ChannelForwardings {
	readonly years: readonly number[];
	readonly year: ChannelYear | null;
	readonly channelName: string;
	readonly candidates: readonly ForwardCandidate[];
	readonly sent: readonly SentForwardingRow[];
}

/** Powers /channel/forward. Three queries, four where something is late; forwardings of a channel and year are a handful. */
export function channelForwardings(actor: Actor, askedYear: number | null, now: Date): Promise<ChannelForwardings> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const years = await channelYears(db, actor.channelId ?? '');
			const year = yearAsked(years, askedYear) ?? null;
			const today = dayInBeijing(now);
			const kind: ChannelKind = actor.orgKind === 'group' ? 'central_group' : 'province';
			const sent = await sql<
				{
					id: string;
					year: number;
					letter_no: string;
					letter_on: string;
					forwarded_at: Date;
					person_name: string;
					org_kind: string;
					channel_name: string;
					manufacturing: number;
					it_outsourcing: number;
					by_mofcom: number;
					by_miit: number;
					returned: number;
				}[]
			>`
				select f.id, f.year, f.letter_no, f.letter_on, f.forwarded_at, f.person_name, f.org_kind, c.name_zh as channel_name,
					count(*) filter (where r.category = 'manufacturing')::int as manufacturing,
					count(*) filter (where r.category = 'it_outsourcing')::int as it_outsourcing,
					count(*) filter (where exists (select from reception n where n.report_id = i.report_id and n.version_no = i.version_no
						and n.ministry = 'mofcom'))::int as by_mofcom,
					count(*) filter (where exists (select from reception n where n.report_id = i.report_id and n.version_no = i.version_no and n.ministry = 'miit'))::int
						as by_miit,
					count(*) filter (where exists (select from report_return t where t.report_id = i.report_id and t.version_no = i.version_no
						and t.returned_by in ('mofcom', 'miit') and t.undone_at is null))::int as returned
				from forwarding f
				join channel c on c.id = f.channel_id
				join forwarding_item i on i.forwarding_id = f.id
				join annual_report r on r.id = i.report_id
				where f.channel_id = ${actor.channelId} and f.year = ${year?.year ?? 0} and ${within.report}
				group by f.id, c.name_zh
				order by f.forwarded_at desc, f.id desc`;
			const rows = await sql<
				{
					id: string;
					current_version: number;
					enterprise_name: string;
					name_now: string | null;
					former_names: string | null;
					category: string;
					submitted_at: Date | null;
					extension_on: string | null;
					owed_on: string | null;
					voluntary: boolean;
					first_forwarded_at: Date | null;
					commerce_version: number | null;
					industry_version: number | null;
					group_version: number | null;
					channel_name: string;
				}[]
			>`
				select r.id, r.current_version, r.enterprise_name,
					(select e.name) as name_now, (select e.former_names) as former_names,
					r.category, r.submitted_at, r.extension_on, r.owed_on, r.voluntary, r.first_forwarded_at,
					r.commerce_version, r.industry_version, r.group_version, c.name_zh as channel_name
				from annual_report r
				join channel c on c.id = r.channel_id
				left join enterprise e on e.id = r.enterprise_id
				where r.year = ${year?.year ?? 0} and r.state = 'submitted' and r.closed_at is null and ${within.report}
				order by r.category desc, r.enterprise_name, r.id`;
			const dueOf = (row: (typeof rows)[number]) =>
				effectiveDueOn({ ministryDueOn: year?.ministryDueOn ?? today }, row.extension_on as Day | null, row.owed_on as Day | null);
			const late = rows.filter((row) => row.first_forwarded_at === null && isPast(dueOf(row), now)).map(({ id }) => id);
			const transitions = late.length === 0 ? new Map() : await transitionsOf(db, late);
			return {
				years: years.map((one) => one.year),
				year,
				channelName: rows[0]?.channel_name ?? sent[0]?.channel_name ?? '',
				candidates: rows.map((row) => {
					const versions = { commerce: row.commerce_version, industry: row.industry_version, group: row.group_version };
					return {
						id: row.id,
						version: row.current_version,
						enterpriseName: row.enterprise_name,
						otherNames: otherNames(row.enterprise_name, row.name_now, row.former_names),
						category: row.category as Category,
						submittedAt: row.submitted_at,
						missing: departmentsOf(kind).filter((department) => versions[department] !== row.current_version),
						extensionOn: row.extension_on as Day | null,
						owedOn: row.owed_on as Day | null,
						voluntary: row.voluntary,
						firstForwardedAt: row.first_forwarded_at,
						lateSpan: spanToExplain(
							{
								dueOn: dueOf(row),
								firstForwardedAt: row.first_forwarded_at,
								transitions: transitions.get(row.id) ?? [],
								closedAt: null,
								unableToFile: row.voluntary
							},
							'channel',
							null,
							now
						)
					};
				}),
				sent: sent.map((row) => ({
					id: row.id,
					year: row.year,
					letterNo: row.letter_no,
					letterOn: row.letter_on as Day,
					forwardedAt: row.forwarded_at,
					personName: row.person_name,
					orgKind: row.org_kind as Department,
					manufacturing: row.manufacturing,
					itOutsourcing: row.it_outsourcing,
					receivedByMofcom: row.by_mofcom,
					receivedByMiit: row.by_miit,
					returned: row.returned
				}))
			};
		},
		{ readOnly: true }
	);
}
