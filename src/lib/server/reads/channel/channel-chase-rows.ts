import { maskContact } from '#lib/domain/contact-mask.ts';
import { nextStep, type ChaseList, type NextStep, type RiskGround } from '#lib/domain/chase/chase-risk.ts';
import type { ContactMeans, ContactOutcome } from '#lib/domain/chase/contact-log.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';
import { otherNames, type OtherNames } from '#lib/domain/other-names.ts';
import { daysByOwnerOf, lateDaysOf, type Lateness, type LateReasonOwner } from '#lib/domain/report/lateness.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import { isUnableToFile } from '#lib/domain/report/year-outcome.ts';
import { departmentsOf, isDepartment, type Category, type Department } from '#lib/domain/parties.ts';
import { isRemindable } from '#lib/domain/chase/remind-by-hand.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import type { ChaseFacts } from './channel-chase-facts.ts';
import type { ChannelYear } from './channel-year.ts';

/** How a department stands to a report: signed on a day, or holding it since one. */
export interface DepartmentWait {
	readonly signedAt: Date | null;
	readonly waitingSince: Date | null;
}

/** Why late days were late, in the words of whoever's they were. */
export interface SaidReason {
	readonly owner: LateReasonOwner;
	readonly reasonCode: string;
	readonly reason: string;
}

/** One row of the board. */
export interface ChaseRow {
	readonly id: string;
	readonly enterpriseId: string;
	readonly enterpriseName: string;
	readonly otherNames: OtherNames;
	readonly creditCode: string;
	readonly category: Category;
	readonly cohortYear: number;
	readonly state: ReportState;
	readonly court: Court;
	readonly lists: readonly ChaseList[];
	readonly grounds: readonly RiskGround[];
	readonly dueOn: Day | null;
	readonly daysLeft: number | null;
	readonly extensionOn: Day | null;
	readonly idleDays: number | null;
	readonly progress: { readonly filled: number; readonly asked: number } | null;
	readonly lastActivityAt: Date | null;
	readonly lastYearOnTime: boolean | null;
	readonly promisedOn: Day | null;
	readonly promiseAhead: boolean;
	readonly next: NextStep;
	/** Somebody else than this office holds it. */
	readonly remindable: boolean;
	readonly departments: Readonly<Partial<Record<Department, DepartmentWait>>>;
	/** Who to ring: a contact of the register that still answers, else the first of its people with an account. */
	readonly contact: {
		readonly place: number | null;
		readonly name: string;
		readonly phone: string | null;
		readonly email: string | null;
		readonly doubtful: boolean;
	} | null;
	readonly lastContact: {
		readonly at: Date;
		readonly personName: string;
		readonly by: Department;
		readonly means: ContactMeans;
		readonly outcome: ContactOutcome;
	} | null;
	/** Late days by whose they were, and what was said of them; empty while nothing is late. */
	readonly late: { readonly daysByOwner: Lateness['daysByOwner']; readonly reasons: readonly SaidReason[] };
	readonly lastReminder: { readonly at: Date; readonly delivery: string } | null;
}

/** What stands beside the facts in each row of the page: one question for all of them. */
export async function chaseRows({ sql, within, actor }: ActorDb, page: readonly ChaseFacts[], year: ChannelYear, now: Date): Promise<ChaseRow[]> {
	if (page.length === 0) return [];
	const rows = await sql<DetailRow[]>`
		select r.id, r.enterprise_id, r.credit_code, (select e.name) as name_now, (select e.former_names) as former_names,
			(select k.place) as place, (select k.name) as contact_name, (select k.phone) as phone, (select k.email) as email, (select k.doubtful)::boolean
				as doubtful,
			(select a.name) as account_name, (select a.phone) as account_phone, (select a.email) as account_email,
			(select c.at) as called_at, (select c.person_name) as called_by, (select c.org_kind) as called_kind, (select c.means) as means, (select c.outcome)
				as outcome,
			(select s.planned_at) as reminded_at, (select s.delivery) as delivery,
			(select jsonb_agg(jsonb_build_object('at', v.at, 'court', v.court) order by v.id) from report_event v where v.report_id = r.id)::text as hands,
			(select jsonb_agg(jsonb_build_object('owner', l.owner, 'reasonCode', l.reason_code, 'reason', l.reason) order by l.given_at)
				from late_reasons_of(r.id) l)::text as reasons
		from annual_report r
		left join enterprise e on e.id = r.enterprise_id
		left join lateral (
			select k.place, k.name, k.phone, k.email, exists (
				select from unnest(array[k.phone, k.email]) as given (address)
				cross join lateral (select x.result from contact_check x where x.enterprise_id = k.enterprise_id and x.address = given.address
					order by x.checked_at desc, x.id desc limit 1) x
				where x.result <> 'confirmed') as doubtful
			from enterprise_contact k where k.enterprise_id = r.enterprise_id order by doubtful, k.place limit 1
		) k on true
		left join lateral (
			select p.name, p.phone, p.email from organisation o join membership b on b.org_id = o.id and b.ended_at is null join person p on p.id = b.person_id
				and p.disabled_at is null
			where o.enterprise_id = r.enterprise_id and b.duty <> 'reader' order by b.duty desc, p.id limit 1
		) a on true
		left join lateral (
			select l.at, l.person_name, l.org_kind, l.means, l.outcome from contact_log l where l.report_id = r.id and l.struck_at is null
				order by l.at desc, l.id desc limit 1
		) c on true
		left join lateral (
			-- what a ministry wrote to the departments about it reached nobody of the enterprise
			select s.planned_at, s.delivery from reminder s where s.report_id = r.id and (s.audience = 'enterprise' or s.court <> 'enterprise')
				order by s.planned_at desc, s.id desc limit 1
		) s on true
		where r.id = any(${page.map(({ id }) => id)}::bigint[]) and ${within.report}`;
	const detailOf = new Map(rows.map((row) => [row.id, row]));
	return page.flatMap((facts) => {
		const detail = detailOf.get(facts.id);
		return detail ? [rowOf(facts, detail, isDepartment(actor.orgKind) ? actor.orgKind : 'group', year, now)] : [];
	});
}

