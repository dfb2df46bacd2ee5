import type { Category } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { shownNeeds, type ShownNeed } from '#lib/server/reads/office/shown-need.ts';

/** Powers /enterprise/needs, and what home and report show of it. Two queries: an enterprise has some forty at most. */
export function enterpriseNeeds(actor: Actor, of: { readonly year: number; readonly category: Category } | null = null): Promise<readonly ShownNeed[]> {
	return asActor(
		actor,
		async (db) => {
			const { sql: clause } = db;
			const found = await shownNeeds(db, of === null ? clause`true` : clause`r.year = ${of.year} and r.category = ${of.category}`);
			return found.map(({ need }) => need);
		},
		{ readOnly: true }
	);
}
