import type { Day } from '#lib/domain/day.ts';
import type { Department, Ministry } from '#lib/domain/parties.ts';
import type { DutyEffect } from '#lib/domain/report/duty.ts';
import type { YearOutcome } from '#lib/domain/report/year-outcome.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import { m } from '#lib/paraglide/messages.js';
import { reportPath } from '#lib/forms/report-address.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { dayIn, linkTo, queueMails, type Letter, type MailLocale } from '#lib/server/mail/mail.ts';
import { recipientsOf, type ReportRecipient } from './recipients.ts';
import type { LockedReport } from '#lib/server/store/report/annual-report.ts';

/** What just happened to a report that somebody else has to know of at once, and not only when they next look. */
export type ReportNotice =
	/** Sent back: the enterprise has to correct, and the other offices of the channel should not read on. */
	| { readonly kind: 'returned'; readonly by: Department | Ministry; readonly correctByOn: Day }
	| { readonly kind: 'return_undone'; readonly by: Department | Ministry }
	/** Left the channel: the enterprise's report is on its way. */
	| { readonly kind: 'forwarded'; readonly letterNo: string; readonly outcome: YearOutcome }
	/** Both ministries have it. */
	| { readonly kind: 'received' }
	/** Both ministries applied what the announcement date changes: nothing is owed, what was filed stands as voluntary, or it is owed again. */
	| { readonly kind: Exclude<DutyEffect, 'added'> };

/** The offices of the channel, beside the one that acts, hear of a return and of its undoing; of the rest only the enterprise hears. */
const FOR_OFFICES: readonly ReportNotice['kind'][] = ['returned', 'return_undone'];

/** What an enterprise must hear of though nobody there has an account yet: its contacts were reminded of the same duty. */
const FOR_CONTACTS: readonly ReportNotice['kind'][] = ['not_owed', 'voluntary', 'owed_again'];

/** Somebody a notice goes to; without id a contact who has no account. */
type Told = Omit<ReportRecipient, 'id'> & { readonly id: string | null };

/**
 * Tells the people a move concerns, by mail and inbox, in the transaction of the move: handlers and approvers with open accounts, never somebody
 * who left, in production never somebody made up. Four statements at most, however many reports.
 */
export async function queueReportNotices(db: ActorDb, reports: readonly LockedReport[], noticeOf: (report: LockedReport) => ReportNotice): Promise<void> {
	if (reports.length === 0) return;
	const notices = new Map(reports.map((report) => [report.id, { report, notice: noticeOf(report) }]));
	const offices = [...notices.values()].filter(({ notice }) => FOR_OFFICES.includes(notice.kind)).map(({ report }) => report.id);
	const people = await recipientsOf(db, [...notices.keys()], offices, db.actor.orgId);
	const told = new Set(people.filter(({ side }) => side === 'enterprise').map(({ reportId }) => reportId));
	const untold = [...notices.values()]
		.filter(({ report, notice }) => FOR_CONTACTS.includes(notice.kind) && !told.has(report.id))
		.map(({ report }) => report.id);
	await queueMails(
		db,
		[...people, ...(await contactsOf(db, untold))].flatMap((person) => {
			const found = notices.get(person.reportId);
			return found ? [letterOf(person, found.report, found.notice)] : [];
		})
	);
}

/** The contacts of enterprises where nobody has an account, by report. */
async function contactsOf({ sql }: ActorDb, reportIds: readonly string[]): Promise<readonly Told[]> {
	if (reportIds.length === 0) return [];
	const rows = await sql<{ report_id: string; name: string; email: string; alone: boolean }[]>`
		select r.id as report_id, k.name, k.email,
			not exists (select from annual_report x where x.enterprise_id = r.enterprise_id and x.year = r.year and x.id <> r.id) as alone
		from annual_report r join enterprise_contact k on k.enterprise_id = r.enterprise_id
		where r.id = any(${reportIds as string[]}::bigint[]) and k.email is not null order by r.id, k.place`;
	return rows.map(({ report_id, name, email, alone }) => ({ id: null, name, email, locale: 'zh-CN', reportId: report_id, side: 'enterprise', alone }));
}

function letterOf(person: Told, report: LockedReport, notice: ReportNotice): Letter {
	const { locale } = person;
	const said = { locale };
	const { year } = report.case.year;
	const toEnterprise = person.side === 'enterprise';
	const name = report.enterpriseName;
	const path = toEnterprise ? reportPath({ year, category: report.category, alone: person.alone }) : `/channel/reports/${report.id}`;
	const letter = (subject: string, paragraphs: readonly string[]): Letter => ({
		template: `report_${notice.kind}`,
		locale,
		to: person.email,
		personId: person.id,
		name: person.name,
		subject,
		paragraphs,
		link: { label: m.mail_report_action({}, said), href: linkTo(path) }
	});
	switch (notice.kind) {
		case 'returned':
			return letter(m.mail_report_returned_subject({ year }, said), [
				m.mail_report_returned_text({ year, name, by: officeWord(notice.by, locale), day: dayIn(notice.correctByOn, locale) }, said),
				...(toEnterprise ? [m.mail_report_returned_what({}, said)] : [])
			]);
		case 'return_undone':
			return letter(m.mail_report_return_undone_subject({ year }, said), [
				m.mail_report_return_undone_text({ year, name, by: officeWord(notice.by, locale) }, said)
			]);
		case 'forwarded':
			return letter(m.mail_report_forwarded_subject({ year }, said), [
				m.mail_report_forwarded_text({ year, name, letter: notice.letterNo }, said),
				notice.outcome === 'late'
					? m.mail_report_forwarded_late({}, said)
					: notice.outcome === 'extended'
						? m.mail_report_forwarded_extended({ day: dayIn(effectiveDueOn(report.case.year, report.case.extensionOn, report.case.owedOn), locale) }, said)
						: m.mail_report_forwarded_on_time({}, said)
			]);
		case 'received':
			return letter(m.mail_report_received_subject({ year }, said), [m.mail_report_received_text({ year, name }, said)]);
		case 'not_owed':
			return letter(m.mail_report_not_owed_subject({ year }, said), [m.mail_report_not_owed_text({ year, name }, said), m.mail_report_not_owed_what({}, said)]);
		case 'voluntary':
			return letter(m.mail_report_voluntary_subject({ year }, said), [m.mail_report_voluntary_text({ year, name }, said)]);
		case 'owed_again':
			return letter(m.mail_report_owed_again_subject({ year }, said), [
				m.mail_report_owed_again_text({ year, name, day: dayIn(effectiveDueOn(report.case.year, report.case.extensionOn, report.case.owedOn), locale) }, said)
			]);
	}
}

/** An office as the reader's language names it. */
export function officeWord(by: Department | Ministry, locale: MailLocale): string {
	const said = { locale };
	switch (by) {
		case 'commerce':
			return m.mail_office_commerce({}, said);
		case 'industry':
			return m.mail_office_industry({}, said);
		case 'group':
			return m.mail_office_group({}, said);
		case 'mofcom':
			return m.mail_office_mofcom({}, said);
		case 'miit':
			return m.mail_office_miit({}, said);
	}
}
