import { deliverMail } from '#lib/server/acts/deliver-mail.ts';
import type { Job } from './job.ts';

/** Sends what is queued. Each mail is claimed by its own row. */
export const deliverMailJob: Job = {
	name: 'deliver-mail',
	at: '*/10 * * * * *',
	keysDue: () => null,
	run: (_key, { dry }) => (dry ? Promise.resolve({ sent: 0, failed: 0 }) : deliverMail())
};
