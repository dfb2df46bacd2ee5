import { MINISTRIES } from '#lib/domain/parties.ts';
import { volumeWorkbook } from '#lib/server/pages/year-volume.ts';
import type { RequestHandler } from './$types';

/** The volume as a workbook, a sheet for each of its parts. */
export const GET: RequestHandler = (event) => volumeWorkbook(event, MINISTRIES);
