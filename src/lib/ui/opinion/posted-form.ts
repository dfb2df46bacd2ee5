/** What the page of one report says of the form that came back to it. */
import type { Refusal } from '#lib/domain/refusal.ts';
import { fieldProblems } from '#lib/ui/exception/form-problems.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldWord } from '#lib/words/field-words.ts';
import { problemText } from '#lib/words/problem-words.ts';
import { refusalText } from '#lib/words/refusal-words.ts';

interface ReturnValues {
	readonly reasonCode: string;
	readonly correctByOn: string;
	readonly remark: string;
}

/** A form as an office's page of a report gets it back; each act fills what it has. */
export interface PostedForm {
	readonly act: string;
	readonly refusal?: Refusal | undefined;
	readonly problems?: Readonly<Record<string, string>> | undefined;
	readonly values?: object | undefined;
	readonly return?: { readonly values: ReturnValues; readonly comments: readonly { readonly answerKey: string; readonly remark: string }[] } | undefined;
	readonly preview?: boolean | undefined;
}

export interface FormAnswer {
	readonly act: string | null;
	/** The sentence for each field of an ordinary form. */
	readonly problems: Readonly<Record<string, string>>;
	/** Everything that is wrong, with the place it is mended at. */
	readonly errors: readonly { readonly text: string; readonly field?: string }[];
	/** The form of returning: what was typed, what is wrong with it, and whether it waits for the last word. */
	readonly returning: Pick<PostedForm, 'return'>['return'] | null;
	readonly returnProblems: Readonly<Record<string, string>>;
	readonly preview: boolean;
	/** For the corner of exceptions, which says its own problems. */
	readonly corner: {
		readonly act: string | null;
		readonly values: Readonly<Record<string, string>> | null;
		readonly problems: Readonly<Record<string, string>>;
	};
}

const OF_THE_CORNER = ['remark', 'excuse', 'lift', 'decide', 'reopen'];

/** Parts what came back into what the ordinary forms say and what the corner of exceptions says. */
export function answerOf(form: PostedForm | null): FormAnswer {
	const exceptional = form && OF_THE_CORNER.includes(form.act) ? form : null;
	const ordinary = exceptional ? null : form;
	const returns = ordinary?.act === 'return';
	const refusal = ordinary?.refusal;
	const problems = Object.fromEntries([
		...Object.entries(ordinary?.problems ?? {}).map(([path, code]) => [path, problemText(path, code)]),
		...(refusal?.code === 'reason_required' && returns ? [['reasonCode', refusalText(refusal)]] : []),
		...(refusal && 'field' in refusal && refusal.field === 'correctByOn' ? [['correctByOn', refusalText(refusal)]] : [])
	]) as Record<string, string>;
	const fieldOf = (path: string) => (path === 'remark' ? (returns ? 'return-remark' : 'opinion') : path.split('.')[0] === 'comments' ? 'return' : path);
	const inCorner = fieldProblems(exceptional);
	return {
		act: form?.act ?? null,
		problems,
		errors: [
			...(refusal && Object.keys(problems).length === 0 ? [{ text: refusalText(refusal) }] : []),
			...Object.entries(problems).map(([path, text]) => ({ field: fieldOf(path), text: m.channel_problem_of({ field: fieldWord(path), problem: text }) })),
			// Its errors lead to the corner, where each stands at its own field.
			...Object.entries(inCorner).map(([path, text]) => (path === '' ? { text } : { field: 'exceptions', text }))
		],
		returning: form?.return ?? null,
		returnProblems: returns ? problems : {},
		preview: returns && form?.preview === true,
		corner: {
			act: exceptional?.act ?? null,
			values: (exceptional?.values ?? null) as Readonly<Record<string, string>> | null,
			problems: inCorner
		}
	};
}
