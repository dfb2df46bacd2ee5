import { RecordId } from '#lib/forms/channel.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { channelEnterprise } from '#lib/server/reads/channel/channel-enterprise.ts';
import { maskEmail, maskPhone } from '#lib/words/format.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ['commerce', 'industry', 'group']);
	const id = RecordId.safeParse(event.params.id);
	const enterprise = id.success ? await channelEnterprise(actor, id.data, event.locals.now()) : undefined;
	if (!enterprise) notFound(event);
	// Masked before it leaves the server: a page's data is as readable as the page.
	const contacts = enterprise.contacts.map((contact) => ({
		...contact,
		phone: contact.phone && maskPhone(contact.phone),
		email: contact.email && maskEmail(contact.email)
	}));
	return { enterprise: { ...enterprise, contacts } };
};
