import { addDays, dayInBeijing, laterOf, type Day } from '#lib/domain/day.ts';
import type { Category, Ministry, OrganisationKind } from '#lib/domain/parties.ts';
import { EXCUSE_REASONS, type ExcuseReason } from '#lib/domain/policy.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { isClosed } from '#lib/domain/report/report-case.ts';
import { dutyRefusal } from '#lib/domain/duties.ts';
import { actionsOpen, extensionActionsOpen, type ExtensionMove, type ReportMove } from '#lib/domain/report/report-actions.ts';
import { askExtension, excuse, requestState, type ExcuseVerdict, type RequestState } from '#lib/domain/report/report-exceptions.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { effectiveDueOn, enterpriseDueOn } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { viewReport } from '#lib/server/store/report/annual-report.ts';
import { extensionOf, requestFacts, shownExtension, type ExtensionJson, type ShownExtension } from '#lib/server/store/report/exception-rows.ts';

export interface ReportExceptions {
	readonly reportId: string;
	readonly year: number;
	readonly category: Category;
	readonly state: ReportState;
	readonly closed: boolean;
	/** The ministries' date with any extension, and the enterprise's own. */
	readonly dueOn: Day;
	readonly ownDueOn: Day;
	readonly extensionOn: Day | null;
	/** Newest first. */
	readonly requests: readonly (ShownExtension & { readonly state: RequestState })[];
	/** The declaration that stands or was refused last; `verdict` null = it waits for a ministry. */
	readonly excuse: {
		readonly verdict: ExcuseVerdict | null;
		readonly decidedBy: Ministry | null;
		readonly decisionReason: string | null;
		readonly reasonCode: ExcuseReason;
		readonly remark: string;
		readonly declaredBy: OrganisationKind;
		readonly personName: string;
		readonly at: Date;
	} | null;
	readonly reopenings: readonly { readonly reason: string; readonly ministry: Ministry; readonly personName: string; readonly at: Date }[];
	readonly moves: readonly (ReportMove | ExtensionMove)[];
	/** Why no extension can be asked for, or no declaration made, by the enterprise's side; null if it can. */
	readonly askRefusal: Refusal | null;
	readonly excuseRefusal: Refusal | null;
	/** The days that may be asked for, both included. */
	readonly earliestOn: Day;
	readonly latestOn: Day;
}

/**
 * Powers /enterprise/reports/[year]/extension and the corner of exceptions on the reports of channels and ministries. Undefined for a stranger's report. Two
 * queries.
 */
export function reportExceptions(actor: Actor, reportId: string, now: Date): Promise<ReportExceptions | undefined> {
	return asActor(
		actor,
		async (db) => {
			const report = await viewReport(db, reportId);
			if (!report) return undefined;
			const { case: at } = report;
			const [row] = await db.sql<
				{
					own_due_on: string | null;
					requests: ExtensionJson[] | null;
					excuse: {
						reasonCode: string;
						remark: string;
						declaredBy: string;
						personName: string;
						at: Date;
						verdict: string | null;
						decidedBy: string | null;
						decisionReason: string | null;
					} | null;
					reopenings: { reason: string; ministry: string; personName: string; at: Date }[] | null;
				}[]
			>`
				select
					(select cy.due_on from channel_year cy where cy.channel_id = r.channel_id and cy.year = r.year) as own_due_on,
					(select jsonb_agg(jsonb_build_object('id', x.id::text, 'untilOn', x.until_on, 'reasonCode', x.reason_code, 'reason', x.reason, 'askedAt', x.asked_at,
						'personName', x.person_name,
						'withdrawnAt', x.withdrawn_at, 'decidedAt', x.decided_at, 'outcome', x.outcome,
						'remarks', coalesce((select jsonb_agg(jsonb_build_object('department', k.department, 'remark', k.remark, 'personName', k.person_name, 'at',
							k.remarked_at) order by k.department) from extension_remark k where k.request_id = x.id), '[]'::jsonb),
						'decisions', coalesce((select jsonb_agg(jsonb_build_object('ministry', d.ministry, 'verdict', d.verdict, 'reason', d.reason, 'personId',
							d.person_id, 'personName', d.person_name, 'at', d.decided_at) order by d.ministry desc) from extension_decision d
							where d.request_id = x.id), '[]'::jsonb)
					) order by x.id desc) from extension_request x where x.report_id = r.id) as requests,
					(select jsonb_build_object('reasonCode', e.reason_code, 'remark', e.remark, 'declaredBy', e.declared_by, 'personName', e.person_name, 'at',
						e.declared_at, 'verdict', e.verdict, 'decidedBy', e.decided_ministry, 'decisionReason', e.decision_reason) from report_excuse e
						where e.report_id = r.id and e.lifted_at is null order by e.id desc limit 1) as excuse,
					(select jsonb_agg(jsonb_build_object('reason', o.reason, 'ministry', o.ministry, 'personName', o.person_name, 'at', o.reopened_at)
						order by o.id desc) from report_reopening o where o.report_id = r.id) as reopenings
				from annual_report r where r.id = ${report.id}::bigint and ${db.within.report}`;
			if (!row) return undefined;
			const requests = (row.requests ?? []).map(extensionOf);
			const newest = requests[0] ? requestFacts(requests[0]) : null;
			const standing = row.excuse;
			const ownOn = row.own_due_on as Day | null;
			const who = { kind: actor.orgKind, duty: actor.duty, personId: actor.personId };
			const dueOn = effectiveDueOn(at.year, at.extensionOn, at.owedOn);
			const earliestOn = laterOf(addDays(dueOn, 1), dayInBeijing(now));
			const asking = askExtension(at, newest, { untilOn: earliestOn, reasonCode: 'other', reason: 'probe' }, now);
			const excusing = excuse(at, EXCUSE_REASONS[0]);
			return {
				reportId: report.id,
				year: at.year.year,
				category: report.category,
				state: at.state,
				closed: isClosed(at),
				dueOn,
				ownDueOn: enterpriseDueOn(at.year, ownOn, at.extensionOn, at.owedOn),
				extensionOn: at.extensionOn,
				requests: requests.map((one) => ({ ...shownExtension(one), state: requestState(at, requestFacts(one), now) })),
				excuse: standing && {
					...standing,
					reasonCode: standing.reasonCode as ExcuseReason,
					declaredBy: standing.declaredBy as OrganisationKind,
					verdict: standing.verdict as ExcuseVerdict | null,
					decidedBy: standing.decidedBy as Ministry | null,
					at: new Date(standing.at)
				},
				reopenings: (row.reopenings ?? []).map((one) => ({ ...one, ministry: one.ministry as Ministry, at: new Date(one.at) })),
				moves: [...actionsOpen(at, who, now), ...extensionActionsOpen(at, newest, who, now)],
				askRefusal: asking.ok ? dutyRefusal(who, 'askExtension') : asking.refusal,
				excuseRefusal: excusing.ok ? dutyRefusal(who, 'excuse') : excusing.refusal,
				earliestOn,
				latestOn: laterOf(earliestOn, at.year.acceptedLateUntilOn)
			};
		},
		{ readOnly: true }
	);
}
