import type { TrueYear } from './figures.ts';
import type { DemoDesignation, DemoEnterprise } from './parties.ts';

/**
 * Courses that chance would not draw, so that the trends have something to tell (all of it made up, like every firm here): laid over the books of a few firms
 * of 2022 that nobody signs in for. Nothing is drawn for them, so every other firm keeps the books it had.
 */
interface Story {
	readonly channelId: string;
	/** One firm of the channel, the first; or all of them. */
	readonly of: 'first' | 'all';
	/** Share by year, for a part of a whole the books have. */
	readonly part: 'informatisation' | 'equipment_networked';
	readonly whole: 'revenue' | 'equipment_total';
	readonly shares: Readonly<Record<number, number>>;
}

const STORIES: readonly Story[] = [
	/** A threshold lost and regained: 方案第五条（二）4 asks for 5 % each year. */
	{
		channelId: '370000',
		of: 'first',
		part: 'informatisation',
		whole: 'revenue',
		shares: { 2021: 0.0562, 2022: 0.0538, 2023: 0.0447, 2024: 0.0482, 2025: 0.0506, 2026: 0.0571 }
	},
	/** A province that improved: from below the 60 % of 方案第五条（二）5 to well above it. */
	{
		channelId: '420000',
		of: 'all',
		part: 'equipment_networked',
		whole: 'equipment_total',
		shares: { 2021: 0.512, 2022: 0.548, 2023: 0.617, 2024: 0.684, 2025: 0.755, 2026: 0.818 }
	}
];

const mayTell = ({ designations, events }: DemoEnterprise): boolean =>
	events.length === 0 && designations.length === 1 && designations[0]?.category === 'manufacturing' && designations[0].cohortYear === 2022;

/** The books of a designation as its story has them; as they are where it has none. */
export function withStory(
	books: ReadonlyMap<number, TrueYear>,
	firm: DemoEnterprise,
	{ id }: DemoDesignation,
	firms: readonly DemoEnterprise[]
): ReadonlyMap<number, TrueYear> {
	const story = STORIES.find(({ channelId, of }) => {
		if (firm.firstChannelId !== channelId || !mayTell(firm)) return false;
		return of === 'all' || firms.find((one) => one.firstChannelId === channelId && mayTell(one)) === firm;
	});
	if (!story) return books;
	return new Map(
		[...books].map(([year, book]) => {
			const [share, whole] = [story.shares[year], book[story.whole]];
			if (share === undefined || whole === undefined) return [year, book];
			// Firms of one province are alike and not the same.
			const own = story.of === 'all' ? ((id % 5) - 2) * 0.012 : 0;
			return [year, { ...book, [story.part]: Math.round(whole * (share + own)) }];
		})
	);
}
