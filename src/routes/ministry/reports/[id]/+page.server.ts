import { fail, redirect } from '@sveltejs/kit';
import { MINISTRIES, isMinistry } from '#lib/domain/parties.ts';
import { problemsOf, VersionForm } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound } from '#lib/server/access.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { refused } from '#lib/server/answer.ts';
import { decideAction, decideExcuseAction, reopenAction } from '#lib/server/pages/exception-actions.ts';
import { reportPage } from '#lib/server/pages/report-page.ts';
import { ministryReport } from '#lib/server/reads/ministry/ministry-report.ts';
import type { Actions, PageServerLoad } from './$types';

const page = reportPage({ kinds: MINISTRIES, path: '/ministry/reports', read: ministryReport });

export const load: PageServerLoad = async (event) => {
	const asked = page.versionOf(event);
	const { actor } = asked;
	if (!isMinistry(actor.orgKind)) notFound(event);
	const found = (await asked.read()) ?? notFound(event);
	return { ...found, ...(await page.beside(event, asked, found)), me: actor.orgKind };
};

export const actions: Actions = {
	receive: async (event) => {
		const { actor, id, here } = page.reportOf(event);
		const read = VersionForm.safeParse({ version: (await readForm(event)).text('version') });
		if (!read.success) return fail(400, { act: 'receive' as const, problems: problemsOf(read.error) });
		const done = await receiveAnnualReports(actor, [{ id, version: read.data.version }]);
		const refusal = done.ok ? done.refused[0]?.refusal : done.refusal;
		if (refusal) return refused(event, refusal, { act: 'receive' as const });
		redirect(303, `${here}?done=received`);
	},
	return: page.returnReport,
	decide: (event) => decideAction(event, page.reportOf(event).actor),
	decideExcuse: (event) => {
		const { actor, id, here } = page.reportOf(event);
		return decideExcuseAction(event, actor, id, here);
	},
	lift: page.liftExcuse,
	reopen: (event) => {
		const { actor, id, here } = page.reportOf(event);
		return reopenAction(event, actor, id, here);
	},
	undo: page.undoReturn
};
