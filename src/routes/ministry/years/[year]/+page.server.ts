import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { DATE_FIELDS } from '#lib/domain/report/reporting-year.ts';
import { RecordId } from '#lib/forms/channel.ts';
import { AmendYearForm, YearForm } from '#lib/forms/ministry.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { confirmYearAmendment, proposeYearAmendment, withdrawYearAmendment } from '#lib/server/acts/report/amend-reporting-year.ts';
import { settleDuties, withdrawDutySettlement } from '#lib/server/acts/report/settle-duties.ts';
import { refused } from '#lib/server/answer.ts';
import { ministryYearDates } from '#lib/server/reads/ministry/ministry-year-dates.ts';
import type { Actions, PageServerLoad } from './$types';

function yearOf(event: Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>) {
	const actor = requireActor(event, MINISTRIES);
	const read = YearForm.safeParse({ year: event.params['year'] });
	if (!read.success) notFound(event);
	return { actor, year: read.data.year };
}

async function amendmentOf(event: RequestEvent): Promise<string> {
	const id = RecordId.safeParse((await readForm(event)).text('amendmentId'));
	if (!id.success) notFound(event);
	return id.data;
}

export const load: PageServerLoad = async (event) => {
	const { actor, year } = yearOf(event);
	const found = (await ministryYearDates(actor, year)) ?? notFound(event);
	return { ...found, me: actor.orgKind, mayDecide: actor.duty === 'approver' };
};

export const actions: Actions = {
	settle: async (event) => {
		const { actor, year } = yearOf(event);
		const done = await settleDuties(actor, year, (await readForm(event)).text('mark'));
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/ministry/years/${year}?done=${done.applied ? 'settled' : 'agreed'}`);
	},
	unsettle: async (event) => {
		const { actor, year } = yearOf(event);
		const done = await withdrawDutySettlement(actor, year);
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/ministry/years/${year}?done=unsettled`);
	},
	propose: async (event) => {
		const { actor, year } = yearOf(event);
		const values = (await readForm(event)).texts([...DATE_FIELDS, 'documentNo', 'reason']);
		const read = AmendYearForm.safeParse(values);
		if (!read.success) return fail(400, { values, problems: Object.fromEntries(read.error.issues.map((issue) => [issue.path.join('.'), issue.message])) });
		const done = await proposeYearAmendment(actor, year, read.data);
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `/ministry/years/${year}?done=proposed`);
	},
	confirm: async (event) => {
		const { actor, year } = yearOf(event);
		const done = await confirmYearAmendment(actor, year, await amendmentOf(event));
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/ministry/years/${year}?done=confirmed`);
	},
	withdraw: async (event) => {
		const { actor, year } = yearOf(event);
		const done = await withdrawYearAmendment(actor, year, await amendmentOf(event));
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/ministry/years/${year}?done=ended`);
	}
};
