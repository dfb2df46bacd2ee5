import { daysBetween, type Day } from '#lib/domain/day.ts';
import type { ReminderItem } from '#lib/domain/chase/reminder-item.ts';
import { textOf } from '#lib/domain/chase/reminder-ladder.ts';
import { fillParagraph, type ReminderPolicy, type ReminderText } from '#lib/domain/chase/reminder-policy.ts';
import type { ReminderRecipient } from '#lib/domain/chase/reminder-recipients.ts';
import { workingDaysUntil, type WorkingCalendar } from '#lib/domain/working-calendar.ts';
import { reportPath } from '#lib/forms/report-address.ts';
import { m } from '#lib/paraglide/messages.js';
import { reportStateMark } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import type { FeedDateKind } from '#lib/domain/report/feed-dates.ts';
import { calendarFile } from './calendar-file.ts';
import { dayIn, linkTo, oneLine, type Letter, type MailLocale } from '#lib/server/mail/mail.ts';
import { formatNumber } from '#lib/words/format.ts';

/** What a letter is written by, the same for a whole run. */
export interface LetterTerms {
	readonly policy: ReminderPolicy;
	readonly calendar: WorkingCalendar;
	readonly today: Day;
	/** For the stamp of the calendar entry. */
	readonly now: Date;
	/** Reminded by people, not by the ladder: which office, and what it adds. */
	readonly byHand?: { readonly officeZh: string; readonly officeEn: string | null; readonly remark: string | null } | null;
}

/** 'collecting': a ministry tells a department what its enterprises have not submitted. */
type Situation = ReminderText | 'open' | 'collecting';

/** Reports that the letter can say one thing of. */
interface Group {
	readonly situation: Situation;
	readonly year: number;
	readonly dueOn: Day;
	readonly reportDueOn: Day;
	readonly items: readonly ReminderItem[];
}

/** So many reports of one kind are named; the rest is counted, and seen on the page. */
const NAMED_AT_MOST = 40;

/**
 * One letter to one recipient about all his reports: a subject without names or figures of people, what is to be done until when, whom it is
 * about, and a link to where it is done.
 */
export function reminderLetter(recipient: ReminderRecipient, items: readonly ReminderItem[], terms: LetterTerms): Letter {
	const { locale } = recipient;
	const said = { locale };
	const groups = groupsOf(items, terms.today);
	const first = groups[0];
	if (!first) throw new RangeError('a reminder about nothing');
	const { byHand } = terms;
	const paragraphs = [
		...groups.flatMap((group) => paragraphsOf(group, recipient, terms)),
		...(byHand ? [m.reminder_by_hand({ office: oneLine((locale === 'en' ? byHand.officeEn : null) ?? byHand.officeZh) }, said)] : []),
		...(byHand && byHand.remark !== null && byHand.remark.trim() !== '' ? [m.reminder_remark({ remark: oneLine(byHand.remark) }, said)] : []),
		...(recipient.personId === null ? [m.reminder_no_account({}, said)] : []),
		...basisOf(items, locale)
	];
	const ics = icsOf(groups, terms, locale);
	return {
		template: `reminder_${groups.length === 1 ? first.situation : 'several'}`,
		locale,
		to: recipient.address,
		personId: recipient.personId,
		name: recipient.name,
		subject: subjectOf(groups, terms.today, locale),
		paragraphs,
		...(recipient.personId === null ? {} : { link: linkOf(items, locale) }),
		...(ics === null ? {} : { ics })
	};
}

/** What the dates rest on: the notice, and of a year whose date both ministries moved the document (非方案规定). */
function basisOf(items: readonly ReminderItem[], locale: MailLocale): readonly string[] {
	const said = { locale };
	const years = [...new Map(items.map(({ year, ministryDueOn, departureNo }) => [year, { year, ministryDueOn, departureNo }])).values()];
	const departed = years.flatMap(({ year, ministryDueOn, departureNo }) =>
		departureNo === null ? [] : [m.year_basis_departed({ year, no: oneLine(departureNo), date: dayIn(ministryDueOn, locale) }, said)]
	);
	return departed.length < years.length ? [m.reminder_basis({}, said), ...departed] : departed;
}

