import { leavingPicture } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** The picture of a metric as the rows it is drawn from. */
export const GET: RequestHandler = (event) => leavingPicture(event, event.params.metric, 'csv');
