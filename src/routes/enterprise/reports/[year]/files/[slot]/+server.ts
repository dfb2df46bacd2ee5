import { json, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Decision } from '#lib/domain/refusal.ts';
import { addAttachment, type AddedAttachment } from '#lib/server/acts/report/add-attachment.ts';
import { hideIfNotFound, statusOf } from '#lib/server/answer.ts';
import { FileCutOff, FileStoreFailed } from '#lib/server/files/files.ts';
import { log } from '#lib/server/log.ts';
import { firstFile } from '#lib/server/files/multipart-file.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { problemOf, type UploadProblem } from '#lib/words/upload-words.ts';
import type { RequestHandler } from './$types';

type Outcome = Decision<AddedAttachment> | { readonly ok: false; readonly problem: UploadProblem };

/** Takes the raw bytes of one file, streamed; its name comes percent-encoded in `x-file-name`. */
export const PUT: RequestHandler = async (event) => {
	const { request } = event;
	const { body } = request;
	const outcome: Outcome = body
		? await taken(event, { name: decoded(request.headers.get('x-file-name')), stream: body, announcedBytes: announced(request) })
		: { ok: false, problem: 'attachment_empty' };
	if (outcome.ok) return json({ id: outcome.attachmentId, name: outcome.name, sha256: outcome.sha256 }, { status: outcome.fresh ? 201 : 200 });
	if ('problem' in outcome) return json({ problem: outcome.problem }, { status: outcome.problem === 'store_failed' ? 507 : 400 });
	const { refusal } = outcome;
	hideIfNotFound(event, refusal);
	return json({ problem: problemOf(refusal), refusal }, { status: statusOf(refusal) });
};

/** The same for a form without script; says what went wrong on the page it came from. */
export const POST: RequestHandler = async (event) => {
	const { report } = await ownReport(event);
	const slot = encodeURIComponent(event.params.slot);
	const back = (problem: UploadProblem) => redirect(303, `${report.path}/files?slot=${slot}&problem=${problem}#slot-${slot}`);
	const file = await firstFile(event.request).catch((error: unknown) => {
		if (error instanceof FileCutOff) return back('cut_off');
		throw error;
	});
	if (file === null) back('attachment_empty');
	else {
		const outcome = await taken(event, { ...file, announcedBytes: null });
		if (!outcome.ok && 'refusal' in outcome) hideIfNotFound(event, outcome.refusal);
		if (!outcome.ok) back('problem' in outcome ? outcome.problem : problemOf(outcome.refusal));
	}
	redirect(303, `${report.path}/files#slot-${slot}`);
};

async function taken(
	event: RequestEvent<{ year: string; slot: string }>,
	file: { name: string; stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>; announcedBytes: number | null }
): Promise<Outcome> {
	const { actor, report } = await ownReport(event);
	try {
		return await addAttachment(actor, report.id, { slotId: event.params.slot, ...file });
	} catch (error) {
		if (error instanceof FileCutOff) return { ok: false, problem: 'cut_off' };
		if (!(error instanceof FileStoreFailed)) throw error;
		const { cause } = error;
		log('error', {
			event: 'file_store_failed',
			requestId: event.locals.requestId,
			error: error.message,
			code: cause instanceof Error && 'code' in cause ? cause.code : null
		});
		return { ok: false, problem: 'store_failed' };
	}
}

function announced(request: Request): number | null {
	const text = request.headers.get('content-length');
	return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function decoded(text: string | null): string {
	try {
		return decodeURIComponent(text ?? '');
	} catch {
		return '';
	}
}
