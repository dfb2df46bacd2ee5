import type { Refusal } from '#lib/domain/refusal.ts';
import { pageHeaders } from '#lib/ui/kit/control/page-mark.ts';
import { isUploadProblem, uploadProblemText, uploadRefusalText } from '#lib/words/upload-words.ts';

/** How an upload ended; `cancelled` by the person, `failed` with the sentence to show. */
export type UploadEnd =
	{ readonly kind: 'done'; readonly name: string } | { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly reason: string };

/** One file under way. */
export type Sending = { readonly ended: Promise<UploadEnd>; readonly cancel: () => void };

/** Sends files to one address, each saying which page they were chosen on, however long the ones before took. */
export function fileSender(address: string): (file: File, onshare: (share: number) => void) => Sending {
	const headers = pageHeaders();
	return (file, onshare) => sendFile(address, headers, file, onshare);
}

/** Sends a file as raw bytes. XMLHttpRequest, because fetch says nothing about how far an upload is. */
function sendFile(address: string, headers: Readonly<Record<string, string>>, file: File, onshare: (share: number) => void): Sending {
	const request = new XMLHttpRequest();
	const ended = new Promise<UploadEnd>((resolve) => {
		request.upload.addEventListener('progress', (event) => event.lengthComputable && onshare(event.loaded / event.total));
		request.addEventListener('load', () => resolve(endOf(request, file.name)));
		request.addEventListener('error', () => resolve({ kind: 'failed', reason: uploadProblemText('cut_off') }));
		request.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
	});
	request.open('PUT', address);
	request.setRequestHeader('accept', 'application/json');
	request.setRequestHeader('content-type', 'application/octet-stream');
	request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
	for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
	request.send(file);
	return { ended, cancel: () => request.abort() };
}

function endOf(request: XMLHttpRequest, name: string): UploadEnd {
	if (request.status === 200 || request.status === 201) return { kind: 'done', name };
	if (request.status === 401) return { kind: 'failed', reason: uploadProblemText('signed_out') };
	const answer = parsed(request.responseText);
	if (answer.refusal?.code === 'other_page' && answer.sentence !== undefined) return { kind: 'failed', reason: answer.sentence };
	if (answer.refusal) return { kind: 'failed', reason: uploadRefusalText(answer.refusal) };
	const problem = answer.problem ?? (request.status === 413 ? 'file_too_large' : null);
	return { kind: 'failed', reason: uploadProblemText(isUploadProblem(problem) ? problem : 'refused') };
}

function parsed(text: string): { problem?: string; refusal?: Refusal; sentence?: string } {
	try {
		return JSON.parse(text) as { problem?: string; refusal?: Refusal; sentence?: string };
	} catch {
		return {};
	}
}
