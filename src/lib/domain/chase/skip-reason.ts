/**
 * The one list of reasons why a report or a person gets no reminder (domain.md 4; 非方案规定): for the timetable, by hand and as a mail leaves.
 * Rows keep them (`reminder.problem`, `mail.dropped_because`, the outcome of a run): a reason may be added, never renamed.
 */
export const SKIP_REASONS = [
	'left',
	'disabled',
	/** Made up for a demonstration. */
	'synthetic',
	/** A contact when it was planned, and none any more. */
	'not_listed',
	'no_address',
	'bad_address',
	/** Neither people nor contacts are known. */
	'nobody_known',
	/** Somebody else has written to them today. */
	'reminded_today',
	/** The report is with the ministries or with nobody. */
	'not_chased',
	/** The enterprise is said to be unable to file: no letter until a ministry has decided. */
	'excuse_pending',
	/** It lies with the office that presses. */
	'own_office',
	/** A channel that was chosen and holds nothing of what was asked for. */
	'nothing_held',
	/** This step has been planned for this recipient. */
	'already_sent',
	/** A later step of the same date has: a clock that went back sends nothing again. */
	'overtaken',
	'no_step_yet',
	/** It came to be owed in a year that had begun: its enterprise is told of that first. */
	'opening_first',
	'calendar_unknown',
	'not_a_working_day',
	/** Since it was planned, the report went into other hands. */
	'court_changed',
	/** Since it was planned, the holder got another date. */
	'date_moved',
	/** A summary that its reader does not want. */
	'switched_off',
	/** Whoever pressed took it back. */
	'undone'
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What a row says is one of our reasons, or else the mail server's own answer. */
export function isSkipReason(text: string): text is SkipReason {
	return (SKIP_REASONS as readonly string[]).includes(text);
}
