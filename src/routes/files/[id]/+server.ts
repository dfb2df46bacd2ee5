import { error } from '@sveltejs/kit';
import { REPORT_PARTIES } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { notFound, requireActor } from '#lib/server/access.ts';
import { downloadAttachment } from '#lib/server/acts/report/download-attachment.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { fileStore } from '#lib/server/files/file-store.ts';
import { FileStoreFailed } from '#lib/server/files/files.ts';
import type { RequestHandler } from './$types';

/** One file of a report, as an attachment, to whoever may see the report. Reading it is journalled; to strangers it is not there. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, REPORT_PARTIES);
	const file = await downloadAttachment(actor, event.params.id);
	if (!file.ok) notFound(event);
	const { requestId } = event.locals;
	if (file.scanState === 'infected') error(403, { message: m.report_file_infected(), requestId });
	const stream = await fileStore()
		.open(file.sha256)
		.catch((cause: unknown) => {
			if (cause instanceof FileStoreFailed) return undefined;
			throw cause;
		});
	if (!stream) error(503, { message: m.report_file_missing(), requestId });
	return new Response(stream, { headers: { ...attachmentHeaders(file.name, file.contentType), 'content-length': String(file.sizeBytes) } });
};