/** What is latest stands first; a report under two steps (its date and its idleness) is named once. */
function groupsOf(items: readonly ReminderItem[], today: Day): readonly Group[] {
	const groups = new Map<string, { situation: Situation; year: number; dueOn: Day; reportDueOn: Day; items: ReminderItem[] }>();
	const seen = new Set<string>();
	// A step of the date says more than one of idleness.
	for (const item of [...items].sort((a, b) => Number(a.step.startsWith('idle')) - Number(b.step.startsWith('idle')))) {
		if (seen.has(item.reportId)) continue;
		seen.add(item.reportId);
		const situation = situationOf(item, today);
		const key = `${item.partyDueOn} ${item.year} ${situation}`;
		const group = groups.get(key) ?? { situation, year: item.year, dueOn: item.partyDueOn, reportDueOn: item.reportDueOn, items: [] };
		group.items.push(item);
		groups.set(key, group);
	}
	return [...groups.values()].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.situation < b.situation ? -1 : 1));
}

function situationOf(item: ReminderItem, today: Day): Situation {
	if (item.step === 'open') return 'open';
	return item.court === 'enterprise' && item.audience !== 'enterprise' ? 'collecting' : textOf(item, item.partyDueOn, today);
}

function subjectOf(groups: readonly Group[], today: Day, locale: MailLocale): string {
	const said = { locale };
	const first = groups[0];
	if (!first) return '';
	const count = groups.reduce((sum, group) => sum + group.items.length, 0);
	if (groups.length > 1) return m.reminder_subject_several({ count: formatNumber(count) }, said);
	const { situation, year, dueOn, reportDueOn, items } = first;
	const due = dayIn(dueOn, locale);
	const past = daysBetween(dueOn, today);
	switch (situation) {
		case 'open':
			return m.reminder_subject_open({ year, due }, said);
		case 'before':
			return m.reminder_subject_before({ year, due, days: -past }, said);
		case 'on_the_day':
			return m.reminder_subject_on_the_day({ year }, said);
		case 'after':
			return today > reportDueOn ? m.reminder_subject_after({ year, days: past }, said) : m.reminder_subject_after_channel({ year, days: past }, said);
		case 'returned':
			return past > 0 ? m.reminder_subject_returned_late({ year, days: past }, said) : m.reminder_subject_returned({ year, due }, said);
		case 'awaiting_opinion':
			return m.reminder_subject_awaiting_opinion({ year, count: formatNumber(items.length), due }, said);
		case 'forwarding':
			return m.reminder_subject_forwarding({ year, count: formatNumber(items.length), due }, said);
		case 'collecting':
			return m.reminder_subject_collecting({ year, count: formatNumber(items.length), due }, said);
	}
}

function paragraphsOf(group: Group, { locale }: ReminderRecipient, { policy, calendar, today }: LetterTerms): readonly string[] {
	const said = { locale };
	const { situation, year, dueOn, reportDueOn, items } = group;
	const due = dayIn(dueOn, locale);
	const left = leftIn(dueOn, today, calendar, locale);
	const own = situation === 'open' || situation === 'collecting' ? undefined : policy.paragraphs[situation];
	const ownText = (locale === 'en' ? own?.en : own?.zh) ?? '';
	const names = items.map(({ enterpriseName, category }) =>
		m.reminder_report({ enterprise: oneLine(enterpriseName), category: categoryWord[category]({}, said) }, said)
	);
	const enterprise = names.length === 1 ? oneLine(items[0]?.enterpriseName ?? '') : m.reminder_enterprises({ count: formatNumber(names.length) }, said);
	const added =
		ownText.trim() === '' ? [] : [fillParagraph(ownText.trim(), { year: String(year), due, days: String(Math.abs(daysBetween(today, dueOn))), enterprise })];
	const toEnterprise = items[0]?.audience === 'enterprise';
	if (toEnterprise)
		return [
			...names.map((report) => askEnterprise(situation, today > reportDueOn, { report, year, due, left, forward: dayIn(reportDueOn, locale) }, said)),
			...added
		];
	const count = items.length;
	const asking = situation === 'collecting' ? m.reminder_collecting : situation === 'forwarding' ? m.reminder_forwarding : m.reminder_awaiting_opinion;
	const asked = asking({ count, year, due, left }, said);
	const lines = items.slice(0, NAMED_AT_MOST).map(({ heldSinceOn, state }, index) => {
		const report = names[index] ?? '';
		if (situation === 'collecting') return m.reminder_line_state({ report, state: reportStateMark[state].word({}, said) }, said);
		return heldSinceOn === null ? m.reminder_line({ report }, said) : m.reminder_line_since({ report, since: dayIn(heldSinceOn, locale) }, said);
	});
	return [asked, ...lines, ...(count > NAMED_AT_MOST ? [m.reminder_more({ count: formatNumber(count - NAMED_AT_MOST) }, said)] : []), ...added];
}

