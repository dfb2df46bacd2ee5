import { day, type Day } from '#lib/domain/day.ts';
import { isMinistry, type Category, type ChannelKind } from '#lib/domain/parties.ts';
import { newReportCase } from '#lib/domain/report/report-case.ts';
import { extensionActionsOpen, type ExtensionMove } from '#lib/domain/report/report-actions.ts';
import { requestState, type RequestState } from '#lib/domain/report/report-exceptions.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { effectiveDueOn, type ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { extensionOf, requestFacts, shownExtension, type ExtensionJson, type ShownExtension } from '#lib/server/store/report/exception-rows.ts';
import { PAGE_SIZE, pageOf } from '#lib/server/reads/page.ts';
import { ministryYears, yearShown } from '#lib/server/reads/ministry/ministry-year.ts';

/** waiting: undecided · mine: undecided, and this ministry has not spoken · over: granted, refused or withdrawn. */
export const REQUEST_LISTS = ['waiting', 'mine', 'over', 'all'] as const;
export type RequestList = (typeof REQUEST_LISTS)[number];

export interface ExtensionRow extends ShownExtension {
	readonly state: RequestState;
	readonly reportId: string;
	readonly enterpriseName: string;
	readonly creditCode: string;
	readonly category: Category;
	readonly channelKind: ChannelKind;
	readonly channelName: string;
	readonly reportState: ReportState;
	/** The date in force today, with any extension given before. */
	readonly dueOn: Day;
	readonly moves: readonly ExtensionMove[];
}

export interface ExtensionRequests {
	readonly year: ReportingYear | null;
	readonly years: readonly number[];
	readonly counts: Readonly<Record<RequestList, number>>;
	readonly rows: readonly ExtensionRow[];
	/** The last id of the page when there is another; requests are shown in the order they were asked. */
	readonly next: string | null;
}

/** Powers /channel/extensions and /ministry/extensions: one question, and the scope says of whom. Three queries. */
export function extensionRequests(
	actor: Actor,
	asked: { readonly year: number | null; readonly list: RequestList; readonly after: string | null },
	now: Date
): Promise<ExtensionRequests> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const clause = sql;
			const years = await ministryYears(db);
			const year = yearShown(years, asked.year, now);
			const none = { waiting: 0, mine: 0, over: 0, all: 0 };
			if (year === null) return { year, years: [], counts: none, rows: [], next: null };
			const undecided: Clause = clause`(x.withdrawn_at is null and x.decided_at is null)`;
			const mine: Clause = isMinistry(actor.orgKind)
				? clause`(${undecided} and not exists (select from extension_decision d where d.request_id = x.id and d.ministry = ${actor.orgKind}))`
				: clause`(${undecided} and not exists (select from extension_remark k where k.request_id = x.id and k.department = ${actor.orgKind}))`;
			const [count] = await sql<{ waiting: number; mine: number; all_of_them: number }[]>`
				select count(*) filter (where ${undecided})::int as waiting, count(*) filter (where ${mine})::int as mine, count(*)::int as all_of_them
				from extension_request x join annual_report r on r.id = x.report_id where r.year = ${year.year} and ${within.report}`;
			const chosen: Clause =
				asked.list === 'waiting' ? undecided : asked.list === 'mine' ? mine : asked.list === 'over' ? clause`not ${undecided}` : clause`true`;
			const seek: Clause = asked.after === null ? clause`true` : clause`x.id > ${asked.after}::bigint`;
			const rows = await sql<
				{
					id: string;
					request: ExtensionJson;
					report_id: string;
					enterprise_name: string;
					credit_code: string;
					category: string;
					channel_kind: string;
					channel_name: string;
					state: string;
					extension_on: string | null;
					owed_on: string | null;
					first_forwarded_at: Date | null;
					reopened_at: Date | null;
				}[]
			>`
				select x.id, jsonb_build_object('id', x.id::text, 'untilOn', x.until_on, 'reasonCode', x.reason_code, 'reason', x.reason, 'askedAt', x.asked_at,
					'personName', x.person_name,
						'withdrawnAt', x.withdrawn_at, 'decidedAt', x.decided_at, 'outcome', x.outcome,
						'remarks', coalesce((select jsonb_agg(jsonb_build_object('department', k.department, 'remark', k.remark, 'personName', k.person_name, 'at',
							k.remarked_at) order by k.department) from extension_remark k where k.request_id = x.id), '[]'::jsonb),
						'decisions', coalesce((select jsonb_agg(jsonb_build_object('ministry', d.ministry, 'verdict', d.verdict, 'reason', d.reason, 'personId',
							d.person_id, 'personName', d.person_name, 'at', d.decided_at) order by d.ministry desc) from extension_decision d
							where d.request_id = x.id), '[]'::jsonb)) as request,
					r.id as report_id, r.enterprise_name, r.credit_code, r.category, r.channel_kind, c.short_zh
						as channel_name, r.state, r.extension_on, r.owed_on, r.first_forwarded_at, r.reopened_at
				from extension_request x
				join annual_report r on r.id = x.report_id
				join channel c on c.id = r.channel_id
				where r.year = ${year.year} and ${within.report} and ${chosen} and ${seek}
				order by x.id limit ${PAGE_SIZE + 1}`;
			const page = pageOf(rows, { after: asked.after, before: null }, ({ id }) => id);
			return {
				year,
				years: years.map((one) => one.year),
				counts: { waiting: count?.waiting ?? 0, mine: count?.mine ?? 0, over: (count?.all_of_them ?? 0) - (count?.waiting ?? 0), all: count?.all_of_them ?? 0 },
				rows: page.rows.map((row): ExtensionRow => {
					const request = extensionOf(row.request);
					const extensionOn = row.extension_on === null ? null : day(row.extension_on);
					// As much of the report as decides what becomes of a request.
					const report = {
						...newReportCase(row.channel_kind as ChannelKind, year, extensionOn),
						owedOn: row.owed_on === null ? null : day(row.owed_on),
						state: row.state as ReportState,
						firstForwardedAt: row.first_forwarded_at,
						reopenedAt: row.reopened_at
					};
					const who = { kind: actor.orgKind, duty: actor.duty, personId: actor.personId };
					return {
						...shownExtension(request),
						state: requestState(report, requestFacts(request), now),
						reportId: row.report_id,
						enterpriseName: row.enterprise_name,
						creditCode: row.credit_code,
						category: row.category as Category,
						channelKind: report.channelKind,
						channelName: row.channel_name,
						reportState: report.state,
						dueOn: effectiveDueOn(year, extensionOn, report.owedOn),
						moves: extensionActionsOpen(report, requestFacts(request), who, now)
					};
				}),
				next: page.next
			};
		},
		{ readOnly: true }
	);
}
