import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import { needsExport } from '#lib/server/pages/needs-page.ts';
import { chosenFilters } from '#lib/ui/kit/table/filter.ts';
import { needsFilters } from '#lib/ui/need/needs-filters.ts';
import type { RequestHandler } from './$types';

/** What the list shows, all pages of it, as .xlsx. */
export const GET: RequestHandler = listExport(needsExport(DEPARTMENTS, (found, params, ignored) => chosenFilters(needsFilters(found, false), params, ignored)));
