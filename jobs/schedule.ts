import { closeStaleJob } from './close-stale.ts';
import { copyDigestJob } from './copy-digest.ts';
import { deliverMailJob } from './deliver-mail.ts';
import { deliverRobotsJob } from './deliver-robots.ts';
import { foldCountsJob } from './fold-counts.ts';
import type { Job } from './job.ts';
import { judgeVersionsJob } from './judge-versions.ts';
import { keepTrendsJob } from './keep-trends.ts';
import { openYearJob } from './open-year.ts';
import { remindJob } from './remind.ts';
import { robotDigestJob } from './robot-digest.ts';
import { weeklyDigestJob } from './weekly-digest.ts';

/** The timetable. One line per job; each lives in a file of its name. */
export const JOBS: readonly Job[] = [
	openYearJob,
	remindJob,
	copyDigestJob,
	weeklyDigestJob,
	robotDigestJob,
	foldCountsJob,
	keepTrendsJob,
	judgeVersionsJob,
	closeStaleJob,
	deliverMailJob,
	deliverRobotsJob
];
