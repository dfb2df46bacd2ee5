import { fail, redirect } from '@sveltejs/kit';
import { ownPath } from '#lib/server/access.ts';
import type { AgainProblem } from '#lib/server/pages/sign-in-again.ts';
import type { Actions, PageServerLoad } from './$types';

/** Shown in place of a page by the hook alone; nobody comes here by address. */
export const load: PageServerLoad = ({ isDataRequest, locals, request }) => {
	if (isDataRequest || request.method === 'GET') redirect(303, locals.person ? '/home' : '/login');
	return {};
};

const PROBLEMS: readonly AgainProblem[] = ['ended', 'wrong', 'locked', 'address', 'other_person'];

export const actions: Actions = {
	default: async ({ request, isSubRequest }) => {
		if (!isSubRequest) redirect(303, '/login');
		const form = await request.formData();
		const fields = JSON.parse(String(form.get('kept'))) as [string, string][];
		const problem = PROBLEMS.find((known) => known === form.get('problem')) ?? 'ended';
		return fail(401, { to: ownPath(String(form.get('to'))), fields, name: String(form.get('name')), problem, filesLost: form.has('filesLost') });
	}
};
