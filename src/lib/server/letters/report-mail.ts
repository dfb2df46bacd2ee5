import { m } from '#lib/paraglide/messages.js';
import { reportPath } from '#lib/forms/report-address.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { instantIn, linkTo, queueMail } from '#lib/server/mail/mail.ts';
import type { Recipient } from './recipients.ts';

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
