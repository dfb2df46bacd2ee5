import { fail, redirect } from '@sveltejs/kit';
import { dayInBeijing, laterOf } from '#lib/domain/day.ts';
import { MINISTRIES, isMinistry } from '#lib/domain/parties.ts';
import { RETURN_REASONS } from '#lib/domain/policy.ts';
import { dateWithin, proposeCorrectionOn } from '#lib/domain/report/reporting-year.ts';
import { problemsOf, RecordId, ReturnForm, VersionForm } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { returnAnnualReport, undoReturn } from '#lib/server/acts/report/return-annual-report.ts';
import { refused } from '#lib/server/answer.ts';
import { decideAction, liftAction, reopenAction } from '#lib/server/pages/exception-actions.ts';
import { ministryReport } from '#lib/server/reads/ministry/ministry-report.ts';
import { reportExceptions } from '#lib/server/reads/office/report-exceptions.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const id = RecordId.safeParse(event.params.id);
	if (!id.success || !isMinistry(actor.orgKind)) notFound(event);
	const asked = event.url.searchParams.get('version');
	const versionNo = asked !== null && /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null;
	const now = event.locals.now();
	const found = await ministryReport(actor, id.data, versionNo, now);
	if (!found) notFound(event);
	const today = dayInBeijing(now);
	const latestOn = laterOf(today, found.correctionsUntilOn);
	return {
		...found,
		exceptions: (await reportExceptions(actor, id.data, now)) ?? notFound(event),
		me: actor.orgKind,
		now,
		correction: { earliestOn: today, latestOn, proposedOn: proposeCorrectionOn(today, found.dueOn, latestOn) },
		ignored: asked !== null && versionNo !== found.shown?.version.no ? ['version'] : []
	};
};

function reportOf(event: RequestEvent) {
	const actor = requireActor(event, MINISTRIES);
	const id = RecordId.safeParse(event.params.id);
	if (!id.success) notFound(event);
	return { actor, id: id.data, here: `/ministry/reports/${id.data}` };
}

export const actions: Actions = {
	receive: async (event) => {
		const { actor, id, here } = reportOf(event);
		const read = VersionForm.safeParse({ version: (await readForm(event)).text('version') });
		if (!read.success) return fail(400, { act: 'receive' as const, problems: problemsOf(read.error) });
		const done = await receiveAnnualReports(actor, [{ id, version: read.data.version }]);
		const refusal = done.ok ? done.refused[0]?.refusal : done.refusal;
		if (refusal) return refused(event, refusal, { act: 'receive' as const });
		redirect(303, `${here}?done=received`);
	},
	return: async (event) => {
		const { actor, id, here } = reportOf(event);
		const form = await readForm(event);
		const step = form.text('step');
		const values = { reasonCode: form.text('reasonCode'), correctByOn: form.text('correctByOn'), remark: form.text('remark') };
		const comments = form.comments();
		const kept = { act: 'return' as const, return: { values, comments: step === 'more' ? [...comments, { answerKey: '', remark: '' }] : comments } };
		if (step === 'more' || step === 'edit') return { ...kept, preview: false };
		const read = ReturnForm.safeParse({ version: form.text('version'), ...values, comments });
		if (!read.success) return fail(400, { ...kept, problems: problemsOf(read.error) });
		if (step !== 'send') {
			const problems = await previewProblems(event, id, read.data);
			return problems === null ? { ...kept, preview: true } : fail(400, { ...kept, problems });
		}
		const done = await returnAnnualReport(actor, id, {
			...read.data,
			comments: read.data.comments.map(({ answerKey, remark }) => ({ answerKey: answerKey === '' ? null : answerKey, remark }))
		});
		if (!done.ok) return refused(event, done.refusal, kept);
		redirect(303, `${here}?done=returned`);
	},
	decide: (event) => decideAction(event, reportOf(event).actor),
	lift: (event) => {
		const { actor, id, here } = reportOf(event);
		return liftAction(event, actor, id, here);
	},
	reopen: (event) => {
		const { actor, id, here } = reportOf(event);
		return reopenAction(event, actor, id, here);
	},
	undo: async (event) => {
		const { actor, id, here } = reportOf(event);
		const done = await undoReturn(actor, id);
		if (!done.ok) return refused(event, done.refusal, { act: 'undo' as const });
		redirect(303, `${here}?done=undone`);
	}
};

/** What the act would say of reason and date, before anybody is asked to confirm them. */
async function previewProblems(event: RequestEvent, id: string, input: { reasonCode: string; correctByOn: string }): Promise<Record<string, string> | null> {
	const now = event.locals.now();
	const found = await ministryReport(requireActor(event, MINISTRIES), id, null, now);
	if (!found) notFound(event);
	const today = dayInBeijing(now);
	const problems: Record<string, string> = {};
	if (!RETURN_REASONS.some((reason) => reason === input.reasonCode)) problems['reasonCode'] = 'missing';
	const date = dateWithin('correctByOn', input.correctByOn, today, laterOf(today, found.correctionsUntilOn));
	if (!date.ok) problems['correctByOn'] = date.refusal.code;
	return Object.keys(problems).length > 0 ? problems : null;
}
