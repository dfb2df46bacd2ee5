import { tableDownload } from '#lib/server/pages/list-export.ts';
import { leavingPoints } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** The points of a metric as .csv, through the one door of sheets. */
export const GET: RequestHandler = async (event) => tableDownload(event, await leavingPoints(event, event.params.metric), 'csv');
