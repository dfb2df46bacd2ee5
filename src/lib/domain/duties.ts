/**
 * Who may do which act at all (domain.md 1; quality.md 6: duties are separate): one table for every act of an office. Whether the thing is
 * theirs is the scope's question, whether it is in a state for it the rule's; over people, `rightOverPeople` says the rest.
 */
import { DUTIES, isDepartment, isMinistry, type Duty, type OrganisationKind } from './parties.ts';
import type { Refusal } from './refusal.ts';

/** Offices as the table knows them: the departments of a channel are alike, and so are the two ministries. */
type Side = 'enterprise' | 'department' | 'ministry' | 'administration' | 'audit' | 'expert_pool';

/** The duties each side needs. A side with none knows of the thing and does not do this; a side that is absent is a stranger to it. */
type Row = Partial<Record<Side, readonly Duty[]>>;

const HANDLING: readonly Duty[] = ['handler', 'approver'];
const APPROVING: readonly Duty[] = ['approver'];
const NONE: readonly Duty[] = [];
const ANY = DUTIES;

/** The three sides that a report belongs to or passes through. */
const WHOEVER_SEES_IT: Row = { enterprise: ANY, department: ANY, ministry: ANY };
const WHOEVER_IS_SEATED: Row = { enterprise: ANY, department: ANY, ministry: ANY, administration: ANY, audit: ANY, expert_pool: ANY };
/** What colleagues find in their menu is put there by those who handle the matter. */
const WHOEVER_HANDLES: Row = {
	enterprise: HANDLING,
	department: HANDLING,
	ministry: HANDLING,
	administration: HANDLING,
	audit: HANDLING,
	expert_pool: HANDLING
};

/** Only an approver binds the organisation; readers change nothing, not even "opened". */
const DUTIES_FOR = {
	startDraft: { enterprise: HANDLING, department: NONE, ministry: NONE },
	saveAnswer: { enterprise: HANDLING, department: NONE, ministry: NONE },
	askApprover: { enterprise: HANDLING, department: NONE, ministry: NONE },
	submit: { enterprise: APPROVING, department: NONE, ministry: NONE },
	withdraw: { enterprise: APPROVING, department: NONE, ministry: NONE },
	open: { department: HANDLING },
	judgeExplanation: { department: HANDLING },
	giveOpinion: { department: APPROVING },
	withdrawOpinion: { department: APPROVING },
	returnReport: { department: HANDLING, ministry: HANDLING },
	undoReturn: { department: HANDLING, ministry: HANDLING },
	forward: { department: APPROVING },
	receive: { ministry: HANDLING },
	excuse: { enterprise: APPROVING, department: APPROVING, ministry: NONE },
	decideExcuse: { enterprise: NONE, department: NONE, ministry: APPROVING },
	liftExcuse: { enterprise: APPROVING, department: APPROVING, ministry: APPROVING },
	extend: { ministry: APPROVING },
	reopenForOne: { ministry: APPROVING },
	// Asking binds the enterprise to nothing, so whoever fills in may ask.
	askExtension: { enterprise: HANDLING, department: NONE, ministry: NONE },
	withdrawExtension: { enterprise: HANDLING, department: NONE, ministry: NONE },
	remarkOnExtension: { department: HANDLING },
	decideExtension: { ministry: APPROVING },
	sendReceipt: { enterprise: ANY },
	downloadVersion: WHOEVER_SEES_IT,
	downloadAttachment: WHOEVER_SEES_IT,
	revealContact: WHOEVER_SEES_IT,

	takeUpNeed: { enterprise: NONE, department: HANDLING, ministry: HANDLING },
	passOnNeed: { enterprise: NONE, department: HANDLING, ministry: HANDLING },
	answerNeed: { enterprise: NONE, department: HANDLING, ministry: HANDLING },

	askFollowUps: { enterprise: NONE, department: NONE, ministry: HANDLING },
	askFollowUpAgain: { enterprise: NONE, department: NONE, ministry: HANDLING },
	acceptFollowUp: { enterprise: NONE, department: NONE, ministry: HANDLING },
	withdrawFollowUp: { enterprise: NONE, department: NONE, ministry: HANDLING },
	passOnFollowUp: { enterprise: NONE, department: HANDLING, ministry: NONE },
	answerFollowUp: { enterprise: HANDLING, department: HANDLING, ministry: NONE },

	freezeView: { ministry: HANDLING },
	commentOnView: { ministry: HANDLING },

	setChannelDate: { department: APPROVING },
	openReportingYear: { ministry: APPROVING },
	amendReportingYear: { ministry: APPROVING },
	agreeToCloseYear: { ministry: APPROVING },
	settleDuties: { ministry: APPROVING },

	planCohortImport: { ministry: HANDLING },
	applyCohortImport: { ministry: APPROVING },
	confirmCreditCode: { ministry: APPROVING },
	recordEnterpriseEvent: { ministry: APPROVING },

	logContact: { department: HANDLING },
	// One's own slip is taken back whatever has become of the duty since.
	strikeContact: { department: ANY },
	checkContact: { department: HANDLING },
	remindByHand: { department: HANDLING },
	remindChannels: { ministry: HANDLING },
	undoReminders: { department: ANY, ministry: ANY },
	makeLetter: { department: HANDLING, ministry: HANDLING },
	setReminderPolicy: { ministry: APPROVING },
	correctWorkingCalendar: { ministry: APPROVING },
	setRobot: { department: APPROVING, ministry: APPROVING },

	// With whose people, and whether a reader may (never), `rightOverPeople` says: it knows both offices.
	invitePerson: WHOEVER_IS_SEATED,
	cancelInvitation: WHOEVER_IS_SEATED,
	changeDuty: WHOEVER_IS_SEATED,
	endMembership: WHOEVER_IS_SEATED,
	handOver: WHOEVER_IS_SEATED,
	confirmInvitation: { ministry: APPROVING },
	openOrganisation: { administration: HANDLING },
	disablePerson: { administration: HANDLING },
	keepCalendarFeed: WHOEVER_IS_SEATED,

	// A view is an address: a reader keeps their own.
	keepView: WHOEVER_IS_SEATED,
	setViewSharing: WHOEVER_HANDLES,

	exportJournal: { audit: ANY, enterprise: NONE, department: NONE, ministry: NONE, administration: NONE }
} as const satisfies Record<string, Row>;

/** An act of an office, or a move of a report that is part of one. */
export type Act = keyof typeof DUTIES_FOR;
export const ACTS = Object.keys(DUTIES_FOR) as readonly Act[];

/** A person acting for an organisation. */
export interface Acting {
	readonly kind: OrganisationKind;
	readonly duty: Duty;
}

/** Why this person may not do the act at all, whatever its object; null if the duty is theirs. Strangers do not learn that there is something to do. */
export function dutyRefusal({ kind, duty }: Acting, act: Act): Refusal | null {
	const row: Row = DUTIES_FOR[act];
	const needed = row[isDepartment(kind) ? 'department' : isMinistry(kind) ? 'ministry' : kind];
	if (needed === undefined) return { code: 'not_found' };
	return needed.includes(duty) ? null : { code: 'not_your_duty', needed };
}
