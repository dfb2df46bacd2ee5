/** The form by which an administrator opens an organisation. */
import { z } from 'zod';
import { personName } from './account.ts';

const readable = (text: string) => !/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text);

const name = (most: number) =>
	z
		.string({ error: 'missing' })
		.transform((text) => text.normalize('NFC').trim())
		.refine((text) => text !== '', { error: 'missing', abort: true })
		.refine((text) => [...text].length <= most, { error: 'long', abort: true })
		.refine(readable, { error: 'text_unreadable' });

export const officeForm = z.discriminatedUnion(
	'kind',
	[
		z.object({
			kind: z.literal('enterprise'),
			creditCode: name(40).transform((text) => text.normalize('NFKC').replace(/\s/g, '').toUpperCase())
		}),
		z.object({
			kind: z.enum(['commerce', 'industry']),
			channelId: z.string({ error: 'missing' }).regex(/^[\w-]{1,20}$/, { error: 'missing' }),
			nameZh: name(100),
			nameEn: z
				.string()
				.default('')
				.transform((text) => text.normalize('NFC').trim())
				.refine((text) => [...text].length <= 150, { error: 'long', abort: true })
				.refine(readable, { error: 'text_unreadable' })
		}),
		z.object({ kind: z.literal('group'), nameZh: name(100), shortZh: personName, nameEn: name(150) })
	],
	{ error: 'choice_unknown' }
);
