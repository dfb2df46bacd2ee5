import { deliverMail } from '#lib/server/acts/chase/deliver-mail.ts';
import type { Job } from './job.ts';

/** Sends what is queued. Each mail is claimed in its own row, for as long as sending one may take. */
export const deliverMailJob: Job = {
	name: 'deliver-mail',
	at: '*/10 * * * * *',
	keysDue: () => null,
	run: (_key, { dry }) => (dry ? Promise.resolve({ sent: 0, put_off: 0, set_aside: 0, dropped: 0 }) : deliverMail())
};
