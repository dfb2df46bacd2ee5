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
	const { locale, now } = event.locals;
	const actor = requireActor(event, ENTERPRISE);
	const { head } = (await readReportFiles(actor, event.params.year, now())) ?? notFound(event);
	const url = linkTo(head.path);
	const entry = (kind: 'submit' | 'at_ministries', on: typeof head.dueOn) => ({
		kind,
		year: head.year,
		on,
		description: `${m.report_ics_description()}\n${url}`,
		url
	});
	const dates = [entry('at_ministries', head.dueOn), ...(head.ownDueOn === head.dueOn ? [] : [entry('submit', head.ownDueOn)])];
	return new Response(calendarFile(dates, { locale }), { headers: attachmentHeaders(`annual-report-${head.year}.ics`, 'text/calendar; charset=utf-8') });
};
