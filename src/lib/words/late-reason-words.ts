/** Why a report was late, in the words of whoever's days they were. Beside lateness-words.ts, so that a list of days does not carry them. */
import { LATE_REASON_OWNERS, ownersAsked, type Lateness, type LateReasonOwner } from '#lib/domain/report/lateness.ts';
import { m } from '#lib/paraglide/messages.js';
import { lateReasonWord } from './report-reason-words.ts';
import { courtWord } from './standing-words.ts';
import { wordOf } from './words.ts';

export interface SaidReason {
	readonly owner: LateReasonOwner;
	readonly reasonCode: string;
	readonly reason: string;
}

/** 数据尚未确定：……, one reason with its sentence. */
export function lateReasonText({ reasonCode, reason }: Pick<SaidReason, 'reasonCode' | 'reason'>): string {
	return m.channel_late_said({ reason: wordOf(lateReasonWord, reasonCode) ?? reasonCode, text: reason });
}

/** Those who are asked why and those who have said it, each with what they said, the enterprise first. */
export function lateReasonsByOwner<Reason extends SaidReason>(
	daysByOwner: Lateness['daysByOwner'],
	reasons: readonly Reason[]
): readonly { readonly owner: LateReasonOwner; readonly said: readonly Reason[] }[] {
	const asked = ownersAsked(daysByOwner);
	return LATE_REASON_OWNERS.map((owner) => ({ owner, said: reasons.filter((one) => one.owner === owner) })).filter(
		({ owner, said }) => said.length > 0 || asked.includes(owner)
	);
}

/** The same as one text for a sheet: a line for each owner. */
export function lateReasonsText(daysByOwner: Lateness['daysByOwner'], reasons: readonly SaidReason[]): string {
	return lateReasonsByOwner(daysByOwner, reasons)
		.map(({ owner, said }) =>
			m.channel_late_said({
				reason: courtWord[owner](),
				text: said.length === 0 ? m.channel_late_unsaid() : said.map(lateReasonText).join(m.ministry_list_between())
			})
		)
		.join('\n');
}
