import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { otherNames, type OtherNames } from '#lib/domain/other-names.ts';
import type { Category, Department, Ministry } from '#lib/domain/parties.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { yearOutcome, type YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';

/** One report of a forwarding, as it was sent. */
export interface ForwardedReport {
	readonly reportId: string;
	readonly versionNo: number;
	readonly enterpriseName: string;
	readonly otherNames: OtherNames;
	readonly creditCode: string;
	readonly category: Category;
	readonly receiptNo: string;
	readonly contentHash: string;
	/** As it was when it was forwarded first, whatever became of it since. */
	readonly outcome: YearOutcome;
	readonly received: Partial<Record<Ministry, Date>>;
	/** The state of the report now; a later version may have been filed since. */
	readonly state: ReportState;
	readonly currentVersion: number;
}

export interface ChannelForwarding {
	readonly id: string;
	readonly year: number;
	readonly channelName: string;
	readonly letterNo: string;
	readonly letterOn: Day;
	readonly remark: string | null;
	readonly forwardedAt: Date;
	readonly forwardedOn: Day;
	readonly personName: string;
	readonly orgKind: Department;
	/** Who pressed the button. */
	readonly orgName: string;
	/** Every office of the channel, in the order of the notice: the letter is theirs together (方案第十一条). */
	readonly offices: readonly string[];
	/** 方案第十一条 asks for two kinds of enterprise; each is a list of its own, in the order of names. */
	readonly reports: Readonly<Record<Category, readonly ForwardedReport[]>>;
}

/** Powers /channel/forward/[id]: a covering letter that was sent, and what the ministries have of it. Undefined for a stranger's. Two queries. */
export function channelForwarding(actor: Actor, forwardingId: string): Promise<ChannelForwarding | undefined> {
	return asActor(
		actor,
		async ({ sql, within }) => {
			const [head] = await sql<
				{
					id: string;
					year: number;
					letter_no: string;
					letter_on: string;
					remark: string | null;
					forwarded_at: Date;
					person_name: string;
					org_kind: string;
					channel_name: string;
					org_name: string;
					offices: string[] | null;
					ministry_due_on: string;
				}[]
			>`
				select f.id, f.year, f.letter_no, f.letter_on, f.remark, f.forwarded_at, f.person_name, f.org_kind, c.name_zh as channel_name, o.name_zh
					as org_name, y.ministry_due_on,
					(select array_agg(w.name_zh order by w.kind, w.id) from organisation w
						where w.channel_id = f.channel_id and w.kind in ('commerce', 'industry', 'group')) as offices
				from forwarding f
				join channel c on c.id = f.channel_id
				join organisation o on o.channel_id = f.channel_id and o.kind = f.org_kind
				join reporting_year y on y.year = f.year
				where f.id = ${forwardingId}::bigint and f.channel_id = ${actor.channelId}`;
			if (!head) return undefined;
			const rows = await sql<
				{
					report_id: string;
					version_no: number;
					enterprise_name: string;
					name_now: string | null;
					former_names: string | null;
					credit_code: string;
					category: string;
					receipt_no: string;
					content_hash: string;
					first_forwarded_at: Date | null;
					extension_on: string | null;
					owed_on: string | null;
					voluntary: boolean;
					state: string;
					current_version: number;
					mofcom_at: Date | null;
					miit_at: Date | null;
				}[]
			>`
				select i.report_id, i.version_no, r.enterprise_name,
					(select e.name) as name_now, (select e.former_names) as former_names, r.credit_code, r.category, v.receipt_no, v.content_hash, r.first_forwarded_at,
					r.extension_on, r.owed_on, r.voluntary, r.state, r.current_version,
					(select n.received_at from reception n where n.report_id = i.report_id and n.version_no = i.version_no and n.ministry = 'mofcom') as mofcom_at,
					(select n.received_at from reception n where n.report_id = i.report_id and n.version_no = i.version_no and n.ministry = 'miit') as miit_at
				from forwarding_item i
				join annual_report r on r.id = i.report_id
				join annual_report_version v on v.report_id = i.report_id and v.no = i.version_no
				left join enterprise e on e.id = r.enterprise_id
				where i.forwarding_id = ${head.id}::bigint and ${within.report}
				order by r.enterprise_name, r.id`;
			const reports = rows.map((row): ForwardedReport => ({
				reportId: row.report_id,
				versionNo: row.version_no,
				enterpriseName: row.enterprise_name,
				otherNames: otherNames(row.enterprise_name, row.name_now, row.former_names),
				creditCode: row.credit_code,
				category: row.category as Category,
				receiptNo: row.receipt_no,
				contentHash: row.content_hash,
				outcome: yearOutcome(
					{
						state: 'forwarded',
						extensionOn: row.extension_on as Day | null,
						owedOn: row.owed_on as Day | null,
						voluntary: row.voluntary,
						firstForwardedAt: row.first_forwarded_at ?? head.forwarded_at,
						excusePending: false,
						closedAt: null,
						year: { ministryDueOn: head.ministry_due_on as Day }
					},
					head.forwarded_at
				),
				received: { ...(row.mofcom_at && { mofcom: row.mofcom_at }), ...(row.miit_at && { miit: row.miit_at }) },
				state: row.state as ReportState,
				currentVersion: row.current_version
			}));
			return {
				id: head.id,
				year: head.year,
				channelName: head.channel_name,
				letterNo: head.letter_no,
				letterOn: head.letter_on as Day,
				remark: head.remark,
				forwardedAt: head.forwarded_at,
				forwardedOn: dayInBeijing(head.forwarded_at),
				personName: head.person_name,
				orgKind: head.org_kind as Department,
				orgName: head.org_name,
				offices: head.offices ?? [head.org_name],
				reports: {
					manufacturing: reports.filter((report) => report.category === 'manufacturing'),
					it_outsourcing: reports.filter((report) => report.category === 'it_outsourcing')
				}
			};
		},
		{ readOnly: true }
	);
}
