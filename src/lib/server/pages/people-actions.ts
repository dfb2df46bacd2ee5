import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { duty, invitationForm, personId, rowId, valuesOf, type Problems } from '#lib/forms/account.ts';
import { readForm, type PostedForm } from '#lib/forms/read-form.ts';
import type { Decision, Refusal } from '#lib/domain/refusal.ts';
import type { DoneCode } from '#lib/words/account-words.ts';
import { requireActor } from '#lib/server/access.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { cancelInvitation } from '#lib/server/acts/people/cancel-invitation.ts';
import { changeDuty } from '#lib/server/acts/people/change-duty.ts';
import { confirmInvitation } from '#lib/server/acts/people/confirm-invitation.ts';
import { disablePerson } from '#lib/server/acts/people/disable-person.ts';
import { endMembership } from '#lib/server/acts/people/end-membership.ts';
import { handOver } from '#lib/server/acts/people/hand-over.ts';
import { invitePerson } from '#lib/server/acts/people/invite-person.ts';
import { statusOf } from '#lib/server/answer.ts';

export type PeopleFailure = { action: string; refusal: Refusal | null; problems: Problems; typed: Record<string, string> };

function field(form: PostedForm, name: string, schema: z.ZodType<string> = rowId): string | null {
	const parsed = schema.safeParse(form.text(name));
	return parsed.success ? parsed.data : null;
}

const NOT_FOUND = { ok: false, refusal: { code: 'not_found' } } as const;

/** Where an act ends: back on the page with what was done, or the page again with the reason it was refused. */
export function conclude(event: Pick<RequestEvent, 'url'>, action: string, outcome: Decision<object>, done: DoneCode, typed: Record<string, string> = {}) {
	if (!outcome.ok) {
		const failure: PeopleFailure = { action, refusal: outcome.refusal, problems: {}, typed };
		return fail(statusOf(outcome.refusal), failure);
	}
	const target = new URL(event.url.pathname, event.url);
	for (const name of ['org', 'q']) {
		const value = event.url.searchParams.get(name);
		if (value !== null) target.searchParams.set(name, value.slice(0, 100));
	}
	target.searchParams.set('said', done);
	redirect(303, target.pathname + target.search);
}

/** The acts of the people pages; `kinds` are the offices whose page it is. What each may do is decided by the acts. */
export function peopleActions(kinds: readonly OrganisationKind[]) {
	type Asked = RequestEvent;
	const read = async (event: Asked): Promise<{ actor: Actor; form: PostedForm }> => {
		const actor = requireActor(event, kinds);
		const form = await readForm(event);
		return { actor, form };
	};
	const invalid = (action: string, problems: Problems, typed: Record<string, string>) => {
		const failure: PeopleFailure = { action, refusal: null, problems, typed };
		return fail(400, failure);
	};

	return {
		invite: async (event: Asked) => {
			const { actor, form } = await read(event);
			const org = field(form, 'org');
			const wish = valuesOf(invitationForm, form);
			if (!wish.ok) return invalid('invite', wish.problems, wish.typed);
			if (org === null) return conclude(event, 'invite', NOT_FOUND, 'invited');
			const outcome = await invitePerson(actor, { orgId: org, ...wish.values });
			return conclude(event, 'invite', outcome, outcome.ok && outcome.awaitsConfirmation ? 'awaits' : 'invited', { ...wish.values });
		},
		cancel: async (event: Asked) => {
			const { actor, form } = await read(event);
			const id = field(form, 'invitation');
			return conclude(event, 'cancel', id === null ? NOT_FOUND : await cancelInvitation(actor, id), 'cancelled');
		},
		confirm: async (event: Asked) => {
			const { actor, form } = await read(event);
			const id = field(form, 'invitation');
			return conclude(event, 'confirm', id === null ? NOT_FOUND : await confirmInvitation(actor, id), 'confirmed');
		},
		duty: async (event: Asked) => {
			const { actor, form } = await read(event);
			const [org, person, next] = [field(form, 'org'), field(form, 'person', personId), duty.safeParse(form.text('duty'))];
			if (!next.success) return invalid('duty', { duty: 'choice_unknown' }, {});
			return conclude(
				event,
				'duty',
				org === null || person === null ? NOT_FOUND : await changeDuty(actor, { orgId: org, personId: person, duty: next.data }),
				'duty'
			);
		},
		end: async (event: Asked) => {
			const { actor, form } = await read(event);
			const [org, person] = [field(form, 'org'), field(form, 'person', personId)];
			return conclude(event, 'end', org === null || person === null ? NOT_FOUND : await endMembership(actor, { orgId: org, personId: person }), 'ended');
		},
		handOver: async (event: Asked) => {
			const { actor, form } = await read(event);
			const [org, person] = [field(form, 'org'), field(form, 'person', personId)];
			if (org === null || person === null) return conclude(event, 'handOver', NOT_FOUND, 'handed');
			if (form.text('successor')) {
				const successor = field(form, 'successor', personId);
				return conclude(
					event,
					'handOver',
					successor === null ? NOT_FOUND : await handOver(actor, { orgId: org, personId: person, successor: { personId: successor } }),
					'handed'
				);
			}
			const wish = valuesOf(invitationForm.omit({ duty: true }), form);
			if (!wish.ok) return invalid('handOver', wish.problems, { ...wish.typed, person });
			return conclude(event, 'handOver', await handOver(actor, { orgId: org, personId: person, successor: wish.values }), 'handing', {
				...wish.values,
				person
			});
		},
		disable: async (event: Asked) => {
			const { actor, form } = await read(event);
			const person = field(form, 'person', personId);
			return conclude(event, 'disable', person === null ? NOT_FOUND : await disablePerson(actor, person, true), 'disabled');
		},
		enable: async (event: Asked) => {
			const { actor, form } = await read(event);
			const person = field(form, 'person', personId);
			return conclude(event, 'enable', person === null ? NOT_FOUND : await disablePerson(actor, person, false), 'enabled');
		}
	};
}

/** A question from the address, made safe to ask with: one line, at most a hundred signs. */
export function questionOf(url: URL): string {
	return (url.searchParams.get('q') ?? '')
		.normalize('NFKC')
		.replace(/\p{Cc}+/gu, ' ')
		.trim()
		.slice(0, 100);
}

/** A key from the address; null when it is none. */
export function keyOf(url: URL, name: string): string | null {
	const parsed = rowId.safeParse(url.searchParams.get(name) ?? '');
	return parsed.success ? parsed.data : null;
}
