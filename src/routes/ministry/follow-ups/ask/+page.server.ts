import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { dayInBeijing } from '#lib/domain/day.ts';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { dateWithin } from '#lib/domain/report/reporting-year.ts';
import { answerDays } from '#lib/domain/trend/follow-up.ts';
import { problemsOf } from '#lib/forms/channel.ts';
import { figuresIn, QuestionForm } from '#lib/forms/follow-up.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { requireActor } from '#lib/server/access.ts';
import { askFollowUps } from '#lib/server/acts/trend/ask-follow-ups.ts';
import { refused } from '#lib/server/answer.ts';
import { questionsAhead } from '#lib/server/reads/ministry/questions-ahead.ts';
import { candidatesQueryOf } from '../candidates-query.ts';
import type { Actions, PageServerLoad } from './$types';

/** Which figures the address names: the act is sent to the same address, so that both mean the same. */
function chosenOf({ url }: Pick<RequestEvent, 'url'>) {
	const { query } = candidatesQueryOf(url.searchParams);
	return { query: { ...query, year: query.year ?? 0 }, chosen: figuresIn(url.searchParams.getAll('figure')) };
}

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { query, chosen } = chosenOf(event);
	// The act is sent to the page's own address: it is shown again with the same figures.
	const own = [...event.url.searchParams].filter(([name]) => !name.startsWith('/'));
	const back = new URLSearchParams(own.filter(([name]) => name !== 'figure' && name !== 'matching'));
	return {
		...(await questionsAhead(actor, query, chosen)),
		year: query.year,
		basis: query.basis,
		chosen: chosen.length,
		days: answerDays(dayInBeijing(event.locals.now())),
		action: `?${new URLSearchParams(own).toString()}&/ask`,
		back: `/ministry/follow-ups/candidates${back.size > 0 ? `?${back.toString()}` : ''}`
	};
};

export const actions: Actions = {
	/** Written first, looked at next, sent last: whom it goes to stands on the page all the while. */
	ask: async (event) => {
		const actor = requireActor(event, MINISTRIES);
		const { query } = chosenOf(event);
		const form = await readForm(event);
		const [step, values] = [form.text('step'), form.texts(['question', 'answerByOn'])];
		const figures = figuresIn(form.all('figure'));
		if (step === 'edit') return { values, preview: false };
		const read = QuestionForm.safeParse(values);
		if (!read.success) return fail(400, { values, problems: problemsOf(read.error) });
		const { earliestOn, latestOn } = answerDays(dayInBeijing(event.locals.now()));
		const date = dateWithin('answerByOn', read.data.answerByOn, earliestOn, latestOn);
		if (!date.ok) return refused(event, date.refusal, { values });
		if (step !== 'send') return { values, preview: true };
		const asked = { ...query, figures: figures.map(({ designationId, metric }) => ({ designationId, metric: metric.id })) };
		const done = await askFollowUps(actor, asked, { text: read.data.question, dueOn: read.data.answerByOn });
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `/ministry/follow-ups?asked=${done.count}`);
	}
};
