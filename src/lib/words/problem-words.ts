/** What is wrong with one input of a channel's form, in words. */
import { m } from '#lib/paraglide/messages.js';

/** The sentence for a problem at a path such as `comments.2.remark`. */
export function problemText(path: string, code: string): string {
	switch (code) {
		case 'missing':
			if (path === 'lateReasonCode') return m.report_late_reason_missing();
			return path === 'reasonCode' ? m.channel_problem_reason() : path.startsWith('comments') ? m.channel_problem_comment() : m.channel_problem_missing();
		case 'unreadable':
			return m.channel_problem_unreadable();
		case 'too_long':
			return m.channel_problem_too_long();
		case 'too_many':
			return m.channel_problem_too_many();
		case 'unconfirmed':
			return m.channel_checklist_unconfirmed();
		case 'none_chosen':
			return m.channel_problem_none_chosen();
		case 'date_invalid':
			return m.channel_problem_date();
		case 'date_out_of_range':
			return m.channel_problem_date_range();
		default:
			return m.channel_problem_invalid();
	}
}
