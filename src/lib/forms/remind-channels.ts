import { z } from 'zod';
import { CHANNEL_MATTERS } from '#lib/domain/report/channel-matters.ts';
import { CATEGORIES } from '#lib/domain/parties.ts';
import { text } from './channel.ts';
import { REMINDER_REMARK_MAX } from './limits.ts';

/** '' = no filter. */
const none = z.literal('').transform(() => null);
const ChannelId = z.string().regex(/^[\w-]{1,60}$/);

/** What a ministry sends off the preview. Whether there is such a channel is the act's question. */
export const RemindChannelsForm = z.object({
	year: z.coerce.number().int().min(2000).max(2200),
	channelIds: z.array(ChannelId).min(1, 'none_chosen').max(200),
	matter: z.union([none, z.enum(CHANNEL_MATTERS)]),
	category: z.union([none, z.enum(CATEGORIES)]),
	cohort: z.union([none, z.coerce.number().int().min(2000).max(2200)]),
	/** Goes into a letter: one paragraph. */
	remark: text(REMINDER_REMARK_MAX).transform((typed) => typed.replace(/\s+/g, ' '))
});

/** The channels an address names; what cannot be one is left out. */
export function channelsAsked(params: URLSearchParams): readonly string[] {
	return [
		...new Set(
			params
				.getAll('region')
				.flatMap((given) => given.split(','))
				.filter((id) => ChannelId.safeParse(id).success)
		)
	].slice(0, 200);
}
