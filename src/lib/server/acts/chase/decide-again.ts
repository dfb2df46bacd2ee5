import { dropReason } from '#lib/domain/chase/reminder-choice.ts';
import { itemOf } from '#lib/domain/chase/reminder-item.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import type { Db } from '#lib/server/db/door.ts';
import { reminderLetter, type LetterTerms } from '#lib/server/letters/reminder-letter.ts';
import type { Letter } from '#lib/server/mail/mail.ts';
import { decideFollowUpsAgain } from './remind-follow-ups.ts';
import { dropReminder, loadPress, loadRemindersOfMail } from '#lib/server/store/chase/reminder-recheck.ts';

/** `plain`: a mail without reminders. `letter`: written anew from what still holds. */
export type DecidedAgain =
	{ readonly is: 'plain' } | { readonly is: 'dropped'; readonly because: SkipReason } | { readonly is: 'letter'; readonly letter: Letter };

/**
 * Decides the reminders of a mail again as it is about to leave, and writes the letter anew from what still holds: whoever submitted in between is not
 * asked to, and days left are those of today. Nothing is locked: a mail server is slow, and an act must not wait for it.
 */
export async function decideAgain(db: Db, mailId: string, terms: LetterTerms, production: boolean): Promise<DecidedAgain> {
	const judged = (await loadRemindersOfMail(db, mailId)).map((one) => ({
		...one,
		dropped: dropReason(one.planned, one.report.reminded, one.report.year, one.now, production)
	}));
	if (judged.length === 0) return decideFollowUpsAgain(db, mailId, terms.today, production);
	let because: SkipReason = 'court_changed';
	for (const { id, dropped } of judged) {
		if (dropped === null) continue;
		because = dropped;
		await dropReminder(db, id, dropped);
	}
	const holding = judged.filter(({ dropped }) => dropped === null);
	const [first] = holding;
	if (!first) return { is: 'dropped', because };
	const items = holding.map(({ report, planned }) => itemOf(report, { audience: planned.audience, step: planned.step, dueOn: planned.partyDueOn }));
	return {
		is: 'letter',
		letter: reminderLetter(first.recipient, items, { ...terms, byHand: first.batchId === null ? null : await loadPress(db, first.batchId) })
	};
}
