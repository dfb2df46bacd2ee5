/**
 * What becomes of a mail (domain.md 4; 非方案规定): what a mail server's answer means, when to try again, and whom nothing is sent to.
 * Both sides see the outcome; a dead address turns into "check this contact".
 */
import { whyNotTo } from './reminder-recipients.ts';
import type { SkipReason } from './skip-reason.ts';

/** 'kept' = there is no mail server, it is read in the inbox. */
export const DELIVERY_STATES = ['queued', 'kept', 'sent', 'retrying', 'failed', 'bounced', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

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

/** Somebody a mail is for, as they are when it is about to leave. */
export interface MailReader {
	readonly synthetic: boolean;
	readonly disabled: boolean;
	/** Sits in some office or enterprise. */
	readonly seated: boolean;
	/** Wants summaries. */
	readonly digests: boolean;
}

/**
 * Why a mail about no reminder does not leave: nothing goes to made-up people in production, and a digest to who sits in an office and wants it. Other letters
 * may be about having left.
 */
export function whyNotMailed(reader: MailReader, { digest }: { readonly digest: boolean }, production: boolean): SkipReason | null {
	const { synthetic, disabled, seated, digests } = reader;
	if (!digest) return whyNotTo({ left: false, disabled: false, synthetic }, production);
	return whyNotTo({ left: !seated, disabled, synthetic }, production) ?? (digests ? null : 'switched_off');
}
