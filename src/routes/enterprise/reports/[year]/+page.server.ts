import { redirect } from '@sveltejs/kit';
import { ENTERPRISE } from '#lib/domain/parties.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import { withdrawAnnualReport } from '#lib/server/acts/report/withdraw-annual-report.ts';
import { refusedInWords } from '#lib/server/answer.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { enterpriseNeeds } from '#lib/server/reads/enterprise/enterprise-needs.ts';
import { readFilingTasks } from '#lib/server/reads/enterprise/filing-tasks.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const now = event.locals.now();
	const tasks = (await readFilingTasks(actor, event.params.year, now)) ?? notFound(event);
	const { year, category } = tasks.head;
	return { tasks, needs: await enterpriseNeeds(actor, { year, category }), now };
};

export const actions: Actions = {
	/** Makes the draft with what is known already, so that the first page is not empty. */
	start: async (event) => {
		const { actor, report } = await ownReport(event);
		const done = await saveAnswers(actor, report.id, []);
		if (!done.ok) return refusedInWords(event, done.refusal, {});
		redirect(303, `${report.path}/basics`);
	},
	withdraw: async (event) => {
		const { actor, report } = await ownReport(event);
		const version = Number((await readForm(event)).text('version'));
		const done = await withdrawAnnualReport(actor, report.id, Number.isSafeInteger(version) ? version : -1);
		if (!done.ok) return refusedInWords(event, done.refusal, {});
		return { withdrawn: done.withdrawnVersion };
	}
};
