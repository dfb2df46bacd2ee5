import { LETTER_LINES_MOST, letterLinesOf, type LetterLine, type LetterSkip } from '#lib/domain/chase/official-letter.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { departmentsOf } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadLetterOffices, loadLetterReports } from '#lib/server/store/chase/letter-report.ts';
import { arranged } from './channel-chase.ts';
import { chaseFacts, type ChaseQuery } from './channel-chase-facts.ts';
import { channelYears, yearAsked, type ChannelYear } from './channel-year.ts';

export interface ChannelLetter {
	readonly year: ChannelYear | null;
	/** The office that writes, and the other one of its channel; null where it has none. */
	readonly offices: { readonly own: string; readonly other: string | null };
	/** Those of the board's view that lie with their enterprises, in its order. */
	readonly lines: readonly LetterLine[];
	/** Those of the view that stand in no letter, by why. */
	readonly skipped: Readonly<Partial<Record<LetterSkip, number>>>;
	/** More in view than one letter holds: nothing is listed. */
	readonly tooMany: number | null;
}

/** Powers /channel/chase/letter: whom a letter of this office to its enterprises would name, under the filters of the board. Six questions. */
export function channelLetter(actor: Actor, query: ChaseQuery, now: Date): Promise<ChannelLetter> {
	return asActor(
		actor,
		async (db) => {
			const kinds = departmentsOf(actor.orgKind === 'group' ? 'central_group' : 'province');
			const known = await loadLetterOffices(db, kinds);
			const offices = {
				own: known.find(({ kind }) => kind === actor.orgKind)?.name ?? '',
				other: known.find(({ kind }) => kind !== actor.orgKind)?.name ?? null
			};
			const year = yearAsked(await channelYears(db, actor.channelId ?? ''), query.year) ?? null;
			if (year === null) return { year, offices, lines: [], skipped: {}, tooMany: null };
			const facts = await chaseFacts(db, year, query, false, now, dayInBeijing(now));
			// A report that waits for a ministry's word stands in none of the board's lists, and is named as left out.
			const waiting = facts.filter(({ report }) => report.excusePending).map(({ id }) => id);
			const ids = [...new Set([...arranged(facts, query).map(({ id }) => id), ...(query.list === null && query.stage === null ? waiting : [])])];
			if (ids.length > LETTER_LINES_MOST) return { year, offices, lines: [], skipped: {}, tooMany: ids.length };
			return { year, offices, ...letterLinesOf(await loadLetterReports(db, ids), 'enterprises', now), tooMany: null };
		},
		{ readOnly: true, isolation: 'repeatable read' }
	);
}
