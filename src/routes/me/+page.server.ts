import { error, fail, redirect } from '@sveltejs/kit';
import { newPasswordForm, profileForm, valuesOf, type Problems } from '#lib/forms/account.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { requireActor, requirePerson } from '#lib/server/access.ts';
import { makeCalendarFeed, revokeCalendarFeed } from '#lib/server/acts/people/calendar-feed.ts';
import { changePassword } from '#lib/server/acts/people/reset-password.ts';
import { setDigests } from '#lib/server/acts/people/set-digests.ts';
import { setProfile } from '#lib/server/acts/people/set-profile.ts';
import { endOwnSessions } from '#lib/server/acts/people/sign-out.ts';
import { statusOf } from '#lib/server/answer.ts';
import { linkTo } from '#lib/server/mail/mail.ts';
import { accountOf } from '#lib/server/reads/person/account.ts';
import { refusalText } from '#lib/words/refusal-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const person = requirePerson(event);
	const { locals, url } = event;
	return {
		account: await accountOf(person),
		offices: person.seats.map(({ orgId, kind, duty, nameZh, nameEn }) => ({
			orgId,
			kind,
			duty,
			name: (locals.locale === 'en' ? nameEn : null) ?? nameZh,
			current: orgId === person.seat?.orgId
		})),
		said: url.searchParams.get('said')
	};
};

type Failure = { problems: Problems; typed: Record<string, string>; current: 'wrong' | 'locked' | null; feed?: string };

function shownAgain(status: number, failure: Failure) {
	return fail(status, failure);
}

export const actions: Actions = {
	profile: async (event) => {
		const person = requirePerson(event);
		const read = valuesOf(profileForm, await readForm(event));
		if (!read.ok) return shownAgain(400, { problems: read.problems, typed: read.typed, current: null });
		await setProfile(person, read.values, event.locals);
		redirect(303, '/me?said=saved');
	},
	password: async (event) => {
		const person = requirePerson(event);
		const form = await readForm(event);
		const current = form.text('current');
		const read = valuesOf(newPasswordForm([person.name, person.email]), form);
		const problems: Problems = {
			...(current === '' || current.length > 1_000 ? { current: 'password_missing' as const } : {}),
			...(read.ok ? {} : read.problems)
		};
		if (!read.ok || Object.keys(problems).length > 0) return shownAgain(400, { problems, typed: {}, current: null });
		const outcome = await changePassword(person, { current, password: read.values.password }, event.locals);
		if (!outcome.ok) {
			const locked = outcome.refusal.code === 'invalid_input' && outcome.refusal.fields['current'] === 'locked';
			return shownAgain(locked ? 429 : statusOf(outcome.refusal), { problems: {}, typed: {}, current: locked ? 'locked' : 'wrong' });
		}
		redirect(303, '/me?said=password');
	},
	digests: async (event) => {
		const person = requirePerson(event);
		await setDigests(person, (await readForm(event)).text('digests') === 'on');
		redirect(303, '/me?said=saved');
	},
	// Not redirected: the address is shown on this answer and never again.
	feed: async (event) => {
		const { seat } = requirePerson(event);
		const actor = requireActor(event, seat ? [seat.kind] : []);
		const feed = await makeCalendarFeed(actor);
		if (!feed.ok) error(statusOf(feed.refusal), { message: refusalText(feed.refusal), requestId: event.locals.requestId });
		const made: Failure = { problems: {}, typed: {}, current: null, feed: linkTo(`/cal/${feed.token}.ics`) };
		return made;
	},
	feedEnd: async (event) => {
		const { seat } = requirePerson(event);
		const ended = await revokeCalendarFeed(requireActor(event, seat ? [seat.kind] : []));
		if (!ended.ok) error(statusOf(ended.refusal), { message: refusalText(ended.refusal), requestId: event.locals.requestId });
		redirect(303, '/me?said=feed');
	},
	sessions: async (event) => {
		const person = requirePerson(event);
		const id = (await readForm(event)).text('session');
		await endOwnSessions(person, id === '' ? null : id.replaceAll('\0', '').slice(0, 80), event.locals);
		redirect(303, '/me?said=sessions');
	}
};
