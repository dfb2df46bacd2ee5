/** A question asked of a figure that is far outside, how it stands and with whom (非方案规定). Codes only; the rules are trend/follow-up.ts. */

/**
 * `asked`: with the channel, which passes it on or answers itself. `passed_on`: with the enterprise. `answered`: with the ministries, who accept or ask
 * again. `withdrawn`: the ministries no longer ask.
 */
export const FOLLOW_UP_STATES = ['asked', 'passed_on', 'answered', 'accepted', 'withdrawn'] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

/** Who has to do something: the departments of a channel have it together, and so do the two ministries. */
export const FOLLOW_UP_COURTS = ['channel', 'enterprise', 'ministries', 'nobody'] as const;
export type FollowUpCourt = (typeof FOLLOW_UP_COURTS)[number];

const COURTS: Readonly<Record<FollowUpState, FollowUpCourt>> = {
	asked: 'channel',
	passed_on: 'enterprise',
	answered: 'ministries',
	accepted: 'nobody',
	withdrawn: 'nobody'
};

export function followUpCourt(state: FollowUpState): FollowUpCourt {
	return COURTS[state];
}

/** The states in which somebody below the ministries still has to answer. */
export const FOLLOW_UP_UNANSWERED = FOLLOW_UP_STATES.filter((state) => COURTS[state] === 'channel' || COURTS[state] === 'enterprise');

/** What is said in a case, in order: never changed, and each with the round it belongs to. */
export const FOLLOW_UP_ENTRIES = ['question', 'passed_on', 'answer', 'accepted', 'withdrawn'] as const;
export type FollowUpEntry = (typeof FOLLOW_UP_ENTRIES)[number];

/** What the figure was compared with: its category, or the steps of its category from the year before. */
export const FOLLOW_UP_COMPARISONS = ['category', 'step'] as const;
export type FollowUpComparison = (typeof FOLLOW_UP_COMPARISONS)[number];
