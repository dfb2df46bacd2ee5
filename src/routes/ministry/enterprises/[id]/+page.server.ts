import { fail, redirect } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { RevealForm } from '#lib/forms/chase.ts';
import { EnterpriseEventForm } from '#lib/forms/ministry.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound } from '#lib/server/access.ts';
import { revealContact } from '#lib/server/acts/chase/reveal-contact.ts';
import { recordEnterpriseEvent } from '#lib/server/acts/register/record-enterprise-event.ts';
import { refused } from '#lib/server/answer.ts';
import { recordOf } from '#lib/server/pages/record-address.ts';
import { ministryEnterprise } from '#lib/server/reads/ministry/ministry-enterprise.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor, id } = recordOf(event, MINISTRIES);
	const now = event.locals.now();
	const { enterprise, channels } = (await ministryEnterprise(actor, id, now)) ?? notFound(event);
	return {
		enterprise,
		// Everybody reads of a move; only an approver records one.
		channels,
		mayRecord: actor.duty === 'approver',
		today: dayInBeijing(now),
		now
	};
};

export const actions: Actions = {
	reveal: async (event) => {
		const { actor, id } = recordOf(event, MINISTRIES);
		const read = RevealForm.safeParse({ enterpriseId: id, place: (await readForm(event)).text('place') });
		const done = read.success ? await revealContact(actor, id, read.data.place) : null;
		if (!done?.ok) notFound(event);
		return { revealed: { place: read.data?.place, phone: done.phone, email: done.email } };
	},
	event: async (event) => {
		const { actor, id } = recordOf(event, MINISTRIES);
		const form = await readForm(event);
		const values = {
			kind: form.text('kind'),
			effectiveOn: form.text('effectiveOn'),
			name: form.text('name'),
			channelId: form.text('channelId'),
			note: form.text('note')
		};
		const read = EnterpriseEventForm.safeParse({ ...values, rowVersion: form.text('rowVersion') });
		if (!read.success) return fail(400, { values, problems: Object.fromEntries(read.error.issues.map((issue) => [issue.path.join('.'), issue.message])) });
		const done = await recordEnterpriseEvent(actor, id, read.data);
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `/ministry/enterprises/${id}?done=${read.data.kind}&years=${done.years.join(',')}`);
	}
};
