import { MINISTRIES } from '#lib/domain/parties.ts';
import { daysBetween } from '#lib/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';
import { requireActor } from '#lib/server/access.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { offsetShort } from '#lib/words/offset-text.ts';
import { curveSvgFile, drawCurves } from '#lib/ui/charts/submission-curve.ts';
import { formatDay } from '#lib/words/format.ts';
import { progressQueryOf } from '../progress-query.ts';
import type { RequestHandler } from './$types';

/** The curve as a picture that needs no script to be made. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { query } = progressQueryOf(event.url.searchParams);
	const { year, curves, asOf } = await ministryProgress(actor, query, event.locals.now());
	const title = `${m.progress_curve()}: ${query.curve === 'submitted' ? m.progress_curve_submitted() : m.progress_curve_forwarded()}`;
	const words = {
		title,
		caption: m.progress_curve_caption({ year: year?.year ?? '', day: formatDay(asOf, false) }),
		due: m.progress_due_line(),
		offset: offsetShort
	};
	const svg = curveSvgFile(drawCurves(curves, year ? daysBetween(year.ministryDueOn, asOf) : 0), words);
	return new Response(svg, { headers: attachmentHeaders(`${m.progress_curve()}-${year?.year ?? ''}.svg`, 'image/svg+xml') });
};
