import { MINISTRIES } from '#lib/domain/parties.ts';
import { needPage } from '#lib/server/pages/needs-page.ts';
import type { Actions, PageServerLoad } from './$types';

const page = needPage(MINISTRIES, '/ministry/needs');

export const load: PageServerLoad = (event) => page.load(event);

export const actions: Actions = {
	takeUp: page.takeUp,
	passOn: page.passOn,
	answer: page.answer
};
