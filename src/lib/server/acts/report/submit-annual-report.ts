import { createHash } from 'node:crypto';
import { submit } from '#lib/domain/report/annual-report.ts';
import { canonicalJson, type ReportContent } from '#lib/domain/form/report-content.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { receiptNumber } from '#lib/domain/report/receipt-number.ts';
import { keptVerdictOf, versionContent, versionCounts, type VersionCounts } from '#lib/domain/report/report-version.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { ActorDb, Db } from '#lib/server/db/door.ts';
import { addFigures } from '#lib/server/store/report/annual-figure.ts';
import type { LockedReport } from '#lib/server/store/report/annual-report.ts';
import { addFieldRevenues } from '#lib/server/store/report/field-revenue.ts';
import { saveIdentity } from '#lib/server/store/report/enterprise-identity.ts';
import { endExcuse } from '#lib/server/store/report/excuse.ts';
import { onReport, saveMove } from '#lib/server/store/report/on-report.ts';
import { judgeDraft } from '#lib/server/store/report/report-judgement.ts';
import { addVerdict } from '#lib/server/store/report/version-verdict.ts';
import { recipientsIn } from '#lib/server/letters/recipients.ts';
import { pathOf, queueReceipt } from '#lib/server/letters/report-mail.ts';

export interface SubmitInput {
	/** The version the filer's page showed as submitted last; 0 for the first. A repeated click repeats it, and gets the same receipt. */
	readonly afterVersion: number;
	/** Asked for after the date, with a sentence. */
	readonly lateReasonCode: string | null;
	readonly lateReason: string;
}

export interface Receipt {
	readonly receiptNo: string;
	readonly versionNo: number;
	readonly submittedAt: Date;
	readonly contentHash: string;
	/** False when this version had been submitted already and the receipt is given again. */
	readonly fresh: boolean;
}

/**
 * 方案第十一条: hands the report to its channel as a new immutable version, with receipt and content hash. Late reports are taken and
 * marked. Fifty clicks give one version and fifty equal receipts: the repeat finds the version its page was waiting for.
 *
 * The deadline is judged by the database's clock, read when the submission arrives: waiting for a lock does not make a report late.
 *
 * @returns refusals: not_found, not_your_duty, wrong_state, year_closed, not_open_yet, stale_version, incomplete (check keys),
 * comments_unanswered, nothing_changed, reason_required.
 */
export function submitAnnualReport(actor: Actor, reportId: string, input: SubmitInput): Promise<Decision<Receipt>> {
	return onReport(actor, 'submit', reportId, async (db, report, now) => {
		if (report.case.currentVersion === input.afterVersion + 1 && report.case.state !== 'draft' && report.case.state !== 'returned')
			return receiptOf(db, report, input.afterVersion + 1);
		if (report.case.currentVersion !== input.afterVersion)
			return refuse({ code: 'stale_version', expected: input.afterVersion, actual: report.case.currentVersion });

		const [{ form, answers, attachments, judged, explained, submission, before }, nameOfChannel] = await Promise.all([
			judgeDraft(db, report),
			channelName(db, report.channelId)
		]);
		const decided = submit(report.case, { ...submission, lateReasonCode: input.lateReasonCode }, now);
		if (!decided.ok) return decided;
		const lateReason = input.lateReason.trim();
		if (decided.lateReasonCode !== null && lateReason === '') return refuse({ code: 'invalid_input', fields: { lateReason: 'missing' } });

		const content = versionContent(
			{
				reportYear: report.case.year.year,
				enterprise: { name: report.enterpriseName, creditCode: report.creditCode },
				channel: { id: report.channelId, name: nameOfChannel }
			},
			{
				form,
				version: decided.version,
				policyVersion: judged.policy.version,
				answers,
				attachments,
				explained,
				// What was said of earlier late days stays said: the ministries read only the version that comes to them.
				late:
					decided.lateReasonCode !== null
						? { reasonCode: decided.lateReasonCode, reason: lateReason }
						: report.case.firstForwardedAt === null
							? (before?.late ?? null)
							: null,
				personName: actor.personName,
				at: now
			}
		);
		const receipt = await freeze(db, report, content, now, versionCounts(judged.checks, judged.findings));
		const { answersReturnId } = decided;
		const [path, recipients] = await Promise.all([
			pathOf(db, { enterpriseId: report.enterpriseId, year: content.reportYear, category: report.category }),
			recipientsIn(db, ['handler', 'approver']),
			addFigures(db, report, decided.version, judged.read),
			form.fields.some((field) => field.row !== undefined) ? addFieldRevenues(db, report, decided.version, answers) : undefined,
			addVerdict(db, report.id, decided.version, judged.policy.version, keptVerdictOf(judged.findings)),
			saveIdentity(db, report.enterpriseId, content.answers),
			report.case.excusePending ? endExcuse(db, report.id, actor.personName, now) : undefined,
			answersReturnId === null ? undefined : db.sql`update report_return set answered_at = ${now} where id = ${answersReturnId}::bigint`,
			db.sql`delete from annual_report_draft where report_id = ${report.id}::bigint`,
			saveMove(db, report, decided.next, {
				act: 'submit-annual-report',
				at: now,
				article: '11',
				versionNo: decided.version,
				detail: { receiptNo: receipt.receiptNo, late: decided.late },
				before: { state: report.case.state, version: report.case.currentVersion },
				after: { state: decided.next.state, version: decided.version, receiptNo: receipt.receiptNo, contentHash: receipt.contentHash, late: decided.late }
			})
		]);
		await queueReceipt(db, { year: content.reportYear, ...receipt, path: `${path}/receipt?version=${decided.version}` }, recipients);
		return { ok: true, ...receipt, fresh: true };
	});
}

/** Stores the version. The database checks the hash against the text, so a receipt cannot speak of other bytes. */
async function freeze(
	{ sql, actor }: ActorDb,
	report: LockedReport,
	content: ReportContent,
	now: Date,
	counts: VersionCounts
): Promise<Omit<Receipt, 'fresh'>> {
	const text = canonicalJson(content);
	const contentHash = createHash('sha256').update(text, 'utf8').digest('hex');
	const receiptNo = receiptNumber({ ...content, channelId: content.channel.id, reportId: report.id });
	await sql`
		insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no,
			late_reason_code, late_reason, content, content_hash, warnings, criteria_unmet, criteria_unknown)
		values (${report.id}::bigint, ${content.version}, ${content.formVersion}, ${content.policyVersion}, ${now}, ${actor.personId}, ${actor.personName},
			${receiptNo}, ${content.late?.reasonCode ?? null}, ${content.late?.reason ?? null}, ${text}, ${contentHash}, ${counts.warnings}, ${counts.criteriaUnmet},
				${counts.criteriaUnknown})`;
	return { receiptNo, versionNo: content.version, submittedAt: now, contentHash };
}

async function receiptOf({ sql }: Db, report: LockedReport, versionNo: number): Promise<Decision<Receipt>> {
	const [row] = await sql<{ receipt_no: string; submitted_at: Date; content_hash: string }[]>`
		select receipt_no, submitted_at, content_hash from annual_report_version where report_id = ${report.id}::bigint and no = ${versionNo}`;
	if (!row) return refuse({ code: 'not_found' });
	return { ok: true, receiptNo: row.receipt_no, versionNo, submittedAt: row.submitted_at, contentHash: row.content_hash, fresh: false };
}

async function channelName({ sql }: Db, channelId: string): Promise<string> {
	const [row] = await sql<{ name_zh: string }[]>`select name_zh from channel where id = ${channelId}`;
	return row?.name_zh ?? channelId;
}
