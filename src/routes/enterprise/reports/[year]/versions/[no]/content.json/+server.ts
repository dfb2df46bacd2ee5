import { ENTERPRISE } from '#lib/domain/parties.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { downloadVersion } from '#lib/server/acts/report/download-version.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { readOwnReport } from '#lib/server/reads/enterprise/filing-report.ts';
import { versionAsked } from '#lib/server/reads/enterprise/report-version.ts';
import type { RequestHandler } from './$types';

/** The frozen text of a version, byte for byte: its SHA-256 is the one on the receipt. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const own = (await readOwnReport(actor, event.params.year)) ?? notFound(event);
	const version = await downloadVersion(actor, own.id, versionAsked(event.params.no) ?? 0, 'json');
	if (!version.ok) notFound(event);
	return new Response(new TextEncoder().encode(version.content), {
		headers: attachmentHeaders(`${version.receiptNo}.json`, 'application/json; charset=utf-8')
	});
};
