import { m } from '#lib/paraglide/messages.js';
import { reportPath } from '#lib/forms/report-address.ts';
import type { Category, Duty } from '#lib/domain/parties.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { instantIn, linkTo, queueMail, type MailLocale } from '#lib/server/mail/mail.ts';

interface Recipient {
	readonly id: string;
	readonly name: string;
	readonly email: string;
	readonly locale: MailLocale;
}

/** The people of the acting organisation with these duties whose accounts are open; never the system's made-up addresses, those are people too. */
export async function recipientsIn({ sql, actor }: ActorDb, duties: readonly Duty[]): Promise<readonly Recipient[]> {
	const rows = await sql<{ id: string; name: string; email: string; locale: string }[]>`
		select p.id, p.name, p.email, p.locale from membership b join person p on p.id = b.person_id
		where b.org_id = ${actor.orgId}::bigint and b.duty = any(${duties as Duty[]}) and b.ended_at is null and p.disabled_at is null order by p.id`;
	return rows.map((row) => ({ ...row, locale: row.locale === 'en' ? 'en' : 'zh-CN' }));
}

/** The path of a report among the pages of its enterprise. */
export async function pathOf({ sql }: ActorDb, report: { readonly enterpriseId: string; readonly year: number; readonly category: Category }): Promise<string> {
	const [row] = await sql<
		{ owed: number }[]
	>`select count(*)::int as owed from annual_report r where r.enterprise_id = ${report.enterpriseId}::bigint and r.year = ${report.year}`;
	return reportPath({ year: report.year, category: report.category, alone: row?.owed === 1 });
}

export interface ReceiptLetter {
	readonly year: number;
	readonly receiptNo: string;
	readonly submittedAt: Date;
	readonly contentHash: string;
	/** Of the receipt page. */
	readonly path: string;
}

/** The receipt by mail: number, time and hash, and where it can be verified. Figures and names stay out of the subject. */
export async function queueReceipt(db: ActorDb, receipt: ReceiptLetter, recipients: readonly Recipient[]): Promise<void> {
	for (const { id, name, email, locale } of recipients) {
		const said = { locale };
		await queueMail(db, {
			template: 'receipt',
			locale,
			to: email,
			personId: id,
			name,
			subject: m.report_mail_receipt_subject({ year: receipt.year }, said),
			paragraphs: [
				m.report_mail_receipt_text({ year: receipt.year, at: instantIn(receipt.submittedAt, locale) }, said),
				m.report_mail_receipt_number({ receipt: receipt.receiptNo }, said),
				m.report_mail_receipt_hash({ hash: receipt.contentHash }, said),
				m.report_mail_receipt_verify({ address: linkTo('/verify') }, said)
			],
			link: { label: m.report_mail_receipt_action({}, said), href: linkTo(receipt.path) }
		});
	}
}
