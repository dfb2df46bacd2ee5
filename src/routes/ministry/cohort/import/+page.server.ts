import { fail, redirect } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { IMPORT_MAX_BYTES, IMPORT_MAX_ROWS } from '#lib/domain/register/import-problem.ts';
import { ApplyImportForm, ConfirmCodeForm } from '#lib/forms/ministry.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { applyCohortImport } from '#lib/server/acts/register/apply-cohort-import.ts';
import { confirmCreditCode } from '#lib/server/acts/register/confirm-credit-code.ts';
import { planCohortImport } from '#lib/server/acts/register/plan-cohort-import.ts';
import { refused } from '#lib/server/answer.ts';
import { cohortImport, cohortImports } from '#lib/server/reads/ministry/cohort-import.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const asked = event.url.searchParams.get('plan');
	const plan = asked === null ? null : /^[1-9]\d{0,17}$/.test(asked) ? await cohortImport(actor, asked) : undefined;
	if (plan === undefined) notFound(event);
	const imports = plan === null ? await cohortImports(actor) : [];
	return { plan, imports, limits: { bytes: IMPORT_MAX_BYTES, rows: IMPORT_MAX_ROWS }, mayTry: actor.duty !== 'reader', mayApply: actor.duty === 'approver' };
};

export const actions: Actions = {
	try: async (event) => {
		const actor = requireActor(event, MINISTRIES);
		const file = (await readForm(event)).file('file');
		if (file === null || file.name === '') return fail(400, { problem: 'file_missing' as const });
		// What is larger is not even read into memory.
		if (file.size > IMPORT_MAX_BYTES) return fail(400, { problem: 'file_too_large' as const });
		const done = await planCohortImport(actor, { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) });
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/ministry/cohort/import?plan=${done.importId}`);
	},
	apply: async (event) => {
		const actor = requireActor(event, MINISTRIES);
		const form = await readForm(event);
		const read = ApplyImportForm.safeParse({
			importId: form.text('importId'),
			corrections: form.text('corrections') === '1',
			announcements: form.text('announcements') === '1',
			hidden: form.text('hidden') === '1'
		});
		if (!read.success) notFound(event);
		const { importId, ...choice } = read.data;
		const done = await applyCohortImport(actor, importId, choice);
		if (!done.ok) return refused(event, done.refusal, {});
		return { applied: done };
	},
	confirm: async (event) => {
		const actor = requireActor(event, MINISTRIES);
		const given = (await readForm(event)).texts(['importId', 'row', 'reason']);
		const read = ConfirmCodeForm.safeParse(given);
		if (!read.success) {
			if (read.error.issues.some((issue) => issue.path[0] !== 'reason')) notFound(event);
			return fail(400, { confirming: { row: Number(given.row), reason: given.reason, problem: read.error.issues[0]?.message ?? '' } });
		}
		const { importId, row, reason } = read.data;
		const done = await confirmCreditCode(actor, importId, row, reason);
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/ministry/cohort/import?plan=${importId}`);
	}
};
