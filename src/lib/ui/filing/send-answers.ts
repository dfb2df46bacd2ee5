/** One request to save boxes, and what its answer means. */
import { m } from '#lib/paraglide/messages.js';
import { pageHeaders } from '#lib/ui/kit/control/page-mark.ts';
import type { AnswerChange, AnswerConflict } from '#lib/domain/form/merge-answers.ts';
import type { SendOutcome } from './autosave-queue.ts';

export interface SaveReply {
	saved: { key: string; version: number }[];
	conflicts: (Omit<AnswerConflict, 'at'> & { at: string })[];
	unsavable: { key: string; code: string }[];
	savedAt: string;
}

/**
 * Sends boxes of one report, by PATCH /enterprise/reports/[year]/answers. Made once for a page: what waits when the page is left still says
 * which page it was typed on. What it returns never throws: no answer at all is being offline.
 */
export function answerSender(path: string, ask: typeof fetch = fetch): (changes: readonly AnswerChange[]) => Promise<SendOutcome> {
	const headers = { 'content-type': 'application/json', accept: 'application/json', ...pageHeaders() };
	return (changes) => sendAnswers(path, headers, changes, ask);
}

async function sendAnswers(path: string, headers: Readonly<Record<string, string>>, changes: readonly AnswerChange[], ask: typeof fetch): Promise<SendOutcome> {
	let response: Response;
	try {
		response = await ask(`${path}/answers`, {
			method: 'PATCH',
			headers,
			body: JSON.stringify({ changes })
		});
	} catch {
		return { kind: 'offline' };
	}
	if (response.status === 401) return { kind: 'signed_out' };
	if (response.status >= 500 || response.status === 429) return { kind: 'failed' };
	try {
		if (!response.ok) {
			const { sentence } = (await response.json()) as { sentence?: string };
			return { kind: 'refused', sentence: sentence ?? m.filing_save_refused() };
		}
		const answer = (await response.json()) as SaveReply;
		return {
			kind: 'saved',
			saved: answer.saved,
			conflicts: answer.conflicts.map((conflict) => ({ ...conflict, at: new Date(conflict.at) })),
			unsavable: answer.unsavable.map(({ key }) => key),
			savedAt: new Date(answer.savedAt)
		};
	} catch {
		return { kind: 'failed' };
	}
}
