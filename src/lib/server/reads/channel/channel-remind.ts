import { dayInBeijing } from '#lib/domain/day.ts';
import { isQuiet, type HandSkip } from '#lib/domain/chase/remind-by-hand.ts';
import type { Audience } from '#lib/domain/chase/reminder-ladder.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { planHandReminders } from '#lib/server/store/chase/hand-reminders.ts';
import { arranged } from './channel-chase.ts';
import { chaseFacts, type ChaseQuery } from './channel-chase-facts.ts';
import { channelYears, yearAsked } from './channel-year.ts';

/** One letter as it would leave: to whom, about which enterprises. */
export interface PreviewLetter {
	readonly key: string;
	readonly name: string;
	readonly address: string;
	readonly audience: Audience;
	readonly enterprises: readonly string[];
}

export interface ChannelRemind {
	readonly year: number | null;
	readonly reportIds: readonly string[];
	readonly letters: readonly PreviewLetter[];
	readonly skipped: readonly { readonly enterprise: string; readonly name: string | null; readonly why: HandSkip }[];
	readonly quiet: boolean;
}

/** Powers /channel/chase/remind: exactly who would get what, and who nothing and why. `chosen` null = all that match. */
export function channelRemind(actor: Actor, query: ChaseQuery, chosen: readonly string[] | null, now: Date): Promise<ChannelRemind> {
	return asActor(
		actor,
		async (db) => {
			const year = yearAsked(await channelYears(db, actor.channelId ?? ''), query.year) ?? null;
			if (year === null) return { year: null, reportIds: [], letters: [], skipped: [], quiet: false };
			const facts = await chaseFacts(db, year, query, true, now, dayInBeijing(now));
			const matching = chosen === null ? arranged(facts, query).map(({ id }) => id) : facts.map(({ id }) => id).filter((id) => chosen.includes(id));
			const plan = await planHandReminders(db, matching, now);
			const letters = new Map<string, PreviewLetter & { readonly enterprises: string[] }>();
			for (const { item, audience, recipient } of plan.send) {
				const letter = letters.get(recipient.key) ?? { key: recipient.key, name: recipient.name, address: recipient.address, audience, enterprises: [] };
				letter.enterprises.push(item.report.enterpriseName);
				letters.set(recipient.key, letter);
			}
			return {
				year: year.year,
				reportIds: [...new Set(plan.send.map(({ item }) => item.report.id))],
				letters: [...letters.values()],
				skipped: plan.skipped.map(({ item, name, why }) => ({ enterprise: item.report.enterpriseName, name, why })),
				quiet: isQuiet(now)
			};
		},
		{ readOnly: true }
	);
}
