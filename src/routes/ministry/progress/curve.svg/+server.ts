import { MINISTRIES } from '#lib/domain/parties.ts';
import { daysBetween } from '#lib/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';
import { requireActor } from '#lib/server/access.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { leavingName } from '#lib/server/pages/list-export.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { offsetShort } from '#lib/words/offset-text.ts';
import { curveSvgFile, drawCurves } from '#lib/ui/charts/submission-curve.ts';
import { formatDay } from '#lib/words/format.ts';
import { curveTitle } from '../curve-title.ts';
import { filtersInForce } from '../list-filters.ts';
import { progressQueryOf } from '../progress-query.ts';
import type { RequestHandler } from './$types';

/** The curve as a picture that needs no script to be made. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const params = event.url.searchParams;
	const { query, ignored } = progressQueryOf(params);
	const found = await ministryProgress(actor, query, event.locals.now());
	const { year, curves, asOf } = found;
	const filters = filtersInForce(found, params, ignored);
	const title = [curveTitle(year, query.curve), ...filters.map(({ text }) => text)].join(' · ');
	const words = {
		title,
		caption: m.progress_curve_caption({ year: year?.year ?? '', day: formatDay(asOf, false) }),
		due: m.progress_due_line(),
		offset: offsetShort
	};
	const svg = curveSvgFile(drawCurves(curves, year ? daysBetween(year.ministryDueOn, asOf) : 0), words);
	const name = leavingName(event, { title: curveTitle(year, query.curve), filters, count: curves.length }, 'svg');
	return new Response(svg, { headers: attachmentHeaders(name, 'image/svg+xml') });
};
