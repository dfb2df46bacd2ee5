/** The steps of a report's own history, as its acts are named. */
import { m } from '#lib/paraglide/messages.js';
import { stepTone, stepWord } from './step-words.ts';
import type { Tone, Word } from './words.ts';

const words: Readonly<Record<string, { readonly word: Word; readonly tone: Tone }>> = {
	'start-draft': { word: m.channel_act_start_draft, tone: 'plain' },
	'start-correction': { word: m.channel_act_start_correction, tone: 'plain' },
	'ask-approver': { word: m.channel_act_ask_approver, tone: 'plain' },
	'submit-annual-report': { word: m.channel_act_submit, tone: 'info' },
	'withdraw-annual-report': { word: m.channel_act_withdraw, tone: 'warn' },
	'open-annual-report': { word: m.channel_act_open, tone: 'plain' },
	'give-opinion': { word: m.channel_act_give_opinion, tone: 'ok' },
	'withdraw-opinion': { word: m.channel_act_withdraw_opinion, tone: 'warn' },
	'return-annual-report': { word: m.channel_act_return, tone: 'warn' },
	'undo-return': { word: m.channel_act_undo_return, tone: 'plain' },
	'forward-annual-reports': { word: m.channel_act_forward, tone: 'ok' },
	'receive-annual-reports': { word: m.channel_act_receive, tone: 'ok' }
};

/** The word for a step; what no department does is called as in the enterprise's own history. */
export function actWord(act: string): { word: string; tone: Tone } {
	const known = words[act];
	return known ? { word: known.word(), tone: known.tone } : { word: stepWord(act), tone: stepTone(act) };
}
