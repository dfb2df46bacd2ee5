import { json } from '@sveltejs/kit';
import { whyUnsavable } from '#lib/domain/form/number-reading.ts';
import { answerChanges } from '#lib/forms/filing-answers.ts';
import { readData } from '#lib/forms/read-form.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import { statusOf } from '#lib/server/answer.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { refusalText } from '#lib/words/refusal-words.ts';
import type { RequestHandler } from './$types';

/**
 * Saves boxes while they are typed. What cannot be stored is named box by box and spoils no other; a refusal of the report as a whole
 * comes with 409 (its state) or 403 (the person's duty).
 */
export const PATCH: RequestHandler = async (event) => {
	const { actor, report } = await ownReport(event);
	const parsed = answerChanges.safeParse(await readData(event));
	if (!parsed.success) {
		const fields = Object.fromEntries(parsed.error.issues.slice(0, 20).map((issue) => [issue.path.join('.') || 'changes', issue.code]));
		return json({ refusal: { code: 'invalid_input', fields } }, { status: 400 });
	}
	const refused = parsed.data.changes.flatMap(({ key, typed }) => {
		const code = whyUnsavable(typed);
		return code === null ? [] : [{ key, code }];
	});
	const good = parsed.data.changes.filter(({ typed }) => whyUnsavable(typed) === null);
	const done = await saveAnswers(actor, report.id, good);
	if (!done.ok) return json({ refusal: done.refusal, sentence: refusalText(done.refusal) }, { status: statusOf(done.refusal) });
	const { saved, conflicts, savedAt, filled, asked } = done;
	return json({ saved, conflicts, unsavable: refused, savedAt, filled, asked });
};
