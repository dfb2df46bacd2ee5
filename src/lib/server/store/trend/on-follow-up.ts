import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { Act } from '#lib/domain/duties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { followUpSide, type FollowUpSide } from '#lib/domain/trend/follow-up.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, type ActorDb } from '#lib/server/db/door.ts';
import { lockFollowUp, type KnownFollowUp } from './follow-up.ts';

/** What an act on one case gets: the case, locked, and the side the actor acts for. */
export interface OnFollowUp {
	readonly db: ActorDb;
	readonly followUp: KnownFollowUp;
	readonly by: FollowUpSide;
	readonly now: Date;
	readonly today: Day;
}

/** How every act on one case begins: page, duty, instant, lock, not found, in this order. */
export function onFollowUp<T extends object>(
	actor: Actor,
	act: Act,
	followUpId: string,
	work: (given: OnFollowUp) => Promise<Decision<T>>
): Promise<Decision<T>> {
	return asOffice(actor, act, async (db, now) => {
		const followUp = await lockFollowUp(db, followUpId);
		const by = followUpSide(actor.orgKind);
		if (!followUp || by === null) return refuse({ code: 'not_found' });
		return work({ db, followUp, by, now, today: dayInBeijing(now) });
	});
}
