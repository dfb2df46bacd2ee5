/** What a receipt says of where the report is. Apart from the other words of a standing: lists need those and not these. */
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import { m } from '#lib/paraglide/messages.js';

/** What a receipt may say of where the report is: of the ministries only once they have it. */
export function receiptTitle(state: ReportState, court: Court): string {
	switch (state) {
		case 'submitted':
			return court === 'nobody' ? m.report_receipt_ended() : court === 'channel' ? m.report_receipt_approved() : m.report_receipt_arrived();
		case 'forwarded':
			return m.report_receipt_forwarded();
		case 'received':
			return m.report_receipt_received();
		case 'returned':
			return m.report_receipt_returned();
		case 'draft':
			return m.report_receipt_withdrawn();
		case 'not_started':
		case 'not_filed':
		case 'not_delivered':
		case 'excused':
		case 'not_owed':
			return m.report_receipt_ended();
	}
}
