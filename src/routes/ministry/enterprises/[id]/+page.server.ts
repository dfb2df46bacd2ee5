import { fail, redirect } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { RecordId } from '#lib/forms/channel.ts';
import { EnterpriseEventForm } from '#lib/forms/ministry.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { recordEnterpriseEvent } from '#lib/server/acts/register/record-enterprise-event.ts';
import { refused } from '#lib/server/answer.ts';
import { ministryEnterprise } from '#lib/server/reads/ministry/ministry-enterprise.ts';
import { maskPhone } from '#lib/words/format.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const id = RecordId.safeParse(event.params.id);
	if (!id.success) notFound(event);
	const now = event.locals.now();
	const found = await ministryEnterprise(actor, id.data, now);
	if (!found) notFound(event);
	const { enterprise, channels } = found;
	return {
		enterprise: {
			...enterprise,
			contacts: enterprise.contacts.map((contact) => ({
				...contact,
				phone: contact.phone && maskPhone(contact.phone),
				email: contact.email?.replace(/^(.).*@/, '$1***@') ?? null
			}))
		},
		// Everybody reads of a move; only an approver records one.
		channels,
		mayRecord: actor.duty === 'approver',
		today: dayInBeijing(now),
		now
	};
};

export const actions: Actions = {
	event: async (event) => {
		const actor = requireActor(event, MINISTRIES);
		const id = RecordId.safeParse(event.params.id);
		if (!id.success) notFound(event);
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
		const done = await recordEnterpriseEvent(actor, id.data, read.data);
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `/ministry/enterprises/${id.data}?done=${read.data.kind}&years=${done.years.join(',')}`);
	}
};
