import { z } from 'zod';
import { required } from './channel.ts';
import { SOURCE_MAX } from './limits.ts';
import type { PostedForm } from './read-form.ts';

export const CalendarForm = z.object({
	year: z.coerce.number().int().min(2021).max(2100),
	afterVersion: z.coerce.number().int().min(0).max(1_000_000),
	source: required(SOURCE_MAX)
});

/** The rows of a calendar's form: four inputs each. */
export function postedRanges(form: PostedForm): { fromOn: string; toOn: string; kind: string; name: string }[] {
	const [from, to, kinds, names] = ['fromOn', 'toOn', 'kind', 'dayName'].map((name) => form.all(name));
	return (from ?? []).map((fromOn, index) => ({
		fromOn,
		toOn: to?.[index] ?? '',
		kind: kinds?.[index] ?? '',
		name: names?.[index] ?? ''
	}));
}
