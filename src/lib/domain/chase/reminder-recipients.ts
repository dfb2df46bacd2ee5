/**
 * To whom a reminder goes (domain.md 4; 非方案规定): the enterprise's people or, while it has no account, its contacts; of an office its handlers,
 * and its approvers too once the date is long past or where nobody handles. Whoever is left out is named with the reason.
 */
import type { Duty } from '#lib/domain/parties.ts';
import type { Audience, Step } from './reminder-ladder.ts';
import type { ReminderPolicy } from './reminder-policy.ts';
import type { SkipReason } from './skip-reason.ts';

/** Somebody of the enterprise or office, as the database knows them. */
export interface KnownPerson {
	readonly personId: string;
	readonly name: string;
	readonly address: string;
	readonly locale: 'zh-CN' | 'en';
	readonly duty: Duty;
	readonly left: boolean;
	readonly disabled: boolean;
	/** Made up for a demonstration; never written to in production. */
	readonly synthetic: boolean;
}

/** A contact of the enterprise, with or without account. */
export interface KnownContact {
	readonly name: string;
	readonly address: string | null;
	readonly synthetic: boolean;
}

export interface ReminderRecipient {
	/** A person's id, or contact:<address>: what makes a step reach nobody twice. */
	readonly key: string;
	readonly personId: string | null;
	readonly name: string;
	readonly address: string;
	readonly locale: 'zh-CN' | 'en';
}

/** Why somebody who might be meant gets nothing. */
export type NotWrittenTo = Extract<SkipReason, 'left' | 'disabled' | 'synthetic' | 'not_listed' | 'no_address' | 'bad_address'>;

/** Who left longer ago is no news: nobody expects them among those who are written to. */
export const LEFT_LATELY_DAYS = 60;

export interface LeftOut {
	readonly name: string;
	readonly personId: string | null;
	readonly why: NotWrittenTo;
}

export interface Recipients {
	readonly to: readonly ReminderRecipient[];
	/** Empty `to` and empty `leftOut`: nobody is known at all. */
	readonly leftOut: readonly LeftOut[];
}

/** One address and nothing else: no second one, no group, no line break, no name with brackets (RFC 5321 in the part people use). */
export function isPlainAddress(text: string): boolean {
	return text.length <= 254 && /^[^\s\p{Cc},;:<>"()@]+@[^\s\p{Cc},;:<>"()@]+$/u.test(text);
}

/**
 * @param step escalation counts from the date: a step of idleness or by hand never escalates
 * @param production made-up people are real recipients only in a demonstration
 */
export function recipientsOf(
	audience: Audience,
	people: readonly KnownPerson[],
	contacts: readonly KnownContact[],
	step: Step,
	policy: Pick<ReminderPolicy, 'escalateFromDaysAfter'>,
	production: boolean
): Recipients {
	const judged = people.filter(acts).map((person) => ({ person, why: whyNotPerson(person, production) }));
	const open = judged.filter(({ why }) => why === null).map(({ person }) => person);
	const leftOut = judged.flatMap<LeftOut>(({ person, why }) => (why === null ? [] : [{ name: person.name, personId: person.personId, why }]));
	if (audience === 'enterprise') {
		if (open.length > 0) return { to: open.map(recipientOf), leftOut };
		return withContacts(contacts, leftOut, production);
	}
	const handlers = open.filter(({ duty }) => duty === 'handler');
	const chosen = handlers.length === 0 || escalates(step, policy) ? open : handlers;
	return { to: chosen.map(recipientOf), leftOut };
}

/** From so many days after the date on, the approvers are written to as well. */
export function escalates(step: Step, policy: Pick<ReminderPolicy, 'escalateFromDaysAfter'>): boolean {
	const after = /^T\+?(\d+)$/.exec(step);
	return after !== null && Number(after[1]) >= policy.escalateFromDaysAfter;
}

/** Whether the contacts of an enterprise stand in for its people: none of these can be written to. */
export function contactsStandIn(people: readonly KnownPerson[], production: boolean): boolean {
	return !people.some((person) => acts(person) && whyNotPerson(person, production) === null);
}

/** A reader looks, and is asked for nothing. */
function acts({ duty }: KnownPerson): boolean {
	return duty !== 'reader';
}

/** Why nothing goes to a person, whatever it is about; made-up people are real in a demonstration alone. */
export function whyNotTo(person: Pick<KnownPerson, 'left' | 'disabled' | 'synthetic'>, production: boolean): 'left' | 'disabled' | 'synthetic' | null {
	if (person.left) return 'left';
	if (person.disabled) return 'disabled';
	return person.synthetic && production ? 'synthetic' : null;
}

function whyNotPerson(person: KnownPerson, production: boolean): NotWrittenTo | null {
	return whyNotTo(person, production) ?? (isPlainAddress(person.address) ? null : 'bad_address');
}

function withContacts(contacts: readonly KnownContact[], leftOut: readonly LeftOut[], production: boolean): Recipients {
	const to = new Map<string, ReminderRecipient>();
	const without: LeftOut[] = [];
	for (const { name, address, synthetic } of contacts) {
		const plain = address?.trim().toLowerCase() ?? '';
		const why: NotWrittenTo | null = plain === '' ? 'no_address' : synthetic && production ? 'synthetic' : isPlainAddress(plain) ? null : 'bad_address';
		if (why !== null) without.push({ name, personId: null, why });
		// Two contacts with one mailbox are one recipient.
		else if (!to.has(plain)) to.set(plain, { key: `contact:${plain}`, personId: null, name, address: plain, locale: 'zh-CN' });
	}
	return { to: [...to.values()], leftOut: [...leftOut, ...without] };
}

function recipientOf({ personId, name, address, locale }: KnownPerson): ReminderRecipient {
	return { key: personId, personId, name, address, locale };
}
