import { MINISTRIES } from '#lib/domain/parties.ts';
import { needsExport } from '#lib/server/pages/needs-page.ts';
import type { RequestHandler } from './$types';

/** What the list shows, all pages of it, as .xlsx. */
export const GET: RequestHandler = needsExport(MINISTRIES);
