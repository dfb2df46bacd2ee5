import { chaseRisk, hasReached, type ChasedReport, type ChaseList, type ChaseRisk, type ChaseStage } from '#lib/domain/chase/chase-risk.ts';
import { OUTCOMES_ENDING_A_PROMISE } from '#lib/domain/chase/contact-log.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import { startOf, type Day } from '#lib/domain/day.ts';
import { departmentsOf, type Category, type ChannelKind, type Department } from '#lib/domain/parties.ts';
import { cameInTime } from '#lib/domain/report/year-outcome.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import type { Place, Turn } from '#lib/server/reads/page.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';
import type { ChannelYear } from './channel-year.ts';

export const CHASE_SORTS = ['risk', 'name', 'progress', 'activity', 'due', 'promised'] as const;
export type ChaseSort = (typeof CHASE_SORTS)[number];

/** What the board's address asks for. */
export interface ChaseQuery extends Turn {
	readonly year: number | null;
	readonly list: ChaseList | null;
	readonly stage: ChaseStage | null;
	readonly category: Category | null;
	readonly cohort: number | null;
	/** Part of the name or of the credit code. */
	readonly q: string;
	readonly sort: ChaseSort;
	readonly descending: boolean;
	/** The report whose log lies open. */
	readonly open: string | null;
}

/** A report with everything the order of the board depends on, and where that puts it. */
export interface ChaseFacts {
	readonly id: string;
	readonly enterpriseName: string;
	readonly category: Category;
	readonly cohortYear: number;
	readonly report: ChasedReport;
	readonly risk: ChaseRisk;
	/** Departments whose opinion stands on the current version, and when each gave it. */
	readonly signed: readonly Department[];
	readonly signedAt: Readonly<Partial<Record<Department, Date>>>;
	readonly submittedAt: Date | null;
	readonly firstForwardedAt: Date | null;
}

/**
 * The reports of one channel and year under the filters, each judged by the domain's own order. A channel has some dozen enterprises, 1,500 at a hundred
 * times the size: reading these few columns of all of them is what lets one rule order the board, the reminders and the export alike.
 */
export async function chaseFacts(
	db: ActorDb,
	year: ChannelYear,
	query: Pick<ChaseQuery, 'category' | 'cohort' | 'q'>,
	all: boolean,
	now: Date,
	today: Day
): Promise<ChaseFacts[]> {
	const { sql, within } = db;
	const rows = await sql<Row[]>`
		select r.id, r.enterprise_name, r.category, r.cohort_year, r.state, r.court, r.channel_kind, r.extension_on, r.owed_on, r.voluntary, r.current_version,
			r.submitted_at, r.withdrawn_at, r.reopened_at, r.first_forwarded_at, r.excuse_pending,
			r.commerce_version, r.industry_version, r.group_version, r.commerce_approved_at, r.industry_approved_at, r.group_approved_at,
			r.commerce_opened_at, r.industry_opened_at, r.group_opened_at,
			(select d.answers_filled) as answers_filled, (select d.answers_asked) as answers_asked, (select d.last_edited_at) as last_edited_at,
			(select t.returned_at) as returned_at, (select t.correct_by_on) as correct_by_on, (select c.promised_on) as promised_on,
			(select p.state) as last_state, (select p.first_forwarded_at) as last_forwarded_at, (select p.extension_on) as last_extension_on,
			(select p.owed_on) as last_owed_on, (select p.voluntary) as last_voluntary, (select y.ministry_due_on) as last_due_on,
			coalesce(p.excuse_pending, false) as last_excuse_pending, (select p.closed_at) as last_closed_at
		from annual_report r
		left join annual_report_draft d on d.report_id = r.id
		left join annual_report p on p.designation_id = r.designation_id and p.year = r.year - 1
		left join reporting_year y on y.year = p.year
		left join lateral (
			select t.returned_at, t.correct_by_on from report_return t
			where t.report_id = r.id and r.state = 'returned' and t.undone_at is null and t.answered_at is null order by t.id desc limit 1
		) t on true
		left join lateral (
			select l.promised_on from contact_log l
			where l.report_id = r.id and l.struck_at is null and l.outcome = any(${OUTCOMES_ENDING_A_PROMISE as string[]}::text[]) order by l.at desc, l.id desc
				limit 1
		) c on true
		where r.year = ${year.year} and ${within.report}
			and (${all} or r.court not in ('ministries', 'nobody'))
			and (${query.category}::text is null or r.category = ${query.category})
			and (${query.cohort}::int is null or r.cohort_year = ${query.cohort})
			and ${findsEnterprise(db, query.q, 'report')}`;
	return rows.map((row) => factsOf(row, year, now, today));
}

/** Those the address asks for: a list, a stage, or everything somebody of the channel or its enterprises still has to move. */
export function inView(facts: ChaseFacts, query: Pick<ChaseQuery, 'list' | 'stage'>): boolean {
	if (query.stage !== null && !hasReached(query.stage, facts.report, facts.signed)) return false;
	if (query.list !== null) return facts.risk.lists.includes(query.list);
	return query.stage !== null || facts.risk.lists.length > 0;
}

