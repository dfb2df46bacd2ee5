/**
 * What becomes of a mail (domain.md 4; 非方案规定): what a mail server's answer means, when to try again, and whether a reminder that was planned still
 * holds when it is about to leave. Both sides see the outcome; a dead address turns into "check this contact".
 */
import type { Court } from '#lib/domain/report/court.ts';
import type { Day } from '#lib/domain/day.ts';
import { audienceDueOn, audiencesOf, channelAudiencesOf, type Audience, type RemindedReport } from './reminder-ladder.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';

/** 'kept' = there is no mail server, it is read in the inbox. */
export const DELIVERY_STATES = ['queued', 'kept', 'sent', 'retrying', 'failed', 'bounced', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why a mail or a reminder in it was given up before it left. */
export const DROP_REASONS = ['court_changed', 'date_moved', 'left', 'disabled', 'not_listed', 'synthetic', 'switched_off', 'undone'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** What the mail program tells of a failure: the command that failed, and the server's answer if there was one. */
export interface MailFailure {
	/** 'RCPT TO', 'MAIL FROM', 'DATA', or 'CONN' where the conversation itself broke. */
	readonly command: string;
	/** Three digits of the server; null = it said nothing. */
	readonly responseCode: number | null;
	readonly response: string;
}

/**
 * `bounced`: there is no such recipient. `refused`: this mail will never be taken. `later`: not now.
 * `unreachable`: nothing is wrong with the mail, the server is away or will not talk to us.
 */
export type FailureKind = 'bounced' | 'refused' | 'later' | 'unreachable';

/** What an answer of the mail server means for the mail (RFC 5321, RFC 3463). */
export function judgeFailure({ command, responseCode, response }: MailFailure): FailureKind {
	if (responseCode === null || responseCode === 421) return 'unreachable';
	if (command !== 'RCPT TO' && command !== 'DATA') return 'unreachable';
	if (responseCode < 500) return 'later';
	// 5.7.x is about us and the server's rules: whoever has set up the relay wrongly must not find every contact declared dead.
	const ofPolicy = /\b5\.7\.\d+/.test(response) || [530, 535, 554].includes(responseCode);
	if (command === 'RCPT TO') return ofPolicy ? 'later' : 'bounced';
	return 'refused';
}

/** How often a mail is tried that the server puts off, over some thirteen hours. */
export const ATTEMPTS_AT_MOST = 10;
/** A server that is away for longer than this has lost the mail: whoever is to be reminded has the later steps. */
const UNREACHABLE_HOURS = 72;
const MINUTE = 60_000;

/**
 * When to try again after a failure; null = set aside, where it stays visible.
 *
 * @param attempts how often the server has put it off, this time included
 */
export function nextAttemptAt(kind: FailureKind, attempts: number, queuedAt: Date, now: Date): Date | null {
	switch (kind) {
		case 'bounced':
		case 'refused':
			return null;
		case 'later':
			return attempts >= ATTEMPTS_AT_MOST ? null : new Date(now.getTime() + Math.min(2 ** (attempts - 1), 240) * MINUTE);
		case 'unreachable':
			return now.getTime() - queuedAt.getTime() > UNREACHABLE_HOURS * 60 * MINUTE ? null : new Date(now.getTime() + 2 * MINUTE);
	}
}

/** A reminder as it was planned. */
export interface PlannedFor {
	readonly audience: Audience;
	readonly court: Court;
	readonly partyDueOn: Day;
	readonly step: string;
	readonly plannedAt: Date;
}

/** Its recipient as he is now. */
export interface RecipientNow {
	/** 'contact' = somebody the enterprise named, without account. */
	readonly kind: 'person' | 'contact';
	/** Sits in the enterprise or office the report belongs to, or is still among its contacts. */
	readonly there: boolean;
	readonly disabled: boolean;
	readonly synthetic: boolean;
}

/**
 * Why a planned reminder must not leave any more; null = it holds. Decided when it leaves: never to someone who left, never after the report went into
 * other hands or got another date, never to people made up for a demonstration once the system is in earnest.
 */
export function dropReason(
	planned: PlannedFor,
	report: RemindedReport,
	year: Pick<ReportingYear, 'channelDueOn' | 'ministryDueOn'>,
	recipient: RecipientNow,
	production: boolean
): DropReason | null {
	// Planned for a department while the enterprise held it: a ministry asked its channel to ring.
	const audiences: readonly Audience[] = planned.court === 'enterprise' && planned.audience !== 'enterprise' ? channelAudiencesOf(report) : audiencesOf(report);
	if (!audiences.includes(planned.audience) || !sameHolder(planned, report.court)) return 'court_changed';
	if (audienceDueOn(report, planned.audience, year) !== planned.partyDueOn) return 'date_moved';
	// A report that went and came back is not idle.
	if (planned.step.startsWith('idle') && report.courtSince !== null && report.courtSince > planned.plannedAt) return 'court_changed';
	if (recipient.synthetic && production) return 'synthetic';
	if (recipient.disabled) return 'disabled';
	if (!recipient.there) return recipient.kind === 'person' ? 'left' : 'not_listed';
	return null;
}

/** A department that waits on alone after the other has signed still holds the same report for the same reason. */
function sameHolder({ audience, court }: PlannedFor, now: Court): boolean {
	if (court === now) return true;
	const shared: readonly Court[] = audience === 'commerce' || audience === 'industry' ? ['departments', audience] : [];
	return shared.includes(court) && shared.includes(now);
}
