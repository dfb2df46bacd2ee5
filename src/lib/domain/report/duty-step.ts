import { dutyRefusal } from '#lib/domain/duties.ts';
import type { Duty } from '#lib/domain/parties.ts';
import type { ReportState } from '#lib/domain/report-state.ts';

/** What somebody of an enterprise does next with a report; `look` is for whoever may change nothing, or has nothing to do. */
export type DutyStep = 'start' | 'fill' | 'correct' | 'check' | 'receipt' | 'look';

interface Standing {
	readonly state: ReportState;
	readonly closed: boolean;
	/** Whether every box that is asked for is filled. */
	readonly filled: boolean;
	/** Whether a colleague asked the approvers to submit what stands now. */
	readonly asked: boolean;
}

/** The one thing a home page offers, by duty: it names what this person may do, not what the report lacks. */
export function dutyStep({ state, closed, filled, asked }: Standing, duty: Duty): DutyStep {
	const may = (act: 'saveAnswer' | 'submit') => dutyRefusal({ kind: 'enterprise', duty }, act) === null;
	switch (state) {
		case 'submitted':
		case 'forwarded':
		case 'received':
			return 'receipt';
		case 'not_filed':
		case 'not_delivered':
		case 'excused':
		case 'not_owed':
			return 'look';
		case 'not_started':
			return closed || !may('saveAnswer') ? 'look' : 'start';
		case 'draft':
		case 'returned':
			if (closed || !may('saveAnswer')) return 'look';
			if (may('submit') && (asked || (state === 'draft' && filled))) return 'check';
			return state === 'draft' ? 'fill' : 'correct';
	}
}
