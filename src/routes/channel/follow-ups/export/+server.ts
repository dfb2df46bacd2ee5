import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { followUpsExport } from '#lib/server/pages/follow-ups-page.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import { followUpsFilters } from '#lib/ui/follow-up/follow-ups-filters.ts';
import { chosenFilters } from '#lib/ui/kit/table/filter.ts';
import type { RequestHandler } from './$types';

/** What the list shows, all pages of it, as .xlsx. */
export const GET: RequestHandler = listExport(
	followUpsExport(DEPARTMENTS, (found, params, ignored) => chosenFilters(followUpsFilters(found, 'channel'), params, ignored))
);
