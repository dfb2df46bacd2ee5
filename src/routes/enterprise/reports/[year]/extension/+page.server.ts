import { fail, redirect } from '@sveltejs/kit';
import { ENTERPRISE } from '#lib/domain/parties.ts';
import { problemsOf } from '#lib/forms/channel.ts';
import { AskExtensionForm, ExcuseForm } from '#lib/forms/exceptions.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { askExtension, withdrawExtensionRequest } from '#lib/server/acts/report/ask-extension.ts';
import { excuseAnnualReport, liftExcuse } from '#lib/server/acts/report/excuse-annual-report.ts';
import { refused } from '#lib/server/answer.ts';
import { readOwnReport } from '#lib/server/reads/enterprise/filing-report.ts';
import { reportExceptions } from '#lib/server/reads/office/report-exceptions.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor, report } = await ownReport(event);
	const now = event.locals.now();
	const exceptions = (await reportExceptions(actor, report.id, now)) ?? notFound(event);
	return {
		exceptions,
		path: report.path,
		channelKind: report.offices.some(({ kind }) => kind === 'group') ? ('central_group' as const) : ('province' as const)
	};
};

async function ownReport(event: Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>) {
	const actor = requireActor(event, ENTERPRISE);
	return { actor, report: (await readOwnReport(actor, event.params.year)) ?? notFound(event) };
}

export const actions: Actions = {
	ask: async (event) => {
		const { actor, report } = await ownReport(event);
		const form = await readForm(event);
		const values = { untilOn: form.text('untilOn'), reasonCode: form.text('reasonCode'), reason: form.text('reason') };
		const read = AskExtensionForm.safeParse(values);
		if (!read.success) return fail(400, { act: 'ask' as const, values, problems: problemsOf(read.error) });
		const done = await askExtension(actor, report.id, read.data);
		if (!done.ok) return refused(event, done.refusal, { act: 'ask' as const, values });
		redirect(303, `${report.path}/extension?done=asked`);
	},
	withdraw: async (event) => {
		const { actor, report } = await ownReport(event);
		const done = await withdrawExtensionRequest(actor, report.id);
		if (!done.ok) return refused(event, done.refusal, { act: 'withdraw' as const });
		redirect(303, `${report.path}/extension?done=withdrawn`);
	},
	excuse: async (event) => {
		const { actor, report } = await ownReport(event);
		const form = await readForm(event);
		const values = { excuseReason: form.text('reasonCode'), remark: form.text('remark') };
		const read = ExcuseForm.safeParse({ reasonCode: values.excuseReason, remark: values.remark });
		if (!read.success) return fail(400, { act: 'excuse' as const, values, problems: problemsOf(read.error) });
		const done = await excuseAnnualReport(actor, report.id, read.data);
		if (!done.ok) return refused(event, done.refusal, { act: 'excuse' as const, values });
		redirect(303, `${report.path}/extension?done=excused`);
	},
	lift: async (event) => {
		const { actor, report } = await ownReport(event);
		const done = await liftExcuse(actor, report.id);
		if (!done.ok) return refused(event, done.refusal, { act: 'lift' as const });
		redirect(303, `${report.path}/extension?done=lifted`);
	}
};
