import { notFound } from '#lib/server/access.ts';
import { downloadVersion } from '#lib/server/acts/report/download-version.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { versionAsked } from '#lib/server/reads/enterprise/report-version.ts';
import type { RequestHandler } from './$types';

/** The frozen text of a version, byte for byte: its SHA-256 is the one on the receipt. */
export const GET: RequestHandler = async (event) => {
	const { actor, report: own } = await ownReport(event);
	const version = await downloadVersion(actor, own.id, versionAsked(event.params.no) ?? 0, 'json');
	if (!version.ok) notFound(event);
	return new Response(new TextEncoder().encode(version.content), {
		headers: attachmentHeaders(`${version.receiptNo}.json`, 'application/json; charset=utf-8')
	});
};