/** Past the channel's date is not late yet: on time is what reaches the ministries by theirs (方案第十一条). */
function askEnterprise(
	situation: Situation,
	late: boolean,
	about: { report: string; year: number; due: string; left: string; forward: string },
	said: { locale: MailLocale }
): string {
	switch (situation) {
		case 'open':
			return m.reminder_open(about, said);
		case 'returned':
			return m.reminder_returned(about, said);
		case 'after':
			return late ? m.reminder_after(about, said) : m.reminder_after_channel(about, said);
		default:
			return m.reminder_before(about, said);
	}
}

/** "7 days left, 5 of them working days"; the working days are left out where the calendar does not know them. */
function leftIn(dueOn: Day, today: Day, calendar: WorkingCalendar, locale: MailLocale): string {
	const said = { locale };
	const days = daysBetween(today, dueOn);
	if (days < 0) return m.reminder_left_late({ days: -days }, said);
	if (days === 0) return m.reminder_left_today({}, said);
	const working = workingDaysUntil(today, dueOn, calendar);
	return working === null ? m.reminder_left({ days }, said) : m.reminder_left_working({ days, working }, said);
}

function linkOf(items: readonly ReminderItem[], locale: MailLocale): { label: string; href: string } {
	const said = { locale };
	const [first, ...others] = items;
	const one = first && others.every(({ reportId }) => reportId === first.reportId) ? first : null;
	if (first?.audience === 'enterprise') return { label: m.reminder_action_report({}, said), href: linkTo(one ? reportPath(one) : '/enterprise/home') };
	// What an enterprise has not submitted its channel cannot open: it is rung from the board.
	return one && one.court !== 'enterprise'
		? { label: m.reminder_action_report({}, said), href: linkTo(`/channel/reports/${one.reportId}`) }
		: { label: m.reminder_action_chase({}, said), href: linkTo('/channel/chase') };
}

/** One entry per date that is ahead; none when nothing is. The same date gets the same entry in every letter, so a calendar replaces it. */
function icsOf(groups: readonly Group[], { today }: LetterTerms, locale: MailLocale): string | null {
	const ahead = groups.filter(({ dueOn }) => dueOn >= today);
	if (ahead.length === 0) return null;
	const entries = ahead.map(({ situation, year, dueOn, reportDueOn, items }) => ({
		kind: deadlineOf(situation, dueOn, reportDueOn),
		year,
		on: dueOn,
		description: items
			.slice(0, NAMED_AT_MOST)
			.map(({ enterpriseName }) => oneLine(enterpriseName))
			.join('\n'),
		url: linkTo('/home')
	}));
	return calendarFile(entries, { locale });
}

/** Which of the year's dates a letter speaks of, as the calendar knows them. */
function deadlineOf(situation: Situation, dueOn: Day, reportDueOn: Day): FeedDateKind {
	if (situation === 'returned') return 'correct';
	if (dueOn === reportDueOn) return 'at_ministries';
	return situation === 'collecting' ? 'channel_due' : 'submit';
}
