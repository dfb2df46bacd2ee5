import { chooseReminders, dropReason, type ChoiceTerms, type Occasion, type ReminderChoice } from '#lib/domain/chase/reminder-choice.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/door.ts';
import { followUpReminderLetter } from '#lib/server/letters/follow-up-reminder-letter.ts';
import type { Letter } from '#lib/server/mail/mail.ts';
import {
	dropFollowUpReminder,
	itemOfFollowUp,
	loadFollowUpRemindersOfMail,
	loadFollowUpsPlannedBefore,
	loadFollowUpsToRemind,
	queueFollowUpReminders,
	type FollowUpToRemind
} from '#lib/server/store/chase/reminded-follow-up.ts';

export type FollowUpPlan = ReminderChoice<FollowUpToRemind> & { readonly questions: number };

/**
 * Who is reminded of which question about a figure in a channel on a day, by the ladder of the reports (domain.md 4; 非方案规定).
 *
 * @param keep the questions are held as they are until the transaction ends
 */
export async function planFollowUps(db: Db, channelId: string, occasion: Occasion, terms: ChoiceTerms, keep: boolean): Promise<FollowUpPlan> {
	const asked = await loadFollowUpsToRemind(db, channelId, terms, keep);
	const before = await loadFollowUpsPlannedBefore(
		db,
		asked.map(({ id }) => id)
	);
	return { ...chooseReminders(asked, occasion, before, terms), questions: asked.length };
}

/** Writes the plan of a channel's questions down and queues its letters. The caller holds the channel's lock. */
export async function remindFollowUps(
	db: Db,
	channelId: string,
	occasion: Occasion,
	terms: ChoiceTerms
): Promise<{ readonly plan: FollowUpPlan; readonly queued: { readonly reminders: number; readonly mails: number } }> {
	const plan = await planFollowUps(db, channelId, occasion, terms, true);
	return { plan, queued: await queueFollowUpReminders(db, plan.send, (recipient, items) => followUpReminderLetter(recipient, items, terms.on)) };
}

/** The questions a mail reminds of, decided again as it is about to leave: never after one was answered, asked anew or got another date. */
export async function decideFollowUpsAgain(
	db: Db,
	mailId: string,
	today: Day,
	production: boolean
): Promise<{ readonly is: 'plain' } | { readonly is: 'dropped'; readonly because: SkipReason } | { readonly is: 'letter'; readonly letter: Letter }> {
	const found = await loadFollowUpRemindersOfMail(db, mailId);
	if (found.length === 0) return { is: 'plain' };
	let because: SkipReason = 'court_changed';
	const holding: (typeof found)[number][] = [];
	for (const one of found) {
		const why = one.sameRound ? dropReason(one.planned, one.reminded, one.year, one.now, production) : 'court_changed';
		if (why === null) {
			holding.push(one);
			continue;
		}
		because = why;
		await dropFollowUpReminder(db, one.id, why);
	}
	const [first] = holding;
	if (!first) return { is: 'dropped', because };
	const items = holding.map(({ followUp, planned }) => itemOfFollowUp(followUp, { audience: planned.audience, step: planned.step, dueOn: planned.partyDueOn }));
	return { is: 'letter', letter: followUpReminderLetter(first.recipient, items, today) };
}
