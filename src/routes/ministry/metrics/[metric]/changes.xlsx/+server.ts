import { tableDownload } from '#lib/server/pages/list-export.ts';
import { leavingChanges } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** What moved between audited years, and how far forecasts missed, as .xlsx. */
export const GET: RequestHandler = async (event) => tableDownload(event, await leavingChanges(event, event.params.metric));
