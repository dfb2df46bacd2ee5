/** The five dates of a year and why a policy proposes them, in words. */
import type { ReportingYear, YearDates } from '#lib/domain/report/reporting-year.ts';
import { formatDay } from './format.ts';
import { m } from '#lib/paraglide/messages.js';
import { wordOf } from './words.ts';

const dateWords = {
	opensOn: m.ministry_date_opens,
	channelDueOn: m.ministry_date_channel,
	ministryDueOn: m.ministry_date_ministry,
	acceptedLateUntilOn: m.ministry_date_late,
	correctionsUntilOn: m.ministry_date_corrections
} satisfies Record<keyof YearDates, () => string>;

const reasons: Readonly<Record<string, () => string>> = {
	opens_after_national_day: m.ministry_reason_opens,
	channel_needs_two_weeks: m.ministry_reason_channel,
	date_of_the_notice: m.ministry_reason_ministry,
	late_until_the_year_ends: m.ministry_reason_late,
	a_quarter_to_correct: m.ministry_reason_corrections
};

export const dateWord = (field: keyof YearDates): string => dateWords[field]();

/** Why; '' for a policy whose reason nobody put into words. */
export const dateReason = (code: string): string => wordOf(reasons, code) ?? '';

/** That both ministries departed from the notice's date, by which document; '' where the date is the notice's. */
export const departureText = ({ ministryDueOn, departureNo }: Pick<ReportingYear, 'ministryDueOn' | 'departureNo'>): string =>
	departureNo === null ? '' : m.year_departure_note({ date: formatDay(ministryDueOn, false), no: departureNo });

/** How the notice's date is read: both are settings, and say so. */
export const readingText = ({ dayIncluded, rollsOver }: { readonly dayIncluded: boolean; readonly rollsOver: boolean }): string =>
	`${dayIncluded ? m.year_reading_included() : m.year_reading_excluded()}${rollsOver ? m.year_reading_rolls() : m.year_reading_stays()}`;
