/**
 * When the system reminds, whom it copies and when it goes a step higher (domain.md 4). The notice says nothing of reminders, so all of it is
 * versioned data the ministries can change (「非方案规定，系统设置」); what was sent keeps the version it was sent by.
 */
import { refuse, type Decision } from '#lib/domain/refusal.ts';

export const REMINDER_TEXTS = ['before', 'on_the_day', 'after', 'returned', 'awaiting_opinion', 'forwarding'] as const;
/** The situations a reminder may be about; the ministries may put a paragraph of their own into each. */
export type ReminderText = (typeof REMINDER_TEXTS)[number];

export interface ReminderPolicy {
	/** 0 is the one that comes with the system. */
	readonly version: number;
	/** Days before the party's own date, largest first. */
	readonly daysBefore: readonly number[];
	readonly onTheDay: boolean;
	/** Days after the date, smallest first; from the last on every `everyDaysAfter` days. */
	readonly daysAfter: readonly number[];
	readonly everyDaysAfter: number;
	/** Full hour in Beijing from which a day's reminders leave, 8–20. */
	readonly hour: number;
	/** No reminder leaves at or after this hour: people sleep. */
	readonly lastHour: number;
	/** The channel gets a daily summary of what its enterprises were sent, from this many days before their date on. */
	readonly copyChannelFromDaysBefore: number;
	/** From this many days after the date on, the approvers are written to as well as the handlers. */
	readonly escalateFromDaysAfter: number;
	/** A department that has held a report this many working days without signing or returning it is reminded, and again after as many. */
	readonly idleWorkingDays: number;
	/** 1 = Monday … 5 = Friday: the ministries' digest. */
	readonly digestWeekday: number;
	/** A paragraph of the ministries' own, per situation and language; empty = none. */
	readonly paragraphs: Readonly<Partial<Record<ReminderText, { readonly zh: string; readonly en: string }>>>;
}

/** Domain.md 4: 60, 30, 14, 7, 3, 1 days before, on the day, 1, 3, 7 and every 7 days after; 09:00; copies from 7 days before. */
export const DEFAULT_REMINDER_POLICY: ReminderPolicy = {
	version: 0,
	daysBefore: [60, 30, 14, 7, 3, 1],
	onTheDay: true,
	daysAfter: [1, 3, 7],
	everyDaysAfter: 7,
	hour: 9,
	lastHour: 20,
	copyChannelFromDaysBefore: 7,
	escalateFromDaysAfter: 7,
	idleWorkingDays: 5,
	digestWeekday: 1,
	paragraphs: {}
};

export type PolicyField = Exclude<keyof ReminderPolicy, 'version' | 'onTheDay' | 'paragraphs'>;

/** Placeholders a paragraph may carry; anything else between braces is refused, so that no reader ever sees a brace. */
export const PARAGRAPH_PLACEHOLDERS = ['year', 'due', 'days', 'enterprise'] as const;

/** A policy as typed, or the fields that cannot be: each with a code for its sentence. */
export function checkReminderPolicy(given: ReminderPolicy): Decision<{ policy: ReminderPolicy }> {
	const fields: Record<string, string> = {};
	const whole = (field: PolicyField, value: number, least: number, most: number): void => {
		if (!Number.isInteger(value) || value < least || value > most) fields[field] = 'out_of_range';
	};
	const ladder = (field: PolicyField, steps: readonly number[], order: 1 | -1): void => {
		if (steps.length === 0 || steps.length > 12 || steps.some((step) => !Number.isInteger(step) || step < 1 || step > 120)) fields[field] = 'out_of_range';
		else if (steps.some((step, n) => n > 0 && ((steps[n - 1] ?? 0) - step) * order >= 0)) fields[field] = 'not_in_order';
	};
	ladder('daysBefore', given.daysBefore, -1);
	ladder('daysAfter', given.daysAfter, 1);
	whole('everyDaysAfter', given.everyDaysAfter, 1, 60);
	whole('hour', given.hour, 8, 19);
	whole('lastHour', given.lastHour, 9, 22);
	if (!fields['hour'] && !fields['lastHour'] && given.lastHour <= given.hour) fields['lastHour'] = 'not_in_order';
	whole('copyChannelFromDaysBefore', given.copyChannelFromDaysBefore, 0, 60);
	whole('escalateFromDaysAfter', given.escalateFromDaysAfter, 0, 60);
	whole('idleWorkingDays', given.idleWorkingDays, 1, 30);
	whole('digestWeekday', given.digestWeekday, 1, 5);
	for (const [text, said] of Object.entries(given.paragraphs)) {
		for (const language of ['zh', 'en'] as const) {
			const problem = paragraphProblem(said[language]);
			if (problem) fields[`${text}.${language}`] = problem;
		}
		if ((said.zh.trim() === '') !== (said.en.trim() === '')) fields[`${text}.${said.zh.trim() === '' ? 'zh' : 'en'}`] ??= 'one_language_missing';
	}
	return Object.keys(fields).length > 0 ? refuse({ code: 'invalid_input', fields }) : { ok: true, policy: given };
}

function paragraphProblem(text: string): string | null {
	if (text.length > 500) return 'too_long';
	// No line breaks, no control characters: a paragraph stands in a mail.
	if (/\p{Cc}/u.test(text)) return 'control_characters';
	const known: readonly string[] = PARAGRAPH_PLACEHOLDERS;
	const rest = text.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => (known.includes(name) ? '' : whole));
	return /[{}]/.test(rest) ? 'unknown_placeholder' : null;
}

/** The paragraph with its placeholders filled. */
export function fillParagraph(text: string, values: Readonly<Record<(typeof PARAGRAPH_PLACEHOLDERS)[number], string>>): string {
	return text.replaceAll(/\{(year|due|days|enterprise)\}/g, (_, name: (typeof PARAGRAPH_PLACEHOLDERS)[number]) => values[name]);
}
