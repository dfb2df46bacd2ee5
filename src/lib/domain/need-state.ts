/** 方案第十二条: what is asked for, how it stands and with whom. Codes only; the rules are report/need.ts. */

/** The two narrative questions of the form: 诉求 and 问题. */
export const NEED_KINDS = ['support', 'problem'] as const;
export type NeedKind = (typeof NEED_KINDS)[number];

/**
 * `open`: with both ministries, nobody has taken it up. `passed_on`: with an office where nobody has. `withdrawn`: the enterprise no longer says it in the
 * version that came last.
 */
export const NEED_STATES = ['open', 'taken_up', 'passed_on', 'answered', 'withdrawn'] as const;
export type NeedState = (typeof NEED_STATES)[number];

/** Whoever may have it: a ministry, or the channel, whose departments have it together. */
export const NEED_OFFICES = ['mofcom', 'miit', 'channel'] as const;
export type NeedOffice = (typeof NEED_OFFICES)[number];
