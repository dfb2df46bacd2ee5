import { describe, expect, test } from 'vitest';
import { COURTS, type Court, REPORT_STATES, type ReportState } from '#lib/domain/report-state.ts';
import { m } from '#lib/paraglide/messages.js';
import { nextStepText } from '#lib/words/chase-words.ts';
import { receiptTitle } from '#lib/words/receipt-words.ts';
import { reportStateMark, stateMark } from '#lib/words/standing-words.ts';

describe('how a report stands', () => {
	test('after every opinion it is no longer called submitted, anywhere else it is called what it is', () => {
		for (const state of REPORT_STATES)
			for (const court of COURTS) {
				const word = stateMark({ state, court }).word();
				expect(word).toBe(state === 'submitted' && court === 'channel' ? m.ui_state_approved() : reportStateMark[state].word());
			}
	});

	test.each<[ReportState, Court, string]>([
		['submitted', 'departments', m.report_receipt_arrived()],
		['submitted', 'industry', m.report_receipt_arrived()],
		['submitted', 'group', m.report_receipt_arrived()],
		['submitted', 'channel', m.report_receipt_approved()],
		['submitted', 'nobody', m.report_receipt_ended()],
		['forwarded', 'ministries', m.report_receipt_forwarded()],
		['received', 'nobody', m.report_receipt_received()],
		['returned', 'enterprise', m.report_receipt_returned()],
		['draft', 'enterprise', m.report_receipt_withdrawn()]
	])('a receipt of a report that is %s with %s', (state, court, title) => expect(receiptTitle(state, court)).toBe(title));

	test('方案第十一条: only what both ministries have is said to be received by them', () => {
		const received = m.report_receipt_received();
		const said = REPORT_STATES.flatMap((state) => COURTS.map((court) => ({ state, title: receiptTitle(state, court) })));
		expect(said.filter(({ state, title }) => state !== 'received' && title === received)).toEqual([]);
	});
});

test('a step is named as its reader may take it', () => {
	const approver = { sign: true, forward: true };
	const handler = { sign: false, forward: false };
	expect(nextStepText('sign', approver)).toBe(m.chase_next_sign());
	expect(nextStepText('sign', handler)).toBe(m.chase_next_read());
	expect(nextStepText('forward', approver)).toBe(m.chase_next_forward());
	expect(nextStepText('forward', handler)).toBe(m.chase_next_forward_approver());
	expect(nextStepText('remind', handler)).toBe(nextStepText('remind', approver));
});
