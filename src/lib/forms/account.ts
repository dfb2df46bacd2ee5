/** Forms of signing in and of one's own account, shared by browser and server. Problems are codes; the screen has the words. */
import { z } from 'zod';
import { passwordProblem, type PasswordProblem } from './account-password.ts';
import type { PostedForm } from './read-form.ts';

/** Characters that cannot be stored or that make text read differently from what it is: control and direction marks. */
const UNREADABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

export type AccountProblem = PasswordProblem | 'missing' | 'long' | 'email_shape' | 'username_shape' | 'phone_shape' | 'choice_unknown' | 'confirm_missing';

/** One line of text: trimmed, composed, without control or direction marks. */
function line(most: number) {
	return z
		.string({ error: 'missing' })
		.transform((text) => text.normalize('NFC').trim())
		.refine((text) => text !== '', { error: 'missing', abort: true })
		.refine((text) => [...text].length <= most, { error: 'long', abort: true })
		.refine((text) => !UNREADABLE.test(text), { error: 'text_unreadable' });
}

export const personName = line(60);
/** Full-width letters are what an input method leaves behind. */
export const emailAddress = line(200)
	.transform((text) => text.normalize('NFKC').toLowerCase())
	.pipe(z.email({ error: 'email_shape' }));
export const username = line(40)
	.transform((text) => text.normalize('NFKC').toLowerCase())
	.pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, { error: 'username_shape' }));
export const duty = z.enum(['handler', 'approver', 'reader'], { error: 'choice_unknown' });
const identifierOf = (size: number) => z.string({ error: 'missing' }).regex(new RegExp(`^[0-9]{1,${size}}$`), { error: 'choice_unknown' });
/** A key of ours as text; 18 digits stay inside what the database counts with. */
export const rowId = identifierOf(18);
export const personId = z.string({ error: 'missing' }).regex(/^[\w.:-]{1,80}$/, { error: 'choice_unknown' });

export const signInForm = z.object({
	identifier: z
		.string({ error: 'missing' })
		.refine((text) => text.trim() !== '', { error: 'missing', abort: true })
		.refine((text) => text.length <= 200, { error: 'long' }),
	password: z
		.string({ error: 'password_missing' })
		.refine((text) => text !== '', { error: 'password_missing', abort: true })
		.refine((text) => text.length <= 1_000, { error: 'password_long' })
});

/** A new password typed twice. `own` are the texts of this person that a guess would begin with. */
export function newPasswordForm(own: readonly string[] = []) {
	return z
		.object({ password: z.string({ error: 'password_missing' }), again: z.string({ error: 'password_missing' }) })
		.superRefine(({ password, again }, context) => {
			const problem = passwordProblem(password, own);
			if (problem) context.addIssue({ code: 'custom', path: ['password'], message: problem });
			else if (password !== again) context.addIssue({ code: 'custom', path: ['again'], message: 'password_unequal' });
		});
}

export const invitationForm = z.object({ name: personName, email: emailAddress, duty });

export const profileForm = z.object({
	name: personName,
	phone: z
		.string()
		.default('')
		.transform((text) => text.normalize('NFKC').replace(/[\s()-]/g, ''))
		.refine((text) => text === '' || /^\+?\d{5,20}$/.test(text), { error: 'phone_shape' })
});

const preferenceChoices = {
	locale: z.enum(['zh-CN', 'en']).optional().catch(undefined),
	theme: z.enum(['auto', 'light', 'dark']).optional().catch(undefined),
	text: z.enum(['s', 'm', 'l']).optional().catch(undefined)
};
const preferences = z.object(preferenceChoices);

export interface PreferenceValues {
	locale: 'zh-CN' | 'en';
	theme: 'auto' | 'light' | 'dark';
	text: 's' | 'm' | 'l';
}

/** The choices among `given` that exist; the rest are left out. */
export function preferencesFrom(given: unknown): { [K in keyof PreferenceValues]?: PreferenceValues[K] | undefined } {
	return preferences.parse(typeof given === 'object' && given !== null ? given : {});
}

export type Problems = Readonly<Record<string, AccountProblem>>;

/** The values of a form, or the first problem of each field. */
export function valuesOf<T extends z.ZodType>(
	schema: T,
	{ fields }: Pick<PostedForm, 'fields'>
): { ok: true; values: z.output<T> } | { ok: false; problems: Problems; typed: Record<string, string> } {
	const parsed = schema.safeParse(fields);
	if (parsed.success) return { ok: true, values: parsed.data };
	const problems: Record<string, AccountProblem> = {};
	for (const issue of parsed.error.issues) problems[String(issue.path[0] ?? 'form')] ??= issue.message as AccountProblem;
	return { ok: false, problems, typed: withoutSecrets(fields) };
}

/** What may be shown again: a password is never sent back. */
function withoutSecrets(typed: PostedForm['fields']): Record<string, string> {
	return Object.fromEntries(Object.entries(typed).filter(([name]) => !/password|again|current/i.test(name)));
}
