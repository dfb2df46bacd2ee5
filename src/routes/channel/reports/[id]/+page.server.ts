import { fail, redirect } from '@sveltejs/kit';
import { DEPARTMENTS, isDepartment } from '#lib/domain/parties.ts';
import { dutyRefusal } from '#lib/domain/duties.ts';
import { QUARTILES_FROM } from '#lib/domain/trend/quantile.ts';
import { ExplanationForm, lateReasonProblems, OpinionForm, problemsOf, VersionForm } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound } from '#lib/server/access.ts';
import { giveOpinion, withdrawOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { openAnnualReport } from '#lib/server/acts/report/open-annual-report.ts';
import { judgeExplanation } from '#lib/server/acts/report/judge-explanation.ts';
import { refused } from '#lib/server/answer.ts';
import { excuseAction, remarkAction } from '#lib/server/pages/exception-actions.ts';
import { reportPage } from '#lib/server/pages/report-page.ts';
import { channelReport } from '#lib/server/reads/channel/channel-report.ts';
import { deliveryLog } from '#lib/server/reads/office/delivery-log.ts';
import type { Actions, PageServerLoad } from './$types';

const page = reportPage({ kinds: DEPARTMENTS, path: '/channel/reports', read: channelReport });

export const load: PageServerLoad = async (event) => {
	const asked = page.versionOf(event);
	const { actor, id } = asked;
	if (!isDepartment(actor.orgKind)) notFound(event);
	let found = (await asked.read()) ?? notFound(event);
	// Showing the page is the opening of the report; it happens once, and a reader's look changes nothing.
	if (found.shown && found.moves.includes('open')) {
		const opened = await openAnnualReport(actor, id);
		if (opened.ok && opened.first) found = (await asked.read()) ?? found;
	}
	return {
		...found,
		...(await page.beside(event, asked, found)),
		deliveries: await deliveryLog(actor, id),
		me: actor.orgKind,
		needsApprover:
			found.report.state === 'submitted' &&
			found.report.opinions[actor.orgKind] !== found.report.currentVersion &&
			dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'giveOpinion') !== null,
		mayJudge: actor.duty !== 'reader' && found.report.state === 'submitted' && found.shown?.version.no === found.report.currentVersion,
		quartilesFrom: QUARTILES_FROM
	};
};

export const actions: Actions = {
	sign: async (event) => {
		const { actor, id, here } = page.reportOf(event);
		const form = await readForm(event);
		const values = { ...form.texts(['remark', 'lateReasonCode', 'lateReason']), checklist: form.all('checklist') };
		const read = OpinionForm.safeParse({ version: form.text('version'), ...values });
		if (!read.success) return fail(400, { act: 'sign' as const, problems: problemsOf(read.error), values });
		const { version, remark, lateReasonCode, lateReason } = read.data;
		const done = await giveOpinion(actor, id, { version, remark, late: { code: lateReasonCode, text: lateReason } });
		if (!done.ok) return refused(event, done.refusal, { act: 'sign' as const, values, problems: lateReasonProblems(done.refusal) });
		redirect(303, `${here}?done=${done.approvedByAll ? 'signed-all' : 'signed'}`);
	},
	withdraw: async (event) => {
		const { actor, id, here } = page.reportOf(event);
		const read = VersionForm.safeParse({ version: (await readForm(event)).text('version') });
		if (!read.success) return fail(400, { act: 'withdraw' as const, problems: problemsOf(read.error) });
		const done = await withdrawOpinion(actor, id, read.data.version);
		if (!done.ok) return refused(event, done.refusal, { act: 'withdraw' as const });
		redirect(303, `${here}?done=withdrawn`);
	},
	explanation: async (event) => {
		const { actor, id, here } = page.reportOf(event);
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
	return: page.returnReport,
	remark: (event) => {
		const { actor, here } = page.reportOf(event);
		return remarkAction(event, actor, here);
	},
	excuse: (event) => {
		const { actor, id, here } = page.reportOf(event);
		return excuseAction(event, actor, id, here);
	},
	lift: page.liftExcuse,
	undo: page.undoReturn
};
