import { tableDownload } from '#lib/server/pages/list-export.ts';
import { leavingEnterprises } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** The enterprises behind a year's mark as .xlsx. */
export const GET: RequestHandler = async (event) => tableDownload(event, await leavingEnterprises(event, event.params.metric));
