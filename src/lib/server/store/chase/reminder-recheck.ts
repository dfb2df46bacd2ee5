import type { Court, ReportState } from '#lib/domain/report-state.ts';
import { day, type Day } from '#lib/domain/day.ts';
import type { PlannedFor, RecipientNow } from '#lib/domain/chase/reminder-choice.ts';
import type { NamedReport } from '#lib/domain/chase/reminder-item.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Audience, RemindedReport, Step } from '#lib/domain/chase/reminder-ladder.ts';
import type { ReminderRecipient } from '#lib/domain/chase/reminder-recipients.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Db } from '#lib/server/db/door.ts';
import { heldSince } from '#lib/server/store/report/clauses.ts';

/** A reminder of one mail, with its report and its recipient as they stand now. */
export interface ReminderOfMail {
	readonly id: string;
	readonly planned: PlannedFor & { readonly step: Step };
	readonly report: NamedReport & { readonly year: Pick<ReportingYear, 'year' | 'channelDueOn' | 'ministryDueOn' | 'departureNo'> };
	readonly now: RecipientNow;
	readonly recipient: ReminderRecipient;
	readonly batchId: string | null;
}

/** Writes down that a planned reminder does not leave. */
export async function dropReminder({ sql }: Db, id: string, why: SkipReason): Promise<void> {
	await sql`update reminder set delivery = 'dropped', delivery_at = app_now(), problem = ${why} where id = ${id}::bigint`;
}

/** Who pressed the button, and what they added. */
export async function loadPress(
	{ sql }: Db,
	batchId: string
): Promise<{ readonly officeZh: string; readonly officeEn: string | null; readonly remark: string | null } | null> {
	const [row] = await sql<{ name_zh: string; name_en: string | null; remark: string | null }[]>`
		select o.name_zh, o.name_en, b.remark from reminder_batch b
		join organisation o on o.kind = b.org_kind and o.channel_id is not distinct from b.channel_id
		where b.id = ${batchId}::bigint`;
	return row ? { officeZh: row.name_zh, officeEn: row.name_en, remark: row.remark } : null;
}

interface Row {
	id: string;
	report_id: string;
	audience: string;
	step: string;
	party_due_on: string;
	court: string;
	planned_at: Date;
	recipient_key: string;
	person_id: string | null;
	recipient_name: string;
	to_address: string;
	batch_id: string | null;
	state: string;
	court_now: string;
	excuse_pending: boolean;
	court_since: Date | null;
	channel_kind: string;
	year: number;
	category: string;
	enterprise_name: string;
	extension_on: string | null;
	owed_on: string | null;
	voluntary: boolean;
	channel_due_on: string;
	ministry_due_on: string;
	departure_no: string | null;
	channel_own_on: string | null;
	correct_by_on: string | null;
	alone: boolean | null;
	email: string | null;
	locale: string | null;
	disabled_at: Date | null;
	synthetic: boolean;
	there: boolean;
}

/** The reminders a mail carries that are not given up yet. Nothing is locked: a mail server is slow, and an act must not wait for it. */
export async function loadRemindersOfMail(db: Db, mailId: string): Promise<readonly ReminderOfMail[]> {
	const { sql } = db;
	const rows = await sql<Row[]>`
		select d.id, d.report_id, d.audience, d.step, d.party_due_on, d.court, d.planned_at, d.recipient_key, d.person_id, d.recipient_name, d.to_address,
			d.batch_id,
			r.state, r.court as court_now, r.channel_kind, r.year, r.category, r.enterprise_name, r.extension_on, r.owed_on, r.voluntary,
			y.channel_due_on, y.ministry_due_on, y.departure_no,
			(select c.due_on from channel_year c where c.channel_id = r.channel_id and c.year = r.year) as channel_own_on,
			(select t.correct_by_on from report_return t where t.report_id = r.id and t.undone_at is null order by t.id desc limit 1) as correct_by_on,
			r.excuse_pending, ${heldSince(db)} as court_since,
			(select count(*) = 1 from annual_report x where x.enterprise_id = r.enterprise_id and x.year = r.year) as alone,
			(select p.locale from person p where p.id = d.person_id) as locale,
			(select p.email from person p where p.id = d.person_id) as email,
			(select p.disabled_at from person p where p.id = d.person_id) as disabled_at,
			coalesce((select p.synthetic from person p where p.id = d.person_id), exists (select from demonstration)) as synthetic,
			case when d.person_id is null
				then exists (select from enterprise_contact k where k.enterprise_id = r.enterprise_id and lower(k.email) = lower(d.to_address))
				else exists (
					select from membership b join organisation o on o.id = b.org_id
					where b.person_id = d.person_id and b.ended_at is null and o.kind = d.audience
						and (o.enterprise_id = r.enterprise_id or o.channel_id = r.channel_id))
			end as there
		from reminder d
		join annual_report r on r.id = d.report_id
		join reporting_year y on y.year = r.year
		where d.mail_id = ${mailId}::bigint and d.delivery <> 'dropped'
		order by d.id`;
	return rows.map((row) => {
		const reminded: RemindedReport = {
			state: row.state as ReportState,
			court: row.court_now as Court,
			channelKind: row.channel_kind as RemindedReport['channelKind'],
			extensionOn: dayOr(row.extension_on),
			owedOn: dayOr(row.owed_on),
			voluntary: row.voluntary,
			channelOwnOn: dayOr(row.channel_own_on),
			correctByOn: dayOr(row.correct_by_on),
			excusePending: row.excuse_pending,
			courtSince: row.court_since
		};
		return {
			id: row.id,
			planned: {
				audience: row.audience as Audience,
				court: row.court as Court,
				partyDueOn: day(row.party_due_on),
				step: row.step as Step,
				plannedAt: row.planned_at
			},
			report: {
				id: row.report_id,
				enterpriseName: row.enterprise_name,
				category: row.category as Category,
				alone: row.alone === true,
				reminded,
				year: { year: row.year, channelDueOn: day(row.channel_due_on), ministryDueOn: day(row.ministry_due_on), departureNo: row.departure_no }
			},
			now: { kind: row.person_id === null ? 'contact' : 'person', there: row.there, disabled: row.disabled_at !== null, synthetic: row.synthetic },
			// A person is written to where they read their mail now.
			recipient: {
				key: row.recipient_key,
				personId: row.person_id,
				name: row.recipient_name,
				address: row.email ?? row.to_address,
				locale: row.locale === 'en' ? 'en' : 'zh-CN'
			},
			batchId: row.batch_id
		};
	});
}

function dayOr(text: string | null): Day | null {
	return text === null ? null : day(text);
}
