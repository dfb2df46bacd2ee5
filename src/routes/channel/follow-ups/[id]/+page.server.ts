import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { followUpPage } from '#lib/server/pages/follow-ups-page.ts';
import type { Actions, PageServerLoad } from './$types';

const page = followUpPage(DEPARTMENTS, '/channel/follow-ups');

export const load: PageServerLoad = (event) => page.load(event);

export const actions: Actions = {
	passOn: page.passOn,
	answer: page.answer
};
