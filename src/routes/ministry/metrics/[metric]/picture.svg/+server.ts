import { leavingPicture } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** The picture of a metric as .svg: needs no script to be made. */
export const GET: RequestHandler = (event) => leavingPicture(event, event.params.metric, 'svg');
