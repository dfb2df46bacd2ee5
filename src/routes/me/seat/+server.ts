import { redirect } from '@sveltejs/kit';
import { rowId } from '#lib/forms/account.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requirePerson } from '#lib/server/access.ts';
import { takeSeat } from '#lib/server/acts/people/set-preferences.ts';
import type { RequestHandler } from './$types';

/**
 * The switch of office: another office is another workbench, so it begins there. A page that takes its own office back stays where it is.
 */
export const POST: RequestHandler = async (event) => {
	const person = requirePerson(event);
	const form = await readForm(event);
	const seat = form.text('seat');
	if (!rowId.safeParse(seat).success || !(await takeSeat(person, seat))) notFound(event);
	if (form.has('stay')) return new Response(null, { status: 204 });
	redirect(303, '/home');
};
