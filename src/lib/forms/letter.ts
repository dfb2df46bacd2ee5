import { z } from 'zod';
import { HEADS, LETTER_LINES_MOST, SIGNERS } from '#lib/domain/chase/official-letter.ts';
import { LETTER_NO_MAX, problemsOf, text } from './channel.ts';
import { LETTER_ADDRESSEES_MAX, LETTER_CONTACT_MAX, LETTER_OFFICE_MAX } from './limits.ts';
import type { PostedForm } from './read-form.ts';

/** What stands on one line of the paper. */
const line = (max: number) => text(max).transform((typed) => typed.replace(/\s+/gu, ' '));

const LetterForm = z
	.object({
		letterNo: line(LETTER_NO_MAX),
		/** As typed: the rule says what is wrong with it. */
		letterOn: z.string().max(30),
		signers: z.enum(SIGNERS),
		signer: line(LETTER_OFFICE_MAX).refine((typed) => typed !== '', 'missing'),
		cosigner: line(LETTER_OFFICE_MAX),
		addressees: line(LETTER_ADDRESSEES_MAX),
		contact: line(LETTER_CONTACT_MAX),
		head: z.enum(HEADS),
		chosen: z
			.array(z.string().regex(/^[\w-]{1,60}$/))
			.min(1, 'none_chosen')
			.max(LETTER_LINES_MOST)
	})
	.refine(({ signers, cosigner }) => signers === 'own' || cosigner !== '', { path: ['cosigner'], message: 'missing' });
export type LetterInput = z.infer<typeof LetterForm>;

const FIELDS = ['letterNo', 'letterOn', 'signers', 'signer', 'cosigner', 'addressees', 'contact', 'head'] as const;

/** What was typed and ticked, as it is shown again. */
export type LetterValues = Readonly<Record<(typeof FIELDS)[number], string>> & { readonly chosen: readonly string[] };

/** An office that has nobody to sign with is not asked for it. */
export function letterValues(form: Pick<PostedForm, 'text' | 'all'>, rows: 'report' | 'region'): LetterValues {
	const typed = Object.fromEntries(FIELDS.map((name) => [name, form.text(name)])) as Record<(typeof FIELDS)[number], string>;
	return { ...typed, signers: typed.signers || 'own', head: typed.head || 'blank', chosen: form.all(rows) };
}

/** The form as the rules take it, or what is wrong with it, by field. */
export function readLetter(
	values: LetterValues
): { readonly ok: true; readonly input: LetterInput } | { readonly ok: false; readonly problems: Record<string, string> } {
	const read = LetterForm.safeParse(values);
	return read.success ? { ok: true, input: read.data } : { ok: false, problems: problemsOf(read.error) };
}
