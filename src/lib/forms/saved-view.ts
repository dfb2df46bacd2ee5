import { z } from 'zod';
import { isViewPage, VIEW_NAME_MAX, VIEW_QUERY_MAX } from '#lib/domain/saved-view.ts';
import { viewQuery } from './list-address.ts';

const name = z
	.string()
	.transform((text) => text.replace(/[\p{Cc}\p{Cf}]/gu, '').trim())
	.pipe(z.string().min(1).max(VIEW_NAME_MAX));
const id = z.string().regex(/^[1-9]\d{0,17}$/);

/** A list as it stands, under a name. */
export const SaveViewForm = z.object({
	page: z.string().max(100).refine(isViewPage),
	query: z.string().max(VIEW_QUERY_MAX).transform(viewQuery).pipe(z.string().max(VIEW_QUERY_MAX)),
	name,
	shared: z.literal('1').or(z.literal(''))
});
export const RenameViewForm = z.object({ id, name });
export const ViewSharingForm = z.object({ id, shared: z.enum(['yes', 'no']) });
export const ViewIdForm = z.object({ id });
