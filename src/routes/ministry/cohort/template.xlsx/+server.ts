import { MINISTRIES } from '#lib/domain/parties.ts';
import { templateHeader } from '#lib/domain/register/cohort-columns.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { requireActor } from '#lib/server/access.ts';
import { blankSheetDownload } from '#lib/server/pages/list-export.ts';
import type { RequestHandler } from './$types';

/** More than a cohort of one ministry has; whoever needs more copies the rows. */
const BLANK_ROWS = 200;

/** An empty list with its header, and above it how each column is read. Text cells keep Excel from turning a code into 9.11E+17 and 000045 into 45. */
export const GET: RequestHandler = async (event) => {
	requireActor(event, MINISTRIES);
	return blankSheetDownload(m.cohort_template_sheet(), m.cohort_template_note(), templateHeader(getLocale()), BLANK_ROWS);
};
