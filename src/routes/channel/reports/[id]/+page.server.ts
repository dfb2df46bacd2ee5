import { fail, redirect } from '@sveltejs/kit';
import { dayInBeijing, laterOf } from '#lib/domain/day.ts';
import { DEPARTMENTS, isDepartment } from '#lib/domain/parties.ts';
import { RETURN_REASONS } from '#lib/domain/policy.ts';
import { dutyRefusal } from '#lib/domain/report/report-actions.ts';
import { dateWithin, proposeCorrectionOn } from '#lib/domain/report/reporting-year.ts';
import { ExplanationForm, OpinionForm, problemsOf, RecordId, ReturnForm, VersionForm } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { giveOpinion, withdrawOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { openAnnualReport } from '#lib/server/acts/report/open-annual-report.ts';
import { returnAnnualReport, undoReturn } from '#lib/server/acts/report/return-annual-report.ts';
import { judgeExplanation } from '#lib/server/acts/report/judge-explanation.ts';
import { refused } from '#lib/server/answer.ts';
import { QUARTILES_FROM } from '#lib/server/reads/channel/channel-neighbours.ts';
import { excuseAction, liftAction, remarkAction } from '#lib/server/pages/exception-actions.ts';
import { channelReport } from '#lib/server/reads/channel/channel-report.ts';
import { reportExceptions } from '#lib/server/reads/office/report-exceptions.ts';
import { deliveryLog } from '#lib/server/reads/office/delivery-log.ts';
import { withMaskedContacts } from '../../masked-contacts.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const id = RecordId.safeParse(event.params.id);
	if (!id.success || !isDepartment(actor.orgKind)) notFound(event);
	const asked = event.url.searchParams.get('version');
	const versionNo = asked !== null && /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null;
	const now = event.locals.now();
	let found = await channelReport(actor, id.data, versionNo, now);
	if (!found) notFound(event);
	// Showing the page is the opening of the report; it happens once, and a reader's look changes nothing.
	if (found.shown && found.moves.includes('open')) {
		const opened = await openAnnualReport(actor, id.data);
		if (opened.ok && opened.first) found = (await channelReport(actor, id.data, versionNo, now)) ?? found;
	}
	const today = dayInBeijing(now);
	const latestOn = laterOf(today, found.correctionsUntilOn);
	return {
		...found,
		exceptions: (await reportExceptions(actor, id.data, now)) ?? notFound(event),
		deliveries: await deliveryLog(actor, id.data),
		shown: found.shown && withMaskedContacts(found.shown),
		me: actor.orgKind,
		needsApprover:
			found.report.state === 'submitted' &&
			found.report.opinions[actor.orgKind] !== found.report.currentVersion &&
			dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'giveOpinion') !== null,
		mayJudge: actor.duty !== 'reader' && found.report.state === 'submitted' && found.shown?.version.no === found.report.currentVersion,
		now,
		correction: { earliestOn: today, latestOn, proposedOn: proposeCorrectionOn(today, found.dueOn, latestOn) },
		quartilesFrom: QUARTILES_FROM,
		ignored: [...(asked !== null && versionNo !== found.shown?.version.no ? ['version'] : [])]
	};
};

function reportOf(event: RequestEvent) {
	const actor = requireActor(event, DEPARTMENTS);
	const id = RecordId.safeParse(event.params.id);
	if (!id.success) notFound(event);
	return { actor, id: id.data, here: `/channel/reports/${id.data}` };
}

export const actions: Actions = {
	sign: async (event) => {
		const { actor, id, here } = reportOf(event);
		const form = await readForm(event);
		const values = { remark: form.text('remark'), checklist: form.all('checklist') };
		const read = OpinionForm.safeParse({ version: form.text('version'), ...values });
		if (!read.success) return fail(400, { act: 'sign' as const, problems: problemsOf(read.error), values });
		const done = await giveOpinion(actor, id, { version: read.data.version, remark: read.data.remark });
		if (!done.ok) return refused(event, done.refusal, { act: 'sign' as const, values });
		redirect(303, `${here}?done=${done.approvedByAll ? 'signed-all' : 'signed'}`);
	},
	withdraw: async (event) => {
		const { actor, id, here } = reportOf(event);
		const read = VersionForm.safeParse({ version: (await readForm(event)).text('version') });
		if (!read.success) return fail(400, { act: 'withdraw' as const, problems: problemsOf(read.error) });
		const done = await withdrawOpinion(actor, id, read.data.version);
		if (!done.ok) return refused(event, done.refusal, { act: 'withdraw' as const });
		redirect(303, `${here}?done=withdrawn`);
	},
	explanation: async (event) => {
		const { actor, id, here } = reportOf(event);
		const form = await readForm(event);
		const given = { checkKey: form.text('checkKey'), remark: form.text('remark') };
		const read = ExplanationForm.safeParse({ version: form.text('version'), verdict: form.text('verdict'), ...given });
		if (!read.success) return fail(400, { act: 'explanation' as const, problems: problemsOf(read.error), explanation: given });
		const { version, checkKey, verdict, remark } = read.data;
		const done = await judgeExplanation(actor, id, {
			version,
			checkKey,
			verdict: verdict === 'none' ? null : verdict,
			remark: verdict === 'queried' ? remark : ''
		});
		if (!done.ok) {
			const problems = done.refusal.code === 'invalid_input' ? done.refusal.fields : {};
			return refused(event, done.refusal, { act: 'explanation' as const, problems, explanation: given });
		}
		redirect(303, `${here}#explained-${checkKey.replace('/', '-')}`);
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
		const input = { ...read.data, comments: read.data.comments.map(({ answerKey, remark }) => ({ answerKey: answerKey === '' ? null : answerKey, remark })) };
		if (step !== 'send') {
			const problems = await previewProblems(event, id, actor, input);
			return problems === null ? { ...kept, preview: true } : fail(400, { ...kept, problems });
		}
		const done = await returnAnnualReport(actor, id, input);
		if (!done.ok) return refused(event, done.refusal, kept);
		redirect(303, `${here}?done=returned`);
	},
	remark: (event) => {
		const { actor, here } = reportOf(event);
		return remarkAction(event, actor, here);
	},
	excuse: (event) => {
		const { actor, id, here } = reportOf(event);
		return excuseAction(event, actor, id, here);
	},
	lift: (event) => {
		const { actor, id, here } = reportOf(event);
		return liftAction(event, actor, id, here);
	},
	undo: async (event) => {
		const { actor, id, here } = reportOf(event);
		const done = await undoReturn(actor, id);
		if (!done.ok) return refused(event, done.refusal, { act: 'undo' as const });
		redirect(303, `${here}?done=undone`);
	}
};

/** What the act would say of reason and date, before anybody is asked to confirm them. */
async function previewProblems(
	event: RequestEvent,
	id: string,
	actor: ReturnType<typeof requireActor>,
	input: { reasonCode: string; correctByOn: string }
): Promise<Record<string, string> | null> {
	const now = event.locals.now();
	const found = await channelReport(actor, id, null, now);
	if (!found) notFound(event);
	const today = dayInBeijing(now);
	const latestOn = laterOf(today, found.correctionsUntilOn);
	const problems: Record<string, string> = {};
	if (!RETURN_REASONS.some((reason) => reason === input.reasonCode)) problems['reasonCode'] = 'missing';
	const date = dateWithin('correctByOn', input.correctByOn, today, latestOn);
	if (!date.ok) problems['correctByOn'] = date.refusal.code;
	return Object.keys(problems).length > 0 ? problems : null;
}
