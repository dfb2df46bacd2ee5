/**
 * A reporting year and its five dates (方案第十一条; domain.md 2): who owes a report, until when, and what is past. The ministries'
 * date is the notice's; the other four are settings. Every date includes its whole day in Beijing.
 */
import { addDays, dayOf, earlierOf, endOf, laterOf, parseDay, weekdayOf, type Day } from '#lib/domain/day.ts';
import { NOTICE_DUE, type Policy, type YearlyDay } from '#lib/domain/policy.ts';
import { refuse, type DateField, type DateRefusal, type Decision, type Refusal } from '#lib/domain/refusal.ts';

/** The five dates of a year. */
export interface YearDates {
	readonly opensOn: Day;
	/** The enterprises' date at their channel, unless the channel set its own. */
	readonly channelDueOn: Day;
	/** The channels' date at the ministries: the notice's 30 November, or what both ministries set instead. */
	readonly ministryDueOn: Day;
	/** Until this day late reports are sure to be taken: the year is not closed before it has passed. */
	readonly acceptedLateUntilOn: Day;
	/** No return may ask for a correction later than this. */
	readonly correctionsUntilOn: Day;
}

export interface ReportingYear extends YearDates {
	/** The report year Y: states Y-1 as final and Y as forecast. */
	readonly year: number;
	readonly formVersion: string;
	readonly policyVersion: string;
	/** When the ministries closed the year; null while it is open. */
	readonly closedAt: Date | null;
	/** The document by which both ministries departed from the notice's date (非方案规定); null = the date is the notice's. */
	readonly departureNo: string | null;
}

export const DATE_FIELDS = ['opensOn', 'channelDueOn', 'ministryDueOn', 'acceptedLateUntilOn', 'correctionsUntilOn'] as const satisfies readonly DateField[];

/** How the notice's 30 November is read (方案第十一条): whether 前 includes the day, and whether a weekend moves it, are settings; the day itself is none. */
export function noticeDueOn(year: number, policy: Pick<Policy, 'dueDayIncluded' | 'dueRollsOver'>): Day {
	const named = dayOf(year, NOTICE_DUE.value.month, NOTICE_DUE.value.day);
	const last = policy.dueDayIncluded.value ? named : addDays(named, -1);
	const weekday = weekdayOf(last);
	return policy.dueRollsOver.value && weekday > 5 ? addDays(last, 8 - weekday) : last;
}

/** The five dates a policy proposes for a year: the ministries' is the notice's, the other four are settings. */
export function proposeDates(year: number, policy: Policy): YearDates {
	const at = (yearly: YearlyDay): Day => dayOf(year + yearly.yearOffset, yearly.month, yearly.day);
	return {
		opensOn: at(policy.opens.value),
		channelDueOn: at(policy.channelDue.value),
		ministryDueOn: noticeDueOn(year, policy),
		acceptedLateUntilOn: at(policy.acceptedLateUntil.value),
		correctionsUntilOn: at(policy.correctionsUntil.value)
	};
}

/**
 * The five dates of a form, or each refused at its field: no such day, not in the year (the last two may lie in the next), or
 * before the date it must not precede. Opening must come at least a day before the channels' date; the others may coincide.
 */
export function validateDates(year: number, given: Readonly<Record<keyof YearDates, string>>): Decision<{ dates: YearDates }> {
	const refused: DateRefusal[] = [];
	const known = new Map<DateField, Day>();
	for (const field of DATE_FIELDS) {
		const text = given[field];
		const on = parseDay(text.trim());
		if (on === null) {
			refused.push({ code: 'date_invalid', field, given: text });
			continue;
		}
		const lastYear = field === 'acceptedLateUntilOn' || field === 'correctionsUntilOn' ? year + 1 : year;
		const earliestOn = dayOf(year, 1, 1);
		const latestOn = dayOf(lastYear, 12, 31);
		if (on < earliestOn || on > latestOn) {
			refused.push({ code: 'date_out_of_range', field, given: on, earliestOn, latestOn });
			continue;
		}
		known.set(field, on);
	}
	for (const [index, field] of DATE_FIELDS.entries()) {
		const before = DATE_FIELDS[index - 1];
		const on = known.get(field);
		const beforeOn = before && known.get(before);
		if (!before || !on || !beforeOn) continue;
		if (on < beforeOn || (field === 'channelDueOn' && on === beforeOn)) {
			refused.push({ code: 'date_order', field, given: on, notBefore: before, notBeforeOn: beforeOn });
		}
	}
	if (refused.length > 0) return refuse({ code: 'dates_refused', dates: refused });
	const on = (field: DateField): Day => {
		const found = known.get(field);
		if (!found) throw new RangeError(`date ${field} was neither refused nor known`);
		return found;
	};
	return {
		ok: true,
		dates: {
			opensOn: on('opensOn'),
			channelDueOn: on('channelDueOn'),
			ministryDueOn: on('ministryDueOn'),
			acceptedLateUntilOn: on('acceptedLateUntilOn'),
			correctionsUntilOn: on('correctionsUntilOn')
		}
	};
}

