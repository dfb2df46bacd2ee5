import { deliverRobots } from '#lib/server/acts/chase/deliver-robots.ts';
import type { Job } from './job.ts';

/** Sends what group robots are to say. Each message is claimed in its own row. */
export const deliverRobotsJob: Job = {
	name: 'deliver-robots',
	at: '5,25,45 * * * * *',
	keysDue: () => null,
	run: (_key, { dry }) => (dry ? Promise.resolve({ sent: 0, put_off: 0, set_aside: 0 }) : deliverRobots())
};
