import { fail, redirect } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { CHANNEL_MATTERS } from '#lib/domain/report/channel-matters.ts';
import { asked, notFoundIn } from '#lib/forms/asked.ts';
import { problemsOf } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { channelsAsked, RemindChannelsForm } from '#lib/forms/remind-channels.ts';
import { requireActor } from '#lib/server/access.ts';
import { remindChannels } from '#lib/server/acts/chase/remind-channels.ts';
import { refused } from '#lib/server/answer.ts';
import { ministryRemind } from '#lib/server/reads/ministry/ministry-remind.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const params = event.url.searchParams;
	const of = asked(params);
	const query = { year: of.year('year'), matter: of.oneOf('matter', CHANNEL_MATTERS), category: of.classOf('class'), cohort: of.year('cohort') };
	const all = params.get('matching') === '1';
	const found = await ministryRemind(actor, { ...query, channelIds: all ? null : channelsAsked(params) }, event.locals.now());
	const ignored = [
		...of.ignored(['region', 'matching']),
		...notFoundIn({ year: query.year }, found),
		...(!all && channelsAsked(params).length > (found.chosen?.length ?? 0) ? ['region'] : [])
	];
	return {
		...found,
		query,
		ignored,
		maySend: actor.duty !== 'reader'
	};
};

export const actions: Actions = {
	send: async (event) => {
		const actor = requireActor(event, MINISTRIES);
		const form = await readForm(event);
		const read = RemindChannelsForm.safeParse({
			year: form.text('year'),
			channelIds: form.all('region'),
			matter: form.text('matter'),
			category: form.text('category'),
			cohort: form.text('cohort'),
			remark: form.text('remark')
		});
		if (!read.success) return fail(400, { problems: problemsOf(read.error) });
		const done = await remindChannels(actor, read.data);
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/ministry/progress/remind/${done.batchId}`);
	}
};
