import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Refusal } from '#lib/domain/refusal.ts';
import { isViewPage } from '#lib/domain/saved-view.ts';
import { viewQuery } from '#lib/forms/list-address.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { RenameViewForm, SaveViewForm, ViewSharingForm, ViewIdForm } from '#lib/forms/saved-view.ts';
import { requireActor, requirePerson } from '#lib/server/access.ts';
import { deleteView } from '#lib/server/acts/views/delete-view.ts';
import { renameView } from '#lib/server/acts/views/rename-view.ts';
import { saveView } from '#lib/server/acts/views/save-view.ts';
import { setViewSharing } from '#lib/server/acts/views/set-view-sharing.ts';
import { hideIfNotFound, statusOf } from '#lib/server/answer.ts';
import { savedViews } from '#lib/server/reads/person/saved-views.ts';
import { pageWord } from '#lib/words/navigation.ts';
import { refusalText } from '#lib/words/refusal-words.ts';
import type { Actions, PageServerLoad } from './$types';

function actorOf(event: RequestEvent) {
	const { seat } = requirePerson(event);
	return requireActor(event, seat ? [seat.kind] : []);
}

/** The list somebody comes from to keep it, where it is one of ours: without script the menu of the bar is this page. */
function listAsked(address: string | null) {
	const [page = '', query] = (address ?? '').split(/(?=\?)/u, 2);
	return isViewPage(page) ? { page, query: viewQuery(query ?? '') } : null;
}

export const load: PageServerLoad = async (event) => {
	const actor = actorOf(event);
	const views = await savedViews(actor);
	return {
		kept: views.map((view) => ({ ...view, list: pageWord(view.page) })),
		mayRemoveShared: actor.duty === 'approver',
		asked: listAsked(event.url.searchParams.get('of')),
		said: event.url.searchParams.get('said')
	};
};

/** What was typed, and why it was not taken; `id` is the view it was typed for. */
type Failure = { readonly sentence: string | null; readonly values: Record<string, string> };

function again(status: number, failure: Failure) {
	return fail(status, failure);
}

function refusedAgain(event: RequestEvent, refusal: Refusal, values: Record<string, string>) {
	hideIfNotFound(event, refusal);
	return again(statusOf(refusal), { sentence: refusalText(refusal), values });
}

export const actions: Actions = {
	/** From the list itself, where it ends again; what is refused is asked for anew here. */
	save: async (event) => {
		const actor = actorOf(event);
		const values = (await readForm(event)).texts(['page', 'query', 'name', 'shared']);
		const read = SaveViewForm.safeParse(values);
		if (!read.success) return again(400, { sentence: null, values });
		const { page, query, name, shared } = read.data;
		const done = await saveView(actor, { page, query, name, shared: shared === '1' });
		if (!done.ok) return refusedAgain(event, done.refusal, values);
		redirect(303, `${page}${query}${query === '' ? '?' : '&'}said=view_saved`);
	},
	rename: async (event) => {
		const actor = actorOf(event);
		const values = (await readForm(event)).texts(['id', 'name']);
		const read = RenameViewForm.safeParse(values);
		if (!read.success) return again(400, { sentence: null, values });
		const done = await renameView(actor, read.data.id, read.data.name);
		if (!done.ok) return refusedAgain(event, done.refusal, values);
		redirect(303, '/views?said=renamed');
	},
	share: async (event) => {
		const actor = actorOf(event);
		const values = (await readForm(event)).texts(['id', 'shared']);
		const read = ViewSharingForm.safeParse(values);
		if (!read.success) return again(400, { sentence: null, values });
		const shared = read.data.shared === 'yes';
		const done = await setViewSharing(actor, read.data.id, shared);
		if (!done.ok) return refusedAgain(event, done.refusal, values);
		redirect(303, `/views?said=${shared ? 'shared' : 'unshared'}`);
	},
	delete: async (event) => {
		const actor = actorOf(event);
		const values = (await readForm(event)).texts(['id']);
		const read = ViewIdForm.safeParse(values);
		if (!read.success) return again(400, { sentence: null, values });
		const done = await deleteView(actor, read.data.id);
		if (!done.ok) return refusedAgain(event, done.refusal, values);
		redirect(303, '/views?said=deleted');
	}
};
