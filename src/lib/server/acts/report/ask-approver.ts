import { m } from '#lib/paraglide/messages.js';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { askApprover as decideAsking } from '#lib/domain/report/annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { linkTo, queueMail } from '#lib/server/mail/mail.ts';
import { recordStep } from '#lib/server/store/report/annual-report.ts';
import { onReport } from '#lib/server/store/report/on-report.ts';
import { judgeDraft } from '#lib/server/store/report/report-judgement.ts';
import { recipientsIn } from '#lib/server/letters/recipients.ts';
import { pathOf } from '#lib/server/letters/report-mail.ts';

/**
 * Lets a filer who may not submit ask those who may: one mail to each approver of the enterprise, about a report that would be accepted.
 *
 * @returns refusals: not_found, not_your_duty, all of submitting but the reason for being late, asked_just_now, contacts_missing (no approver there is).
 */
export function askApprover(actor: Actor, reportId: string): Promise<Decision<{ asked: readonly string[]; at: Date }>> {
	return onReport(actor, 'askApprover', reportId, async (db, report, now) => {
		const [last] = await db.sql<
			{ at: Date }[]
		>`select at from report_event where report_id = ${report.id}::bigint and act = 'ask-approver' order by id desc limit 1`;
		const { submission } = await judgeDraft(db, report);
		const decided = decideAsking(report.case, submission, last?.at ?? null, now);
		if (!decided.ok) return decided;
		const approvers = await recipientsIn(db, ['approver']);
		if (approvers.length === 0) return refuse({ code: 'contacts_missing', required: 1, actual: 0 });
		const { year } = report.case.year;
		const path = await pathOf(db, { enterpriseId: report.enterpriseId, year, category: report.category });
		for (const { id, name, email, locale } of approvers) {
			await queueMail(db, {
				template: 'ask-approver',
				locale,
				to: email,
				personId: id,
				name,
				subject: m.report_mail_ask_subject({ year }, { locale }),
				paragraphs: [m.report_mail_ask_text({ filer: actor.personName, year }, { locale })],
				link: { label: m.report_mail_ask_action({}, { locale }), href: linkTo(`${path}/check`) }
			});
		}
		await recordStep(db, report, report.case, { act: 'ask-approver', at: now });
		await writeJournal(db, {
			act: 'ask-approver',
			objectKind: 'annual_report',
			objectId: report.id,
			article: null,
			after: { asked: approvers.map(({ id }) => id) }
		});
		return { ok: true, asked: approvers.map(({ name }) => name), at: now };
	});
}
