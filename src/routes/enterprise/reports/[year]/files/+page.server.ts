import { ENTERPRISE } from '#lib/domain/parties.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { removeAttachment } from '#lib/server/acts/report/remove-attachment.ts';
import { refused } from '#lib/server/answer.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { readReportFiles } from '#lib/server/reads/enterprise/report-files.ts';
import { isUploadProblem } from '#lib/words/upload-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const files = (await readReportFiles(actor, event.params.year, event.locals.now())) ?? notFound(event);
	// What a form without script was told; the endpoint sends it back here.
	const problem = event.url.searchParams.get('problem');
	const slot = event.url.searchParams.get('slot');
	return { files, told: isUploadProblem(problem) && slot !== null ? { slot, problem } : null };
};

export const actions: Actions = {
	remove: async (event) => {
		const { actor, report } = await ownReport(event);
		const id = (await readForm(event)).text('id');
		const done = await removeAttachment(actor, report.id, id);
		if (!done.ok) return refused(event, done.refusal, {});
		return { removed: done.name };
	}
};
