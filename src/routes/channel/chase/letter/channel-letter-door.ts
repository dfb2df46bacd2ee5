import { DEPARTMENTS } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { enterprisesLetter } from '#lib/server/letters/urging-letter.ts';
import type { LetterFrame } from '#lib/server/letters/letter-words.ts';
import type { LetterDoor, WrittenLetter } from '#lib/server/pages/letter-page.ts';
import { channelLetter, type ChannelLetter } from '#lib/server/reads/channel/channel-letter.ts';
import { listQueryOf } from '../list-query.ts';

/** A letter to those of the view that were ticked. */
export function writeToEnterprises({ year, lines }: ChannelLetter, actor: Actor, now: Date) {
	return (frame: LetterFrame, chosen: ReadonlySet<string>): WrittenLetter | null => {
		const named = lines.filter(({ reportId }) => chosen.has(reportId));
		if (year === null || named.length === 0) return null;
		const channelKind = actor.orgKind === 'group' ? 'central_group' : 'province';
		return {
			paper: enterprisesLetter(frame, { year, channelDueOn: year.dueOn, channelKind, lines: named, now }),
			year: year.year,
			reports: named.length,
			channelIds: actor.channelId === null ? [] : [actor.channelId]
		};
	};
}

export const CHANNEL_LETTER: LetterDoor = {
	kinds: DEPARTMENTS,
	rows: 'report',
	page: '/channel/chase/letter',
	write: async ({ url }, actor, now) => writeToEnterprises(await channelLetter(actor, listQueryOf(url.searchParams).query, now), actor, now)
};
