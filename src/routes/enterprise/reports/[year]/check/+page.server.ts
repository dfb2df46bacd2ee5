import { redirect } from '@sveltejs/kit';
import { ENTERPRISE } from '#lib/domain/parties.ts';
import { readText } from '#lib/domain/form/number-reading.ts';
import { LATE_REASON_MAX } from '#lib/forms/limits.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { submitForm } from '#lib/forms/submit-report.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { askApprover } from '#lib/server/acts/report/ask-approver.ts';
import { submitAnnualReport } from '#lib/server/acts/report/submit-annual-report.ts';
import { refused } from '#lib/server/answer.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { readReportCheck } from '#lib/server/reads/enterprise/report-check.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const report = (await readReportCheck(actor, event.params.year, event.locals.now())) ?? notFound(event);
	const { state, path, currentVersion } = report.head;
	if (state !== 'draft' && state !== 'returned') redirect(303, currentVersion > 0 ? `${path}/receipt` : path);
	return { report };
};

export const actions: Actions = {
	submit: async (event) => {
		const { actor, report } = await ownReport(event);
		const form = await readForm(event);
		const values = form.texts(['lateReasonCode', 'lateReason']);
		const parsed = submitForm.safeParse(form.fields);
		const reason = readText(values.lateReason, LATE_REASON_MAX);
		if (!parsed.success || !reason.ok)
			return refused(event, { code: 'invalid_input', fields: { lateReason: reason.ok ? 'unknown' : reason.code } }, { values });
		const done = await submitAnnualReport(actor, report.id, parsed.data);
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `${report.path}/receipt`);
	},
	/** Whoever may not submit asks those who may. */
	ask: async (event) => {
		const { actor, report } = await ownReport(event);
		const done = await askApprover(actor, report.id);
		if (!done.ok) return refused(event, done.refusal, { asking: true });
		return { asked: done.asked };
	}
};
