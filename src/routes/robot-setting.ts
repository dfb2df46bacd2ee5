import { redirect, type RequestEvent } from '@sveltejs/kit';
import { readForm } from '#lib/forms/read-form.ts';
import { RobotForm } from '#lib/forms/robot.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { setRobot } from '#lib/server/acts/chase/set-robot.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { refused } from '#lib/server/answer.ts';
import { officeRobots } from '#lib/server/reads/office/robots.ts';

/** What the pages of robots show, whosever they are. */
export async function robotsOf(event: RequestEvent, kinds: readonly OrganisationKind[]) {
	const actor = requireActor(event, kinds);
	return { robots: await officeRobots(actor), maySet: actor.duty === 'approver', done: event.url.searchParams.has('done') };
}

/** Sets a robot up and comes back to the page. */
export async function setRobotOf(event: RequestEvent, kinds: readonly OrganisationKind[]) {
	const actor = requireActor(event, kinds);
	const form = await readForm(event);
	const read = RobotForm.safeParse({
		kind: form.text('kind'),
		webhook: form.text('webhook'),
		secret: form.text('secret'),
		rowVersion: form.text('rowVersion')
	});
	if (!read.success) notFound(event);
	const done = await setRobot(actor, { ...read.data, enabled: form.text('enabled') === 'on' });
	// The address is not sent back: it may hold a key.
	if (!done.ok) return refused(event, done.refusal, { kind: read.data.kind });
	redirect(303, `${event.url.pathname}?done`);
}
