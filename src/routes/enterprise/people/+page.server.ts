import { ENTERPRISE } from '#lib/domain/parties.ts';
import { peopleActions } from '#lib/server/pages/people-actions.ts';
import { ownPeople } from '#lib/server/pages/people-load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => (await ownPeople(event, ENTERPRISE)).page;

const { invite, cancel, duty, end, handOver } = peopleActions(ENTERPRISE);
export const actions: Actions = { invite, cancel, duty, end, handOver };
