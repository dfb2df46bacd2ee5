import { daysBetween } from '#lib/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { leavingName } from '#lib/server/pages/list-export.ts';
import { curveSvgFile, drawCurves } from '#lib/ui/charts/submission-curve.ts';
import { formatDay } from '#lib/words/format.ts';
import { offsetShort } from '#lib/words/offset-text.ts';
import { leavingOf } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** The curve of the dashboard as a picture that needs no script to be made. */
export const GET: RequestHandler = async (event) => {
	const { found, filters } = await leavingOf(event);
	const year = found.shown?.year ?? null;
	const curves = found.shown?.curves ?? [];
	const asOf = found.shown?.asOf ?? null;
	const title = m.sheet_curve_title({ year: year?.year ?? '', curve: m.progress_curve(), what: m.progress_curve_forwarded() });
	const svg = curveSvgFile(drawCurves(curves, year && asOf ? daysBetween(year.ministryDueOn, asOf) : 0), {
		title: [title, ...filters.map(({ text }) => text)].join(' · '),
		caption: m.progress_curve_caption({ year: year?.year ?? '', day: formatDay(asOf, false) }),
		due: m.progress_due_line(),
		offset: offsetShort
	});
	return new Response(svg, { headers: attachmentHeaders(leavingName(event, { title, filters, count: curves.length }, 'svg'), 'image/svg+xml') });
};
