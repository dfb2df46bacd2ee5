/** The reminder policy's fields, texts and problems in words. Every code has one. */
import type { PolicyField, ReminderText } from '#lib/domain/chase/reminder-policy.ts';
import { m } from '#lib/paraglide/messages.js';
import { wordOf, type Word } from './words.ts';

interface FieldWords {
	readonly label: Word;
	readonly hint: Word;
}

export const policyFieldWords = {
	daysBefore: { label: m.timetable_field_days_before, hint: m.timetable_hint_days_before },
	daysAfter: { label: m.timetable_field_days_after, hint: m.timetable_hint_days_after },
	everyDaysAfter: { label: m.timetable_field_every_days_after, hint: m.timetable_hint_every_days_after },
	hour: { label: m.timetable_field_hour, hint: m.timetable_hint_hour },
	lastHour: { label: m.timetable_field_last_hour, hint: m.timetable_hint_last_hour },
	copyChannelFromDaysBefore: { label: m.timetable_field_copy_channel, hint: m.timetable_hint_copy_channel },
	escalateFromDaysAfter: { label: m.timetable_field_escalate, hint: m.timetable_hint_escalate },
	idleWorkingDays: { label: m.timetable_field_idle, hint: m.timetable_hint_idle },
	digestWeekday: { label: m.timetable_field_digest_weekday, hint: m.timetable_hint_digest_weekday }
} satisfies Record<PolicyField, FieldWords>;

export const reminderTextWord = {
	before: m.timetable_text_before,
	on_the_day: m.timetable_text_on_the_day,
	after: m.timetable_text_after,
	returned: m.timetable_text_returned,
	awaiting_opinion: m.timetable_text_awaiting_opinion,
	forwarding: m.timetable_text_forwarding
} satisfies Record<ReminderText, Word>;

const problems: Readonly<Record<string, Word>> = {
	out_of_range: m.timetable_problem_out_of_range,
	not_in_order: m.timetable_problem_not_in_order,
	too_long: m.timetable_problem_too_long,
	control_characters: m.timetable_problem_control_characters,
	unknown_placeholder: m.timetable_problem_unknown_placeholder,
	one_language_missing: m.timetable_problem_one_language_missing
};

export const policyProblem = (code: string): string => (Object.hasOwn(problems, code) ? (wordOf(problems, code) ?? '') : m.timetable_problem_out_of_range());

/** A step's distance from its date, in words: 截止前7天 · 当天 · 逾期3天. */
export function offsetWords(offset: number): string {
	if (offset === 0) return m.timetable_offset_on_the_day();
	return offset < 0 ? m.timetable_offset_before({ days: -offset }) : m.timetable_offset_after({ days: offset });
}

const jobs: Readonly<Record<string, Word>> = {
	remind: m.timetable_job_remind,
	'copy-digest': m.timetable_job_copy_digest,
	'weekly-digest': m.timetable_job_weekly_digest,
	'open-year': m.timetable_job_open_year,
	'fold-counts': m.timetable_job_fold_counts,
	'keep-trends': m.trend_job_keep,
	'judge-versions': m.timetable_job_judge_versions,
	'close-stale': m.timetable_job_close_stale,
	'robot-digest': m.timetable_job_robot_digest
};

/** What a job does; its own name where it has no words yet. */
export const jobWords = (job: string): string => wordOf(jobs, job) ?? job;

/** What runs tell, in the order it is read. */
const figures: Readonly<Record<string, (counted: { count: number }) => string>> = {
	years: m.timetable_figure_years,
	channels: m.timetable_figure_channels,
	added: m.timetable_figure_added,
	reports: m.timetable_figure_reports,
	outstanding: m.timetable_figure_outstanding,
	reminders: m.timetable_figure_reminders,
	mails: m.timetable_figure_mails,
	queued: m.timetable_figure_queued,
	rows: m.timetable_figure_rows,
	invitations: m.timetable_figure_invitations,
	accounts: m.timetable_figure_accounts,
	sessions: m.timetable_figure_sessions,
	attempts: m.timetable_figure_attempts,
	receiptChecks: m.timetable_figure_receipt_checks
};

const reasons: Readonly<Record<string, Word>> = {
	no_working_day: m.timetable_why_no_working_day,
	calendar_unknown: m.timetable_why_calendar_unknown,
	no_open_year: m.timetable_why_no_open_year
};

/** What a run did, in words: why it did nothing, or what and how many. A figure without words is left to the log: its name in code is no word. */
export function outcomeText(outcome: Readonly<Record<string, unknown>>): string {
	const why = outcome['why'];
	if (typeof why === 'string' && Object.hasOwn(reasons, why)) return wordOf(reasons, why) ?? '';
	return Object.entries(figures)
		.flatMap(([name, word]) => {
			const count = outcome[name];
			return typeof count === 'number' ? [word({ count })] : [];
		})
		.join(' · ');
}
