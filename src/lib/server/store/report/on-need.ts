import type { Act } from '#lib/domain/duties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { needOffice, type NeedActor } from '#lib/domain/report/need.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import type { LockedReport } from './annual-report.ts';
import { loadNeeds, reportOfNeed, type KnownNeed } from './need.ts';
import { onReports } from './on-report.ts';

/** What an act on one need gets: the need and its report, locked together, and whom the actor acts for. */
export interface OnNeed {
	readonly db: ActorDb;
	readonly need: KnownNeed;
	readonly report: LockedReport;
	readonly by: NeedActor;
	readonly now: Date;
}

/** How every act on one need begins: as an act on its report, which forwarding locks too. */
export function onNeed<T extends object>(actor: Actor, act: Act, needId: string, work: (given: OnNeed) => Promise<Decision<T>>): Promise<Decision<T>> {
	return onReports(
		actor,
		act,
		(db) => reportOfNeed(db, needId),
		async (db, [report], now) => {
			const office = needOffice(actor.orgKind);
			const need = report && (await loadNeeds(db, [report.id])).find(({ id }) => id === needId);
			if (!report || !need || office === null) return refuse({ code: 'not_found' });
			return work({ db, need, report, by: { office, personId: actor.personId }, now });
		}
	);
}
