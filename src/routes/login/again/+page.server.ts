import { fail, redirect } from '@sveltejs/kit';
import { readForm } from '#lib/forms/read-form.ts';
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
	default: async (event) => {
		if (!event.isSubRequest) redirect(303, '/login');
		const form = await readForm(event);
		const fields = JSON.parse(form.text('kept')) as [string, string][];
		const problem = PROBLEMS.find((known) => known === form.text('problem')) ?? 'ended';
		return fail(401, { to: ownPath(form.text('to')), mark: form.text('mark'), fields, name: form.text('name'), problem, filesLost: form.has('filesLost') });
	}
};
