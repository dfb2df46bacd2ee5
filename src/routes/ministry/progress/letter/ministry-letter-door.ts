import { LETTER_KINDS, type LetterKind } from '#lib/domain/chase/official-letter.ts';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { asked } from '#lib/forms/asked.ts';
import { circularLetter } from '#lib/server/letters/circular-letter.ts';
import type { LetterFrame } from '#lib/server/letters/letter-words.ts';
import { channelsLetter } from '#lib/server/letters/urging-letter.ts';
import type { LetterDoor, WrittenLetter } from '#lib/server/pages/letter-page.ts';
import { ministryLetter, type MinistryLetter, type MinistryLetterQuery } from '#lib/server/reads/ministry/ministry-letter.ts';

/** Which letter an address asks for, and under which filters of the overview. */
export function letterQueryOf(params: URLSearchParams): {
	readonly query: MinistryLetterQuery & { readonly kind: LetterKind };
	readonly ignored: readonly string[];
} {
	const of = asked(params);
	const query = { kind: of.oneOf('kind', LETTER_KINDS) ?? 'urging', year: of.year('year'), category: of.classOf('class'), cohort: of.year('cohort') };
	return { query, ignored: of.ignored(['region', 'matching']) };
}

/** A circular that leaves no channel out and is limited to nothing goes to all; what is limited to a category or cohort goes to those it is about. */
export const isToEveryone = ({ kind, category, cohort }: MinistryLetterQuery, all: boolean): boolean =>
	kind === 'circular' && all && category === null && cohort === null;

/** A letter to, or about, those channels of the view that were ticked. */
export function writeToChannels({ year, channels, skipped }: MinistryLetter, query: MinistryLetterQuery, now: Date) {
	return (frame: LetterFrame, chosen: ReadonlySet<string>): WrittenLetter | null => {
		const named = channels.filter(({ id }) => chosen.has(id));
		if (year === null || named.length === 0) return null;
		const about = { year, scope: query, now };
		const reports = named.reduce((sum, { counts, lines }) => sum + (counts?.expected ?? lines.length), 0);
		const told = named.flatMap((channel) => (channel.counts === null ? [] : [{ ...channel, counts: channel.counts }]));
		return {
			paper:
				query.kind === 'circular'
					? circularLetter(frame, { ...about, channels: told, everyone: isToEveryone(query, named.length === channels.length) })
					: channelsLetter(frame, { ...about, channels: named, pending: named.length === channels.length ? (skipped.excuse_pending ?? 0) : 0 }),
			year: year.year,
			reports,
			channelIds: named.map(({ id }) => id)
		};
	};
}

export const MINISTRY_LETTER: LetterDoor = {
	kinds: MINISTRIES,
	rows: 'region',
	page: '/ministry/progress/letter',
	write: async ({ url }, actor, now) => {
		const { query } = letterQueryOf(url.searchParams);
		return writeToChannels(await ministryLetter(actor, query, now), query, now);
	}
};
