/** What happened to a report, in words: the acts as their files are named. */
import { m } from '#lib/paraglide/messages.js';
import type { Tone, Word } from './words.ts';

const steps: Readonly<Record<string, { tone: Tone; word: Word }>> = {
	'start-draft': { tone: 'plain', word: m.report_step_start_draft },
	'start-correction': { tone: 'plain', word: m.report_step_start_correction },
	'ask-approver': { tone: 'plain', word: m.report_step_ask_approver },
	'submit-annual-report': { tone: 'info', word: m.report_step_submit },
	'withdraw-annual-report': { tone: 'warn', word: m.report_step_withdraw },
	'open-annual-report': { tone: 'plain', word: m.report_step_open },
	'give-opinion': { tone: 'ok', word: m.report_step_opinion },
	'withdraw-opinion': { tone: 'warn', word: m.report_step_withdraw_opinion },
	'return-annual-report': { tone: 'warn', word: m.report_step_return },
	'undo-return': { tone: 'plain', word: m.report_step_undo_return },
	'forward-annual-reports': { tone: 'ok', word: m.report_step_forward },
	'record-enterprise-event': { tone: 'info', word: m.records_act_record_event },
	'correct-register': { tone: 'info', word: m.records_act_correct_register },
	'close-year': { tone: 'plain', word: m.report_step_close_year },
	'settle-duties': { tone: 'info', word: m.duty_act_settle },
	'receive-annual-reports': { tone: 'ok', word: m.report_step_receive },
	'ask-extension': { tone: 'info', word: m.exception_step_ask },
	'withdraw-extension-request': { tone: 'plain', word: m.exception_step_withdraw },
	'grant-extension': { tone: 'ok', word: m.exception_step_grant },
	'refuse-extension': { tone: 'warn', word: m.exception_step_refuse },
	'excuse-annual-report': { tone: 'warn', word: m.exception_step_excuse },
	'excuse-to-be-confirmed': { tone: 'warn', word: m.exception_step_to_be_confirmed },
	'confirm-excuse': { tone: 'plain', word: m.exception_step_confirm_excuse },
	'refuse-excuse': { tone: 'warn', word: m.exception_step_refuse_excuse },
	'lift-excuse': { tone: 'plain', word: m.exception_step_lift },
	'reopen-annual-report': { tone: 'info', word: m.exception_step_reopen }
};

/** The step in words; the act's own name for one nobody has a word for. */
export function stepWord(act: string): string {
	return steps[act]?.word() ?? act;
}

export function stepTone(act: string): Tone {
	return steps[act]?.tone ?? 'plain';
}