/** Whether an extension gives more time: one that is not later than the ministries' date gives none. */
export function isExtended(year: Pick<ReportingYear, 'ministryDueOn'>, extensionOn: Day | null): extensionOn is Day {
	return extensionOn !== null && extensionOn > year.ministryDueOn;
}

/**
 * The date by which the report must be at the ministries, with any extension. Badge, reminder, rate and export all use this. Nobody is late of a day
 * before the duty was known: one that came to be owed after the date has that very day, and counts from it.
 *
 * @param owedOn the day the report came to be owed in a year that had begun; null = from the opening on
 */
export function effectiveDueOn(year: Pick<ReportingYear, 'ministryDueOn'>, extensionOn: Day | null, owedOn: Day | null): Day {
	const dueOn = isExtended(year, extensionOn) ? extensionOn : year.ministryDueOn;
	return owedOn === null ? dueOn : laterOf(dueOn, owedOn);
}

/** The enterprises' date at their channel: the channel's own, else the year's; never later than the ministries' date. */
export function channelDueOn(year: Pick<ReportingYear, 'channelDueOn' | 'ministryDueOn'>, channelOwnOn: Day | null): Day {
	return earlierOf(channelOwnOn ?? year.channelDueOn, year.ministryDueOn);
}

/**
 * The date one enterprise must submit by: an extension given by the ministries replaces the channel's earlier date, and so does the ministries' date
 * where the channel's had come when the duty became known.
 */
export function enterpriseDueOn(
	year: Pick<ReportingYear, 'channelDueOn' | 'ministryDueOn'>,
	channelOwnOn: Day | null,
	extensionOn: Day | null,
	owedOn: Day | null
): Day {
	const atChannel = channelDueOn(year, channelOwnOn);
	return isExtended(year, extensionOn) || (owedOn !== null && owedOn >= atChannel) ? effectiveDueOn(year, extensionOn, owedOn) : atChannel;
}

/** A channel's own date lies between the opening and the ministries' date, both included. */
export function validateChannelOwnDate(year: Pick<ReportingYear, 'opensOn' | 'ministryDueOn'>, given: string): Decision<{ channelOwnOn: Day }> {
	const checked = dateWithin('channelDueOn', given, year.opensOn, year.ministryDueOn);
	return checked.ok ? { ok: true, channelOwnOn: checked.on } : checked;
}

/**
 * The day a return proposes for the correction: a week on (非方案规定), but while the ministries' date is ahead the day before it, so that the
 * channel can still forward in time; never before today, never after the year's last day for corrections.
 */
export function proposeCorrectionOn(today: Day, dueOn: Day, latestOn: Day): Day {
	const inAWeek = addDays(today, 7);
	const inTime = today < dueOn ? earlierOf(inAWeek, addDays(dueOn, -1)) : inAWeek;
	return earlierOf(laterOf(today, inTime), laterOf(today, latestOn));
}

/** A date typed by a person, refused when it is no day or outside the range (both ends included). */
export function dateWithin(field: DateField, given: string, earliestOn: Day, latestOn: Day): Decision<{ on: Day }> {
	const on = parseDay(given.trim());
	if (on === null) return refuse({ code: 'date_invalid', field, given });
	if (on < earliestOn || on > latestOn) return refuse({ code: 'date_out_of_range', field, given, earliestOn, latestOn });
	return { ok: true, on };
}

/** True from 24:00 Beijing time of the due day on: 15:59:59.999Z is in time, 16:00:00Z is past. */
export function isPast(due: Day, instant: Date): boolean {
	return instant.getTime() >= endOf(due).getTime();
}

/** Why the year cannot be closed now, or null: only once, and not while late reports are still promised to be taken. */
export function closingRefusal(year: ReportingYear, now: Date): Refusal | null {
	if (year.closedAt !== null) return { code: 'year_closed', year: year.year };
	if (!isPast(year.acceptedLateUntilOn, now)) return { code: 'too_early_to_close', acceptedLateUntilOn: year.acceptedLateUntilOn };
	return null;
}
