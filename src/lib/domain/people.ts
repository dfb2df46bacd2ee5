/** Who may look after whose people (domain.md 1; quality.md 6: duties are separate). */
import { isDepartment, isMinistry, type Duty, type OrganisationKind } from './parties.ts';

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

const STRENGTH = { reader: 0, handler: 1, approver: 2 } satisfies Record<Duty, number>;

/** The stronger of two duties: a successor loses nothing that was already theirs. */
export function strongerDuty(one: Duty, other: Duty): Duty {
	return STRENGTH[one] >= STRENGTH[other] ? one : other;
}

/** domain.md 1: an enterprise is reached through two people at least. */
export const CONTACTS_NEEDED = 2;
