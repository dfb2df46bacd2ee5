import { deliverMail } from '#lib/server/acts/deliver-mail.ts';

/** A job is an act on a timer. What is due is decided by rows, not by the tick: a missed, late or doubled tick changes nothing. */
export interface Job {
	readonly name: string;
	/** Cron expression, Asia/Shanghai. */
	readonly at: string;
	readonly run: () => Promise<unknown>;
}

export const JOBS: readonly Job[] = [{ name: 'deliver-mail', at: '*/10 * * * * *', run: () => deliverMail() }];
