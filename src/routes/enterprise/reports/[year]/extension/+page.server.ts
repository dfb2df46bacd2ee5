import { fail, redirect } from '@sveltejs/kit';
import { problemsOf } from '#lib/forms/channel.ts';
import { AskExtensionForm } from '#lib/forms/exceptions.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound } from '#lib/server/access.ts';
import { askExtension, withdrawExtensionRequest } from '#lib/server/acts/report/ask-extension.ts';
import { refused } from '#lib/server/answer.ts';
import { excuseAction, liftAction } from '#lib/server/pages/exception-actions.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { reportExceptions } from '#lib/server/reads/office/report-exceptions.ts';
import type { Actions, PageServerLoad } from './$types';

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
		return excuseAction(event, actor, report.id, `${report.path}/extension`);
	},
	lift: async (event) => {
		const { actor, report } = await ownReport(event);
		return liftAction(event, actor, report.id, `${report.path}/extension`);
	}
};
