import { deliverMailJob } from './deliver-mail.ts';
import type { Job } from './job.ts';

/** The timetable. One line per job; each lives in a file of its name. */
export const JOBS: readonly Job[] = [deliverMailJob];
