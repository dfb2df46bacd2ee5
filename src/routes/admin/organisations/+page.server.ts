import { fail } from '@sveltejs/kit';
import { ADMINISTRATION } from '#lib/domain/parties.ts';
import { valuesOf } from '#lib/forms/account.ts';
import { officeForm } from '#lib/forms/account-office.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { requireActor } from '#lib/server/access.ts';
import { openOrganisation } from '#lib/server/acts/people/open-organisation.ts';
import { conclude, questionOf, type PeopleFailure } from '#lib/server/pages/people-actions.ts';
import { officesAsked } from '#lib/server/pages/people-load.ts';
import { findOffices, provinces } from '#lib/server/reads/office/people.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ADMINISTRATION);
	const { locals, url } = event;
	const question = questionOf(url);
	const { kind, after, ignored } = officesAsked(url.searchParams, { withKind: true });
	const list = await findOffices(actor, { question, kind, after }, locals.locale);
	return { list, question, ignored, provinces: await provinces(actor, locals.locale), said: url.searchParams.get('said'), mayAct: actor.duty !== 'reader' };
};

export const actions: Actions = {
	open: async (event) => {
		const actor = requireActor(event, ADMINISTRATION);
		const form = await readForm(event);
		const action = `open-${form.text('kind')}`;
		const read = valuesOf(officeForm, form);
		if (!read.ok) {
			const failure: PeopleFailure = { action, refusal: null, problems: read.problems, typed: read.typed };
			return fail(400, failure);
		}
		const { kind: _kind, ...typed } = read.values;
		return conclude(event, action, await openOrganisation(actor, read.values), 'opened', typed);
	}
};
