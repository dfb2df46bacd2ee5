/** Who may look after whose people (domain.md 1; quality.md 6: duties are separate). */
import { isDepartment, isMinistry, type Duty, type OrganisationKind } from './parties.ts';
import type { Refusal } from './refusal.ts';

export interface Keeper {
	readonly orgId: string;
	readonly orgKind: OrganisationKind;
	readonly duty: Duty;
	readonly channelId: string | null;
}

export interface Office {
	readonly orgId: string;
	readonly kind: OrganisationKind;
	/** The channel an enterprise reports through, or an office answers for. */
	readonly channelId: string | null;
}

/** `invite_confirmed`: may propose, and the ministry's own approver says yes. `tend`: may change and end roles, and invites nobody. */
export type PeopleRight = 'invite' | 'invite_confirmed' | 'tend' | 'none';

/**
 * What a person may do with the people of an office. A reader does nothing. An administrator opens accounts everywhere but grants no
 * ministry role alone; a channel looks after its enterprises; an enterprise after itself; a ministry's approver after the ministry.
 */
export function rightOverPeople(keeper: Keeper, office: Office): PeopleRight {
	if (keeper.duty === 'reader') return 'none';
	if (keeper.orgKind === 'administration') return isMinistry(office.kind) ? 'invite_confirmed' : 'invite';
	if (keeper.orgKind === 'enterprise') return office.orgId === keeper.orgId ? 'invite' : 'none';
	if (isDepartment(keeper.orgKind))
		return office.kind === 'enterprise' && keeper.channelId !== null && office.channelId === keeper.channelId ? 'invite' : 'none';
	if (isMinistry(keeper.orgKind)) return keeper.duty === 'approver' && office.orgId === keeper.orgId ? 'tend' : 'none';
	return 'none';
}

/** Whether roles in the office may be changed: an administrator's change of a ministry's role would grant it alone. */
export function mayChangeDuty(keeper: Keeper, office: Office): boolean {
	const right = rightOverPeople(keeper, office);
	return right === 'invite' || right === 'tend';
}

/** Ending a role takes rights away, so an administrator may do it everywhere. */
export function mayEndRole(keeper: Keeper, office: Office): boolean {
	return rightOverPeople(keeper, office) !== 'none';
}

/**
 * Whether an approver may confirm a role in `office` that an administrator proposed. A ministry that has no approver yet is helped by the
 * other one (会同): otherwise its first could never come.
 */
export function mayConfirmRole(keeper: Keeper, office: Office, approversThere: number): boolean {
	if (!isMinistry(keeper.orgKind) || !isMinistry(office.kind) || keeper.duty !== 'approver') return false;
	return keeper.orgId === office.orgId || approversThere === 0;
}

/** Somebody who sits in an office. */
export interface Seated {
	readonly personId: string;
	readonly duty: Duty;
	readonly disabled: boolean;
}

const APPROVER_NEEDED: Refusal = { code: 'not_your_duty', needed: ['approver'] };
const LAST_ONE: Refusal = { code: 'invalid_input', fields: { person: 'last' } };

/** Of one's own office one is told whose duty it is; of another's people one learns nothing. */
function nothingOf(keeper: Keeper, office: Office): Refusal {
	return office.orgId === keeper.orgId ? { code: 'not_your_duty', needed: ['handler', 'approver'] } : { code: 'not_found' };
}

/** Why this person may not invite into the office with this duty; null if they may, with or without confirmation. */
export function inviteRefusal(keeper: Keeper, office: Office, duty: Duty): Refusal | null {
	const right = rightOverPeople(keeper, office);
	if (right === 'tend') return { code: 'not_your_duty', needed: [] };
	return right === 'none' ? nothingOf(keeper, office) : ownApproverRefusal(keeper, office, duty);
}

/** Why this person may change no duty in the office; null if they may. */
export function changeDutyRefusal(keeper: Keeper, office: Office): Refusal | null {
	if (mayChangeDuty(keeper, office)) return null;
	return office.orgId === keeper.orgId || keeper.orgKind === 'administration' ? APPROVER_NEEDED : { code: 'not_found' };
}

/** Why this person may end no role in the office, nor take an invitation into it back; null if they may. */
export function endRoleRefusal(keeper: Keeper, office: Office): Refusal | null {
	return mayEndRole(keeper, office) ? null : nothingOf(keeper, office);
}

/** In one's own office only an approver gives or takes the approver's duty: a filer must make none, least of all of themselves. */
export function ownApproverRefusal(keeper: Keeper, office: Office, ...duties: readonly Duty[]): Refusal | null {
	return keeper.orgId === office.orgId && duties.includes('approver') && keeper.duty !== 'approver' ? APPROVER_NEEDED : null;
}

/** Why a member of the office may not get this duty. */
export function newDutyRefusal(keeper: Keeper, office: Office, members: readonly Seated[], member: Seated, duty: Duty): Refusal | null {
	if (member.duty === duty) return { code: 'already_done' };
	const refusal = ownApproverRefusal(keeper, office, member.duty, duty);
	if (refusal) return refusal;
	return duty === 'reader' && wouldBeEmpty(members, member.personId) ? LAST_ONE : null;
}

/** The last one who can act for an office goes only by an administrator: somebody must be left to hand over. */
export function lastOneRefusal(keeper: Keeper, members: readonly Seated[], member: Seated): Refusal | null {
	return keeper.orgKind !== 'administration' && member.duty !== 'reader' && wouldBeEmpty(members, member.personId) ? LAST_ONE : null;
}

/** Whether nobody would be left who can act for the office. */
function wouldBeEmpty(members: readonly Seated[], without: string): boolean {
	return !members.some((member) => member.personId !== without && member.duty !== 'reader' && !member.disabled);
}

/** How many can approve for the office now. */
export function approversAmong(members: readonly Seated[]): number {
	return members.filter((member) => member.duty === 'approver' && !member.disabled).length;
}

const STRENGTH = { reader: 0, handler: 1, approver: 2 } satisfies Record<Duty, number>;

/** The stronger of two duties: a successor loses nothing that was already theirs. */
export function strongerDuty(one: Duty, other: Duty): Duty {
	return STRENGTH[one] >= STRENGTH[other] ? one : other;
}
