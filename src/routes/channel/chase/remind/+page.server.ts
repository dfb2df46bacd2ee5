import { fail, redirect } from '@sveltejs/kit';
import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { problemsOf, RecordId } from '#lib/forms/channel.ts';
import { RemindForm } from '#lib/forms/chase.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { requireActor } from '#lib/server/access.ts';
import { remindByHand } from '#lib/server/acts/chase/remind-by-hand.ts';
import { refused } from '#lib/server/answer.ts';
import { channelRemind } from '#lib/server/reads/channel/channel-remind.ts';
import { listQueryOf } from '../list-query.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const params = event.url.searchParams;
	const { query } = listQueryOf(params);
	const chosen = params.get('matching') === '1' ? null : params.getAll('report').filter((id) => RecordId.safeParse(id).success);
	const found = await channelRemind(actor, query, chosen, event.locals.now());
	// Back to the same view of the board, without what was ticked.
	const back = new URLSearchParams([...params].filter(([name]) => name !== 'report' && name !== 'matching' && !name.startsWith('/')));
	return { ...found, back: `/channel/chase${back.size > 0 ? `?${back.toString()}` : ''}`, maySend: actor.duty !== 'reader' };
};

export const actions: Actions = {
	send: async (event) => {
		const actor = requireActor(event, DEPARTMENTS);
		const form = await readForm(event);
		const read = RemindForm.safeParse({ year: form.text('year'), reportIds: form.all('reportId'), remark: form.text('remark') });
		if (!read.success) return fail(400, { problems: problemsOf(read.error) });
		const done = await remindByHand(actor, read.data);
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/channel/chase/batches/${done.batchId}`);
	}
};
