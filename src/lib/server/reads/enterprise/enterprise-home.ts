import { judgeCriteria } from '#lib/domain/check/criteria.ts';
import { compare, decimal, multiply } from '#lib/domain/decimal.ts';
import { DERIVED_2026_1 } from '#lib/domain/form/derived-figure.ts';
import { bestStated, derive, type HistoryFigures } from '#lib/domain/form/figures.ts';
import { metricOfField, type FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { Category, Department, DesignationStatus, Duty } from '#lib/domain/parties.ts';
import { dutyStep } from '#lib/domain/report/duty-step.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { effectiveDueOn, enterpriseDueOn } from '#lib/domain/report/reporting-year.ts';
import { yearOutcome, type YearOutcome } from '#lib/domain/report/year-outcome.ts';
import { reportPath } from '#lib/forms/report-address.ts';
import type { DepartmentOffice } from './filing-data.ts';
import type { ClosestCriterion, DesignationCard, DutyCard, Signed } from './home-data.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { loadFigures } from '#lib/server/store/report/annual-figure.ts';
import { loadOwnDutyNotes } from '#lib/server/store/report/duty-notes.ts';
import { firstOwedYear } from '#lib/domain/report/duty.ts';
import { loadPolicies, loadPolicyInForce, policyIn } from '#lib/server/store/report/policy.ts';

interface ReportRow {
	designation_id: string;
	year: number;
	category: string;
	state: string;
	court: string;
	submitted_at: Date | null;
	forwarded_at: Date | null;
	first_forwarded_at: Date | null;
	excuse_pending: boolean;
	closed_at: Date | null;
	received_at: Date | null;
	extension_on: string | null;
	owed_on: string | null;
	voluntary: boolean;
	opens_on: string;
	channel_due_on: string;
	ministry_due_on: string;
	policy_version: string;
	year_closed_at: Date | null;
	own_due_on: string | null;
	channel_name: string;
	channel_name_en: string;
	answers_filled: number | null;
	answers_asked: number | null;
	submitted_by_name: string | null;
	/** `at` comes out of JSON as text, whatever the checker reads from the column. */
	signed: { department: string; byName: string; at: Date }[] | null;
	offices: { kind: string; name: string; nameEn: string | null; phone: string | null }[] | null;
	correct_by_on: string | null;
	remarks_left: number | null;
	asked_by: string | null;
	asked_at: Date | null;
}

/** Powers /enterprise/home: each designation with its duties, its last five years and the condition closest to its limit. */
export function readEnterpriseHome(actor: Actor, now: Date): Promise<readonly DesignationCard[]> {
	return asActor(
		actor,
		async (db) => {
			const designations = await db.sql<{ id: string; category: string; cohort_year: number; announced_on: string; status: string }[]>`
				select d.id, d.category, d.cohort_year, d.announced_on, d.status from designation d where d.enterprise_id = ${actor.enterpriseId}::bigint
					order by d.category desc`;
			const reports = await loadReports(db);
			const notes = await loadOwnDutyNotes(db);
			const figures = await loadFigures(db, db.within.report, 'filed');
			const policies = await loadPolicies(
				db,
				reports.map((report) => report.policy_version)
			);
			const perYear = new Map<number, number>();
			for (const { year } of reports) perYear.set(year, (perYear.get(year) ?? 0) + 1);
			const cards = designations.map(async (designation): Promise<DesignationCard> => {
				const category = designation.category as Category;
				const own = reports.filter((report) => report.designation_id === designation.id);
				const pathOf = (year: number) => reportPath({ year, category, alone: perYear.get(year) === 1 });
				const [latest] = own;
				// Without a report the first one is told of by what is in force.
				const policy = latest ? policyIn(policies, latest.policy_version) : await loadPolicyInForce(db, dayInBeijing(now));
				return {
					category,
					cohortYear: designation.cohort_year,
					status: designation.status as DesignationStatus,
					firstYear: firstOwedYear(designation.announced_on as Day, policy),
					duties: own
						.filter((report) => report === latest || (report.state === 'returned' && report.year_closed_at === null))
						.map((report) => dutyOf(report, category, pathOf(report.year), actor.duty)),
					dots: own
						.slice(0, 5)
						.reverse()
						.map((report) => ({ year: report.year, outcome: outcomeOf(report, now), href: pathOf(report.year) })),
					notes: notes.filter((one) => one.designationId === designation.id),
					closest: closestOf(policy, category, figures.get(designation.id) ?? [])
				};
			});
			return Promise.all(cards);
		},
		{ readOnly: true }
	);
}

function loadReports({ sql, within }: ActorDb): Promise<ReportRow[]> {
	return sql<ReportRow[]>`
		select r.designation_id, r.year, r.category, r.state, r.court, r.submitted_at, r.forwarded_at, r.first_forwarded_at, r.received_at, r.extension_on,
			r.owed_on, r.voluntary, r.excuse_pending, r.closed_at,
			y.opens_on, y.channel_due_on, y.ministry_due_on, y.policy_version, y.closed_at as year_closed_at, cy.due_on as own_due_on,
			c.name_zh as channel_name, c.name_en as channel_name_en, d.answers_filled, d.answers_asked, v.submitted_by_name,
			coalesce((select jsonb_agg(jsonb_build_object('department', p.department, 'byName', p.person_name, 'at', p.signed_at) order by p.department)
				from opinion p where p.report_id = r.id and p.version_no = r.current_version and p.withdrawn_at is null), '[]'::jsonb) as signed,
			coalesce((select jsonb_agg(jsonb_build_object('kind', o.kind, 'name', o.name_zh, 'nameEn', o.name_en, 'phone', o.phone) order by o.kind)
				from organisation o where o.channel_id = r.channel_id), '[]'::jsonb) as offices,
			t.correct_by_on, (select count(*)::int from return_comment m where m.return_id = t.id and coalesce(btrim(m.answer), '') = '') as remarks_left,
			(select q.person_name) as asked_by, (select q.at) as asked_at
		from annual_report r
		join reporting_year y on y.year = r.year
		join channel c on c.id = r.channel_id
		left join channel_year cy on cy.channel_id = r.channel_id and cy.year = r.year
		left join annual_report_draft d on d.report_id = r.id
		left join annual_report_version v on v.report_id = r.id and v.no = r.current_version
		left join report_return t on t.report_id = r.id and r.state = 'returned' and t.undone_at is null and t.answered_at is null
		left join lateral (select v.person_name, v.at from report_event v where v.report_id = r.id and v.act = 'ask-approver'
			and v.at >= greatest(t.returned_at, r.withdrawn_at, '-infinity') and r.state in ('draft', 'returned') order by v.id desc limit 1) q on true
		where ${within.report}
		order by r.year desc, r.id`;
}

function dutyOf(report: ReportRow, category: Category, path: string, duty: Duty): DutyCard {
	const year = { ministryDueOn: report.ministry_due_on as Day, channelDueOn: report.channel_due_on as Day };
	const extensionOn = report.extension_on as Day | null;
	const owedOn = report.owed_on as Day | null;
	return {
		year: report.year,
		category,
		path,
		state: report.state as ReportState,
		court: report.court as Court,
		opensOn: report.opens_on as Day,
		dueOn: effectiveDueOn(year, extensionOn, owedOn),
		ownDueOn: enterpriseDueOn(year, report.own_due_on as Day | null, extensionOn, owedOn),
		next: dutyStep(
			{
				state: report.state as ReportState,
				closed: report.year_closed_at !== null,
				filled: report.answers_asked !== null && (report.answers_filled ?? 0) >= report.answers_asked,
				asked: report.asked_at !== null
			},
			duty
		),
		askedBy: report.asked_at === null ? null : { name: report.asked_by ?? '', at: report.asked_at },
		closed: report.year_closed_at !== null,
		voluntary: report.voluntary,
		owedOn,
		filled: report.answers_filled ?? 0,
		asked: report.answers_asked ?? 0,
		submittedAt: report.submitted_at,
		submittedByName: report.submitted_by_name,
		signed: (report.signed ?? []).map(({ department, byName, at }): Signed => ({ department: department as Department, byName, at: new Date(at) })),
		forwardedAt: report.forwarded_at,
		receivedAt: report.received_at,
		channelName: report.channel_name,
		channelNameEn: report.channel_name_en,
		offices: (report.offices ?? []) as DepartmentOffice[],
		returned: report.correct_by_on === null ? null : { correctByOn: report.correct_by_on as Day, left: report.remarks_left ?? 0 }
	};
}

function outcomeOf(report: ReportRow, now: Date): YearOutcome {
	return yearOutcome(
		{
			state: report.state as ReportState,
			extensionOn: report.extension_on as Day | null,
			owedOn: report.owed_on as Day | null,
			voluntary: report.voluntary,
			firstForwardedAt: report.first_forwarded_at,
			excusePending: report.excuse_pending,
			closedAt: report.closed_at,
			year: { ministryDueOn: report.ministry_due_on as Day }
		},
		now
	);
}

/** The part of a criterion with the least headroom against its limit, on what was submitted last; null before there are figures. */
function closestOf(policy: Policy, category: Category, history: HistoryFigures): ClosestCriterion | null {
	const runningYear = Math.max(...history.map((stated) => stated.reportYear));
	if (!Number.isFinite(runningYear)) return null;
	const findings = judgeCriteria({ policy, category, runningYear, known: history, answers: {} });
	const parts = findings.flatMap((finding) =>
		finding.parts.filter((part) => part.headroom !== null).map((part) => ({ criterion: finding.criterion, article: finding.article, part }))
	);
	const [least] = parts.sort((a, b) =>
		compare(multiply(decimal(a.part.headroom ?? '0'), decimal(b.part.threshold)), multiply(decimal(b.part.headroom ?? '0'), decimal(a.part.threshold)))
	);
	if (!least) return null;
	const years = [...new Set(history.map((stated) => stated.forYear))].sort((a, b) => a - b).slice(-6);
	return { ...least, years: years.map((year) => ({ year, ...statedOf(least.part.subject, history, year) })) };
}

/** A field's or computed figure's best known value of a year. */
function statedOf(subject: string, history: HistoryFigures, year: number): { value: string | null; basis: FigureBasis | null } {
	const metric = metricOfField(subject);
	if (metric !== null) {
		const stated = bestStated(history, metric, year);
		return { value: stated?.value ?? null, basis: stated?.basis ?? null };
	}
	const formula = DERIVED_2026_1.find(({ id }) => id === subject);
	for (const basis of formula ? (['final', 'forecast'] as const) : []) {
		const value = formula ? derive(formula, history, year, basis).value : null;
		if (value !== null) return { value, basis };
	}
	return { value: null, basis: null };
}
