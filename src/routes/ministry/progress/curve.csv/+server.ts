import { MINISTRIES } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { requireActor } from '#lib/server/access.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { curveRows } from '#lib/ui/charts/submission-curve.ts';
import { progressQueryOf } from '../progress-query.ts';
import type { RequestHandler } from './$types';

/** The curve as rows: days to the date, and per year how many had come and of how many. Figures only, so a cell that begins with a minus is a number. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { query } = progressQueryOf(event.url.searchParams);
	const { year, curves } = await ministryProgress(actor, query, event.locals.now());
	const head = ['days_to_due', ...curves.flatMap((curve) => [`${curve.year}_${query.curve}`, `${curve.year}_expected`])];
	const rows = curveRows(curves).map(({ offset, byYear }) => [offset, ...curves.flatMap((curve) => [byYear.get(curve.year)?.count ?? 0, curve.expected])]);
	const text = [head, ...rows].map((cells) => cells.join(',')).join('\r\n');
	return new Response(`\ufeff${text}\r\n`, { headers: attachmentHeaders(`${m.progress_curve()}-${year?.year ?? ''}.csv`, 'text/csv; charset=utf-8') });
};
