import { MINISTRIES } from '#lib/domain/parties.ts';
import { workbookDownload } from '#lib/server/pages/list-export.ts';
import { volumeWorkbook } from '#lib/server/pages/year-volume.ts';
import type { RequestHandler } from './$types';

/** The volume as a workbook, a sheet for each of its parts. */
export const GET: RequestHandler = async (event) => workbookDownload(event, await volumeWorkbook(event, MINISTRIES));
