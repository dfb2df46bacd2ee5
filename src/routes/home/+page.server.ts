import { redirect } from '@sveltejs/kit';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { requirePerson } from '#lib/server/access.ts';
import type { PageServerLoad } from './$types';

const WORKBENCH = {
	enterprise: '/enterprise/home',
	commerce: '/channel/home',
	industry: '/channel/home',
	group: '/channel/home',
	mofcom: '/ministry/home',
	miit: '/ministry/home',
	administration: '/admin/organisations',
	audit: '/audit',
	expert_pool: '/inbox'
} satisfies Record<OrganisationKind, string>;

/** Leads to the workbench of one's office; with several offices and none chosen, asks which. */
export const load: PageServerLoad = (event) => {
	const person = requirePerson(event);
	if (person.seat) redirect(303, WORKBENCH[person.seat.kind]);
	return {
		name: person.name,
		seats: person.seats.map(({ orgId, kind, duty, nameZh, nameEn }) => ({ orgId, kind, duty, name: (event.locals.locale === 'en' ? nameEn : null) ?? nameZh }))
	};
};
