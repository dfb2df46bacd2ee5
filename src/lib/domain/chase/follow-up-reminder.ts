/**
 * A question about a figure, as the ladder of reminders sees it (domain.md 4; 非方案规定): held like a returned report, by a side of its own and with the
 * date it was asked for by. So steps, idleness, recipients, reasons for leaving out and the look before sending are those of `reminder-choice.ts`, once.
 */
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { followUpCourt, type FollowUpState } from '#lib/domain/follow-up-state.ts';
import type { Court } from '#lib/domain/report-state.ts';
import type { ReportInChoice } from './reminder-choice.ts';

export interface RemindedFollowUp {
	readonly state: FollowUpState;
	/** By when the question that stands is to be answered. */
	readonly dueOn: Day;
	/** Since when its side has it. */
	readonly sinceAt: Date;
	readonly channelKind: 'province' | 'central_group';
	/** A report of the designation is said to be unable to be filed: letters to the enterprise pause. */
	readonly excusePending: boolean;
}

/** With whom it lies, in the words of the ladder: the departments of a province have it together. */
export function courtOfFollowUp({ state, channelKind }: Pick<RemindedFollowUp, 'state' | 'channelKind'>): Court {
	switch (followUpCourt(state)) {
		case 'channel':
			return channelKind === 'province' ? 'departments' : 'group';
		case 'enterprise':
			return 'enterprise';
		case 'ministries':
			return 'ministries';
		case 'nobody':
			return 'nobody';
	}
}

/** What `chooseReminders` and `dropReason` ask. Its year begins when its side got it, who was told that day by another letter (非方案规定). */
export function asReminded(followUp: RemindedFollowUp): Pick<ReportInChoice, 'reminded' | 'year'> {
	const { dueOn, sinceAt, channelKind } = followUp;
	const court = courtOfFollowUp(followUp);
	return {
		reminded: {
			state: 'returned',
			court,
			channelKind,
			extensionOn: null,
			owedOn: null,
			voluntary: false,
			channelOwnOn: null,
			correctByOn: dueOn,
			excusePending: court === 'enterprise' && followUp.excusePending,
			courtSince: sinceAt
		},
		year: { opensOn: dayInBeijing(sinceAt), channelDueOn: dueOn, ministryDueOn: dueOn }
	};
}
