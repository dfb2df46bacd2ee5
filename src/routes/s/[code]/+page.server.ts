import { fail, redirect } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { frozenCode } from '#lib/domain/trend/frozen-document.ts';
import { problemsOf } from '#lib/forms/channel.ts';
import { FrozenCommentForm } from '#lib/forms/frozen-view.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { actorOrNotFound, notFound } from '#lib/server/access.ts';
import { commentOnView } from '#lib/server/acts/trend/comment-on-view.ts';
import { refused } from '#lib/server/answer.ts';
import { frozenView } from '#lib/server/reads/ministry/frozen-view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = actorOrNotFound(event, MINISTRIES);
	const code = frozenCode(event.params.code) ?? notFound(event);
	const view = (await frozenView(actor, code)) ?? notFound(event);
	// The pictures are files of their own.
	const parts = view.document.parts.map((part) => ({ ...part, pictures: part.pictures.map(({ alt, width, height }) => ({ alt, width, height })) }));
	return { view: { ...view, document: { ...view.document, parts } } };
};

export const actions: Actions = {
	comment: async (event) => {
		const actor = actorOrNotFound(event, MINISTRIES);
		const code = frozenCode(event.params.code) ?? notFound(event);
		const values = (await readForm(event)).texts(['comment']);
		const read = FrozenCommentForm.safeParse(values);
		if (!read.success) return fail(400, { values, problems: problemsOf(read.error) });
		const done = await commentOnView(actor, code, read.data.comment);
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `/s/${code}?done=commented`);
	}
};
