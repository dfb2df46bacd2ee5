/** How a contact stands, in words. */
import { CONTACT_STANDINGS, type ContactStanding } from '#lib/domain/chase/contact-quarter.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Mark, Word } from './words.ts';

export const standingMark = {
	doubtful: { tone: 'late', icon: 'warn', word: m.chase_standing_doubtful },
	never: { tone: 'warn', icon: 'unknown', word: m.chase_standing_never },
	stale: { tone: 'warn', icon: 'clock', word: m.chase_standing_stale },
	confirmed: { tone: 'ok', icon: 'check', word: m.chase_standing_confirmed }
} satisfies Record<ContactStanding, Mark>;

export const contactListWords: readonly (readonly [ContactStanding | 'none', Word])[] = [
	...CONTACT_STANDINGS.map((one) => [one, standingMark[one].word] as const),
	['none', m.chase_standing_none]
];

export const doubtWord = { bounced: m.chase_doubt_bounced, wrong: m.chase_doubt_wrong } satisfies Record<'bounced' | 'wrong', Word>;
