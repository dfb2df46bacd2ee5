/**
 * Reminding by hand (domain.md 4): an office chooses reports, the system writes to whoever holds each of them, and to nobody twice a day or at night; a
 * ministry chooses channels, and the system writes to their departments.
 * Whoever is left out is named with the reason (「非方案规定，系统设置」).
 */
import { dayInBeijing, startOf, type Day } from '#lib/domain/day.ts';
import type { Department } from '#lib/domain/parties.ts';
import { audiencesOf, type Audience, type RemindedReport } from './reminder-ladder.ts';
import type { NotWrittenTo, Recipients, ReminderRecipient } from './reminder-recipients.ts';

/** From this hour in Beijing until the other nobody is written to: people sleep. */
export const QUIET_FROM_HOUR = 22;
export const QUIET_UNTIL_HOUR = 8;

/** How long a batch can be taken back; no mail of it leaves earlier. */
export const UNDO_SECONDS = 30;

export function isQuiet(now: Date): boolean {
	const hour = (now.getTime() - startOf(dayInBeijing(now)).getTime()) / 3_600_000;
	return hour >= QUIET_FROM_HOUR || hour < QUIET_UNTIL_HOUR;
}

/** Whether somebody other than the office itself holds the report: only then is there anybody to remind. */
export function isRemindable(report: Pick<RemindedReport, 'court' | 'channelKind'>, me: Department): boolean {
	return audiencesOf(report).some((audience) => audience !== me);
}

/** A chosen report, who holds it and who would be written to. */
export interface HandReport<Item> {
	readonly item: Item;
	/** The holder's own date; null = with the ministries or with nobody. */
	readonly dueOn: Day | null;
	readonly holders: readonly { readonly audience: Audience; readonly recipients: Recipients }[];
}

/** Why a report, or somebody of it, gets nothing. */
export type HandSkip = NotWrittenTo | 'not_chased' | 'own_office' | 'reminded_today' | 'nobody';

export interface HandPlan<Item> {
	readonly send: readonly { readonly item: Item; readonly audience: Audience; readonly dueOn: Day; readonly recipient: ReminderRecipient }[];
	/** `name` is null where the whole report is left out, or with `audience` the whole office. */
	readonly skipped: readonly { readonly item: Item; readonly audience: Audience | null; readonly name: string | null; readonly why: HandSkip }[];
}

/**
 * Who gets a reminder.
 *
 * @param me the office that presses: it does not write to itself about what lies with it; null = a ministry, with which nothing chased lies
 * @param remindedToday keys of recipients who were written to today already, by people or by the timetable
 */
export function planByHand<Item>(reports: readonly HandReport<Item>[], me: Department | null, remindedToday: ReadonlySet<string>): HandPlan<Item> {
	const send: { item: Item; audience: Audience; dueOn: Day; recipient: ReminderRecipient }[] = [];
	const skipped: { item: Item; audience: Audience | null; name: string | null; why: HandSkip }[] = [];
	for (const { item, dueOn, holders } of reports) {
		if (dueOn === null || holders.length === 0) {
			skipped.push({ item, audience: null, name: null, why: 'not_chased' });
			continue;
		}
		const others = holders.filter(({ audience }) => audience !== me);
		if (others.length === 0) skipped.push({ item, audience: null, name: null, why: 'own_office' });
		for (const { audience, recipients } of others) {
			if (recipients.to.length === 0 && recipients.leftOut.length === 0) skipped.push({ item, audience, name: null, why: 'nobody' });
			for (const { name, why } of recipients.leftOut) skipped.push({ item, audience, name, why });
			for (const recipient of recipients.to) {
				if (remindedToday.has(recipient.key)) skipped.push({ item, audience, name: recipient.name, why: 'reminded_today' });
				else send.push({ item, audience, dueOn, recipient });
			}
		}
	}
	return { send, skipped };
}
