import { ENTERPRISE } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { notFound, requireActor } from '#lib/server/access.ts';
import { calendarFile } from '#lib/server/letters/calendar-file.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { linkTo } from '#lib/server/mail/mail.ts';
import { readReportFiles } from '#lib/server/reads/enterprise/report-files.ts';
import type { RequestHandler } from './$types';

/** The dates of one report for one's calendar: the channel's own, and the ministries'. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const { head } = (await readReportFiles(actor, event.params.year, event.locals.now())) ?? notFound(event);
	const url = linkTo(head.path);
	const { host } = new URL(url);
	const entry = (kind: string, on: typeof head.dueOn, summary: string) => ({
		uid: `report-${head.reportId}-${kind}@${host}`,
		on,
		summary,
		description: `${m.report_ics_description()}\n${url}`,
		url
	});
	const dates = [
		entry('ministries', head.dueOn, m.report_ics_due({ year: head.year })),
		...(head.ownDueOn === head.dueOn ? [] : [entry('channel', head.ownDueOn, m.report_ics_own({ year: head.year }))])
	];
	return new Response(calendarFile(dates, event.locals.now()), {
		headers: attachmentHeaders(`annual-report-${head.year}.ics`, 'text/calendar; charset=utf-8')
	});
};
