import { maskEmail } from '#lib/domain/contact-mask.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { isQuiet } from '#lib/domain/chase/remind-by-hand.ts';
import { chooseReminders } from '#lib/domain/chase/reminder-choice.ts';
import type { Audience } from '#lib/domain/chase/reminder-ladder.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import { isDepartment } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadPlannedToday, loadToRemind } from '#lib/server/store/chase/reminded-report.ts';
import { loadChoiceTerms } from '#lib/server/store/chase/reminder-terms.ts';
import { arranged } from './channel-chase.ts';
import { chaseFacts, type ChaseQuery } from './channel-chase-facts.ts';
import { channelYears, yearAsked } from './channel-year.ts';

/** One letter as it would leave: to whom, about which enterprises. */
export interface PreviewLetter {
	readonly name: string;
	/** Masked; the key of a contact is its address and stays here. */
	readonly address: string;
	readonly audience: Audience;
	readonly enterprises: readonly string[];
}

export interface ChannelRemind {
	readonly year: number | null;
	readonly reportIds: readonly string[];
	readonly letters: readonly PreviewLetter[];
	/** `audience` null = the whole report, `name` null = the whole office. */
	readonly skipped: readonly { readonly enterprise: string; readonly audience: Audience | null; readonly name: string | null; readonly why: SkipReason }[];
	readonly quiet: boolean;
}

/** Powers /channel/chase/remind: exactly who would get what, and who nothing and why. `chosen` null = all that match. */
export function channelRemind(actor: Actor, query: ChaseQuery, chosen: readonly string[] | null, now: Date): Promise<ChannelRemind> {
	return asActor(
		actor,
		async (db) => {
			if (!isDepartment(actor.orgKind)) return { year: null, reportIds: [], letters: [], skipped: [], quiet: false };
			const today = dayInBeijing(now);
			const year = yearAsked(await channelYears(db, actor.channelId ?? ''), query.year) ?? null;
			if (year === null) return { year: null, reportIds: [], letters: [], skipped: [], quiet: false };
			const facts = await chaseFacts(db, year, query, true, now, today);
			const matching = chosen === null ? arranged(facts, query).map(({ id }) => id) : facts.map(({ id }) => id).filter((id) => chosen.includes(id));
			const terms = await loadChoiceTerms(db, today);
			const plan = chooseReminders(await loadToRemind(db, matching, terms), { by: 'office', office: actor.orgKind }, await loadPlannedToday(db, today), terms);
			const letters = new Map<string, PreviewLetter & { readonly enterprises: string[] }>();
			for (const { report, audience, recipient } of plan.send) {
				const letter = letters.get(recipient.key) ?? { name: recipient.name, address: maskEmail(recipient.address), audience, enterprises: [] };
				letter.enterprises.push(report.enterpriseName);
				letters.set(recipient.key, letter);
			}
			return {
				year: year.year,
				reportIds: [...new Set(plan.send.map(({ report }) => report.id))],
				letters: [...letters.values()],
				skipped: plan.skipped.map(({ report, audience, name, why }) => ({ enterprise: report.enterpriseName, audience, name, why })),
				quiet: isQuiet(now)
			};
		},
		{ readOnly: true }
	);
}