interface DetailRow {
	id: string;
	enterprise_id: string;
	credit_code: string;
	name_now: string | null;
	former_names: string | null;
	place: number | null;
	contact_name: string | null;
	phone: string | null;
	email: string | null;
	doubtful: boolean | null;
	account_name: string | null;
	account_phone: string | null;
	account_email: string | null;
	called_at: Date | null;
	called_by: string | null;
	called_kind: string | null;
	means: string | null;
	outcome: string | null;
	reminded_at: Date | null;
	delivery: string | null;
	hands: string | null;
	reasons: string | null;
}

function rowOf(facts: ChaseFacts, detail: DetailRow, me: Department, year: ChannelYear, now: Date): ChaseRow {
	const { report, risk, signed, signedAt } = facts;
	const contact = contactOf(detail);
	const waits = report.state === 'submitted' && report.court !== 'nobody';
	return {
		id: facts.id,
		enterpriseId: detail.enterprise_id,
		enterpriseName: facts.enterpriseName,
		otherNames: otherNames(facts.enterpriseName, detail.name_now, detail.former_names),
		creditCode: detail.credit_code,
		category: facts.category,
		cohortYear: facts.cohortYear,
		state: report.state,
		court: report.court,
		lists: risk.lists,
		grounds: risk.grounds,
		dueOn: risk.dueOn,
		daysLeft: risk.daysLeft,
		extensionOn: report.extensionOn,
		idleDays: risk.idleDays,
		progress: report.progress,
		lastActivityAt: report.lastActivityAt,
		lastYearOnTime: report.lastYearOnTime,
		promisedOn: report.court === 'enterprise' ? report.promisedOn : null,
		promiseAhead: risk.promiseAhead,
		next: nextStep(report, risk, me, signed, contact !== null && !contact.doubtful),
		remindable: isRemindable(report, me),
		departments: Object.fromEntries(
			departmentsOf(report.channelKind).map((department) => {
				const at = signedAt[department] ?? null;
				return [department, { signedAt: at, waitingSince: waits && at === null ? facts.submittedAt : null }];
			})
		),
		contact: contact && maskContact(contact),
		lastContact:
			detail.called_at === null || detail.called_by === null
				? null
				: {
						at: detail.called_at,
						personName: detail.called_by,
						by: detail.called_kind as Department,
						means: detail.means as ContactMeans,
						outcome: detail.outcome as ContactOutcome
					},
		late: lateOf(facts, detail, year, now),
		lastReminder: detail.reminded_at === null || detail.delivery === null ? null : { at: detail.reminded_at, delivery: detail.delivery }
	};
}

function lateOf({ report, firstForwardedAt }: ChaseFacts, detail: DetailRow, year: ChannelYear, now: Date): ChaseRow['late'] {
	const hands = JSON.parse(detail.hands ?? '[]') as readonly { readonly at: string; readonly court: Court }[];
	const days = lateDaysOf(
		{
			dueOn: effectiveDueOn(year, report.extensionOn, report.owedOn),
			firstForwardedAt,
			transitions: hands.map(({ at, court }) => ({ at: new Date(at), court })),
			closedAt: year.closedAt,
			unableToFile: isUnableToFile(report) || report.voluntary
		},
		now
	);
	return { daysByOwner: daysByOwnerOf(days), reasons: days.length === 0 ? [] : (JSON.parse(detail.reasons ?? '[]') as SaidReason[]) };
}

function contactOf(detail: DetailRow): ChaseRow['contact'] {
	if (detail.place !== null && detail.contact_name !== null)
		return { place: detail.place, name: detail.contact_name, phone: detail.phone, email: detail.email, doubtful: detail.doubtful ?? false };
	if (detail.account_name === null) return null;
	return { place: null, name: detail.account_name, phone: detail.account_phone, email: detail.account_email, doubtful: false };
}
