import { LETTER_LINES_MOST, letterLinesOf, type LetterKind, type LetterLine, type LetterSkip } from '#lib/domain/chase/official-letter.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { DEPARTMENTS, MINISTRIES, type Category, type ChannelKind, type Ministry } from '#lib/domain/parties.ts';
import type { ProgressCounts } from '#lib/domain/report/progress.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { loadLetterOffices, loadLetterReports } from '#lib/server/store/chase/letter-report.ts';
import { findChannelMatters } from '#lib/server/store/report/channel-matters.ts';
import { ministryProgress } from './ministry-progress.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

/** A channel as a letter names it and writes to it. */
export interface LetterChannel {
	readonly id: string;
	readonly kind: ChannelKind;
	readonly name: string;
	/** Its departments, or the office of its group. */
	readonly offices: readonly string[];
}

export interface MinistryLetter {
	readonly year: ReportingYear | null;
	readonly offices: { readonly own: string; readonly other: string | null };
	/** Those that owe something (催办函), or of which something is expected (通报). */
	readonly channels: readonly (LetterChannel & { readonly counts: ProgressCounts | null; readonly lines: readonly LetterLine[] })[];
	/** Reports of the view that stand in no letter, by why. */
	readonly skipped: Readonly<Partial<Record<LetterSkip, number>>>;
	readonly tooMany: number | null;
}

export interface MinistryLetterQuery {
	readonly kind: LetterKind;
	readonly year: number | null;
	readonly category: Category | null;
	readonly cohort: number | null;
}

/** Powers /ministry/progress/letter: the channels a letter would be about, under the filters of the overview. */
export async function ministryLetter(actor: Actor, query: MinistryLetterQuery, now: Date): Promise<MinistryLetter> {
	// A letter to all tells the overview's own figures: asked of the same read, so that both say the same.
	const progress = query.kind === 'circular' ? await ministryProgress(actor, { ...query, by: 'channel', asOf: null, curve: 'forwarded' }, now) : null;
	return asActor(
		actor,
		async (db) => {
			const known = await loadLetterOffices(db, [...MINISTRIES, ...DEPARTMENTS]);
			const isOwn = ({ kind }: { readonly kind: string }): boolean => kind === actor.orgKind;
			const ministries = known.filter(({ kind }) => MINISTRIES.includes(kind as Ministry));
			const offices = { own: ministries.find(isOwn)?.name ?? '', other: ministries.find((one) => !isOwn(one))?.name ?? null };
			const year = progress === null ? yearShown(await ministryYears(db), query.year, now) : progress.year;
			if (year === null) return { year, offices, channels: [], skipped: {}, tooMany: null };
			const channels = (await letterChannels(db)).map((channel) => ({
				...channel,
				offices: known.filter(({ channelId }) => channelId === channel.id).map(({ name }) => name)
			}));
			if (progress !== null) {
				const countsOf = new Map(progress.byChannel.map(({ key, counts }) => [key, counts]));
				const told = channels.map((channel) => ({ ...channel, counts: countsOf.get(channel.id) ?? null, lines: [] }));
				return { year, offices, channels: told.filter(({ counts }) => counts !== null && counts.expected + counts.excused > 0), skipped: {}, tooMany: null };
			}
			const held = await findChannelMatters(db, { ...query, year: year.year, channelIds: null }, dayInBeijing(now));
			if (held.length > LETTER_LINES_MOST) return { year, offices, channels: [], skipped: {}, tooMany: held.length };
			const { lines, skipped } = letterLinesOf(
				await loadLetterReports(
					db,
					held.map(({ id }) => id)
				),
				'channels',
				now
			);
			const ofChannel = Map.groupBy(lines, ({ channelId }) => channelId);
			const owing = channels.map((channel) => ({ ...channel, counts: null, lines: ofChannel.get(channel.id) ?? [] }));
			return { year, offices, channels: owing.filter((channel) => channel.lines.length > 0), skipped, tooMany: null };
		},
		{ readOnly: true, isolation: 'repeatable read' }
	);
}

/** Provinces in their order, then groups, by the names a letter gives them. */
async function letterChannels({ sql }: Pick<ActorDb, 'sql'>): Promise<Omit<LetterChannel, 'offices'>[]> {
	const rows = await sql<{ id: string; kind: string; name_zh: string }[]>`select id, kind, name_zh from channel order by kind desc, id`;
	return rows.map((row) => ({ id: row.id, kind: row.kind as ChannelKind, name: row.name_zh }));
}
