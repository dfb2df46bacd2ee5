import { fail, redirect } from '@sveltejs/kit';
import { readForm } from '#lib/forms/read-form.ts';
import { ownPath } from '#lib/server/access.ts';
import type { NotTaken } from '#lib/server/pages/own-page.ts';
import type { Actions, PageServerLoad } from './$types';

/** Shown in place of a page by the hook alone; nobody comes here by address. */
export const load: PageServerLoad = ({ isDataRequest, locals, request }) => {
	if (isDataRequest || request.method === 'GET') redirect(303, locals.person ? '/home' : '/login');
	return {};
};

export const actions: Actions = {
	default: async (event) => {
		if (!event.isSubRequest) redirect(303, '/login');
		const form = await readForm(event);
		const notTaken = JSON.parse(form.text('said')) as NotTaken;
		const fields = JSON.parse(form.text('kept') || '[]') as [string, string][];
		return fail(Number(form.text('status')), { notTaken, to: ownPath(form.text('to')), mark: form.text('mark'), fields, filesLost: form.has('filesLost') });
	}
};
