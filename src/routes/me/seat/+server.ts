import { redirect } from '@sveltejs/kit';
import { rowId } from '#lib/forms/account.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requirePerson } from '#lib/server/access.ts';
import { takeSeat } from '#lib/server/acts/people/set-preferences.ts';
import type { RequestHandler } from './$types';

/** The switch of office: another office is another workbench, so it begins there. */
export const POST: RequestHandler = async (event) => {
	const person = requirePerson(event);
	const seat = (await readForm(event)).text('seat');
	if (!rowId.safeParse(seat).success || !(await takeSeat(person, seat))) notFound(event);
	redirect(303, '/home');
};
