/** Where on a form a refusal or a problem of input belongs, in words. */
import type { Refusal } from '#lib/domain/refusal.ts';
import { refusalText } from '#lib/words/refusal-words.ts';
import { problemText } from '#lib/words/problem-words.ts';

interface Answer {
	readonly refusal?: Refusal | undefined;
	readonly problems?: Readonly<Record<string, string>> | undefined;
}

/** The sentence for each field that has one; a refusal that belongs to none stands under ''. */
export function fieldProblems(answer: Answer | null): Readonly<Record<string, string>> {
	const { refusal, problems = {} } = answer ?? {};
	const found: Record<string, string> = Object.fromEntries(Object.entries(problems).map(([path, code]) => [path, problemText(path, code)]));
	if (!refusal) return found;
	if (refusal.code === 'invalid_input') for (const [path, code] of Object.entries(refusal.fields)) found[path] = problemText(path, code);
	else if (refusal.code === 'reason_required') found['reasonCode'] = refusalText(refusal);
	else if (refusal.code === 'date_invalid' || refusal.code === 'date_out_of_range')
		found[refusal.field === 'answerByOn' ? refusal.field : 'untilOn'] = refusalText(refusal);
	else found[''] = refusalText(refusal);
	return found;
}