const byName = new Intl.Collator('zh-Hans-CN');
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The key of a row under an order: text, and the same whoever asks. */
export function sortKey({ risk, report, enterpriseName }: ChaseFacts, sort: ChaseSort): string {
	switch (sort) {
		case 'risk':
			return risk.key;
		case 'name':
			return enterpriseName;
		case 'progress':
			return String(
				report.progress === null || report.progress.asked === 0 ? 0 : Math.round((report.progress.filled / report.progress.asked) * 1_000)
			).padStart(4, '0');
		case 'activity':
			return report.lastActivityAt?.toISOString() ?? '';
		case 'due':
			return risk.dueOn ?? '9999-12-31';
		case 'promised':
			return report.promisedOn ?? '9999-12-31';
	}
}

/** Orders by a key and, where two are alike, by id; a page turn starts after a key and id, wherever that row has gone. */
export function comparePlaces(sort: ChaseSort, descending: boolean) {
	const keys = sort === 'name' ? byName.compare : compareText;
	const ids = (a: string, b: string): number => (a.length === b.length ? compareText(a, b) : a.length - b.length);
	return (a: Place, b: Place): number => (keys(a.key, b.key) || ids(a.id, b.id)) * (descending ? -1 : 1);
}

interface Row {
	id: string;
	enterprise_name: string;
	category: string;
	cohort_year: number;
	state: string;
	court: string;
	channel_kind: string;
	extension_on: string | null;
	owed_on: string | null;
	voluntary: boolean;
	current_version: number;
	submitted_at: Date | null;
	withdrawn_at: Date | null;
	reopened_at: Date | null;
	first_forwarded_at: Date | null;
	excuse_pending: boolean;
	commerce_version: number | null;
	industry_version: number | null;
	group_version: number | null;
	commerce_approved_at: Date | null;
	industry_approved_at: Date | null;
	group_approved_at: Date | null;
	commerce_opened_at: Date | null;
	industry_opened_at: Date | null;
	group_opened_at: Date | null;
	answers_filled: number | null;
	answers_asked: number | null;
	last_edited_at: Date | null;
	returned_at: Date | null;
	correct_by_on: string | null;
	promised_on: string | null;
	last_state: string | null;
	last_forwarded_at: Date | null;
	last_excuse_pending: boolean;
	last_closed_at: Date | null;
	last_extension_on: string | null;
	last_owed_on: string | null;
	last_voluntary: boolean | null;
	last_due_on: string | null;
}

function factsOf(row: Row, year: ChannelYear, now: Date, today: Day): ChaseFacts {
	const channelKind = row.channel_kind as ChannelKind;
	const versions = { commerce: row.commerce_version, industry: row.industry_version, group: row.group_version };
	const approvedAt = { commerce: row.commerce_approved_at, industry: row.industry_approved_at, group: row.group_approved_at };
	const signed = departmentsOf(channelKind).filter((department) => row.current_version > 0 && versions[department] === row.current_version);
	const court = row.court as Court;
	const activity =
		court === 'enterprise'
			? [
					startOf(year.opensOn),
					row.owed_on === null ? null : startOf(row.owed_on as Day),
					row.last_edited_at,
					row.returned_at,
					row.withdrawn_at,
					row.reopened_at
				]
			: [row.submitted_at, ...signed.map((department) => approvedAt[department]), row.commerce_opened_at, row.industry_opened_at, row.group_opened_at];
	const report: ChasedReport = {
		state: row.state as ReportState,
		court,
		channelKind,
		extensionOn: row.extension_on as Day | null,
		owedOn: row.owed_on as Day | null,
		voluntary: row.voluntary,
		channelOwnOn: year.ownDueOn,
		correctByOn: row.correct_by_on as Day | null,
		excusePending: row.excuse_pending,
		lastActivityAt: latest(activity.filter((at) => at === null || at <= now)),
		lastYearOnTime: lastYearOf(row, now),
		progress: row.answers_asked === null ? null : { filled: row.answers_filled ?? 0, asked: row.answers_asked },
		promisedOn: row.promised_on as Day | null
	};
	return {
		id: row.id,
		enterpriseName: row.enterprise_name,
		category: row.category as Category,
		cohortYear: row.cohort_year,
		report,
		risk: chaseRisk(report, { channelDueOn: year.proposedDueOn, ministryDueOn: year.ministryDueOn }, today),
		signed,
		signedAt: Object.fromEntries(signed.flatMap((department) => (approvedAt[department] ? [[department, approvedAt[department]]] : []))),
		submittedAt: row.submitted_at,
		firstForwardedAt: row.first_forwarded_at
	};
}

function lastYearOf(row: Row, now: Date): boolean | null {
	if (row.last_state === null || row.last_due_on === null) return null;
	return cameInTime(
		{
			state: row.last_state as ReportState,
			extensionOn: row.last_extension_on as Day | null,
			owedOn: row.last_owed_on as Day | null,
			voluntary: row.last_voluntary === true,
			firstForwardedAt: row.last_forwarded_at,
			excusePending: row.last_excuse_pending,
			closedAt: row.last_closed_at,
			year: { ministryDueOn: row.last_due_on as Day }
		},
		now
	);
}

function latest(instants: readonly (Date | null)[]): Date | null {
	return instants.reduce<Date | null>((found, instant) => (instant && (found === null || instant > found) ? instant : found), null);
}
