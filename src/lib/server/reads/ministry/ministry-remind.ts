import { maskEmail } from '#lib/domain/contact-mask.ts';
import { CHANNEL_MATTERS, type ChannelMatter } from '#lib/domain/report/channel-matters.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { isQuiet } from '#lib/domain/chase/remind-by-hand.ts';
import { chooseReminders } from '#lib/domain/chase/reminder-choice.ts';
import type { Audience } from '#lib/domain/chase/reminder-ladder.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import { isMinistry } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { findChannelMatters, ofMatter, type MattersAsked } from '#lib/server/store/report/channel-matters.ts';
import { loadPlannedToday, loadToRemind } from '#lib/server/store/chase/reminded-report.ts';
import { loadChoiceTerms } from '#lib/server/store/chase/reminder-terms.ts';
import { progressChannels } from './ministry-progress.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

/** So many reports of each matter; one that is overdue is counted twice. */
export type MatterCounts = Readonly<Record<ChannelMatter, number>>;

/** One letter as it would leave: to whom in which office, and what it would name. */
export interface ChannelLetter {
	readonly channelName: string;
	readonly audience: Audience;
	readonly name: string;
	readonly address: string;
	readonly reports: number;
	readonly counts: MatterCounts;
}

/** Somebody, an office (`name` null) or a channel (`audience` null) that gets nothing. */
export interface ChannelSkipped {
	readonly channelName: string;
	readonly audience: Audience | null;
	readonly name: string | null;
	readonly why: SkipReason;
	readonly reports: number;
}

export interface EarlierBatch {
	readonly id: string;
	readonly by: 'mofcom' | 'miit';
	readonly personName: string;
	readonly madeAt: Date;
	readonly undoneAt: Date | null;
	readonly letters: number;
}

export interface MinistryRemind {
	readonly year: ReportingYear | null;
	/** Those that were chosen and exist; null = all. */
	readonly chosen: readonly { readonly id: string; readonly name: string }[] | null;
	/** Of the chosen channels, over all matters. */
	readonly held: number;
	readonly counts: MatterCounts;
	readonly letters: readonly ChannelLetter[];
	/** The channels and reports of the letters. */
	readonly channelIds: readonly string[];
	readonly reports: number;
	readonly skipped: readonly ChannelSkipped[];
	readonly earlier: readonly EarlierBatch[];
	readonly quiet: boolean;
}

const NONE: MatterCounts = { overdue: 0, unreported: 0, awaiting_opinion: 0, approved: 0 };
const EARLIER_SHOWN = 5;

/**
 * Powers /ministry/progress/remind: exactly who would get what, and who nothing and why, by the same plan that sends. `channelIds` null = all that hold
 * anything.
 */
export function ministryRemind(
	actor: Actor,
	asked: Omit<MattersAsked, 'year'> & { readonly year: number | null; readonly matter: ChannelMatter | null },
	now: Date
): Promise<MinistryRemind> {
	return asActor(
		actor,
		async (db) => {
			const quiet = isQuiet(now);
			const today = dayInBeijing(now);
			const year = yearShown(await ministryYears(db), asked.year, now);
			if (year === null || !isMinistry(actor.orgKind))
				return { year: null, chosen: null, held: 0, counts: NONE, letters: [], channelIds: [], reports: 0, skipped: [], earlier: [], quiet };
			const channels = await progressChannels(db);
			const chosen = asked.channelIds === null ? null : channels.filter(({ id }) => asked.channelIds?.includes(id)).map(({ id, name }) => ({ id, name }));
			const nameOf = (id: string): string => channels.find((channel) => channel.id === id)?.name ?? id;
			const held = await findChannelMatters(db, { ...asked, year: year.year, channelIds: chosen === null ? null : chosen.map(({ id }) => id) }, today);
			const meant = ofMatter(held, asked.matter);
			const mattersOf = new Map(held.map(({ id, matters }) => [id, matters]));
			const terms = await loadChoiceTerms(db, today);
			const reports = await loadToRemind(
				db,
				meant.map(({ id }) => id),
				terms
			);
			const plan = chooseReminders(reports, { by: 'office', office: actor.orgKind }, await loadPlannedToday(db, today), terms);
			const letters = new Map<string, ChannelLetter>();
			for (const { report, audience, recipient } of plan.send) {
				const known = letters.get(recipient.key) ?? {
					channelName: nameOf(report.channelId),
					audience,
					name: recipient.name,
					address: maskEmail(recipient.address),
					reports: 0,
					counts: NONE
				};
				letters.set(recipient.key, { ...known, reports: known.reports + 1, counts: added(known.counts, mattersOf.get(report.id) ?? []) });
			}
			const skipped = new Map<string, ChannelSkipped>();
			for (const { report, audience, name, why } of plan.skipped) {
				const key = [report.channelId, audience, name, why].join('\n');
				const known = skipped.get(key) ?? { channelName: nameOf(report.channelId), audience, name, why, reports: 0 };
				skipped.set(key, { ...known, reports: known.reports + 1 });
			}
			const without = (chosen ?? []).filter(({ id }) => !meant.some(({ channelId }) => channelId === id));
			return {
				year,
				chosen,
				held: held.length,
				counts: held.reduce((sum, { matters }) => added(sum, matters), NONE),
				letters: inOrder([...letters.values()], channels),
				channelIds: [...new Set(plan.send.map(({ report }) => report.channelId))].sort(),
				reports: new Set(plan.send.map(({ report }) => report.id)).size,
				skipped: inOrder(
					[...skipped.values(), ...without.map(({ name }) => ({ channelName: name, audience: null, name: null, why: 'nothing_held' as const, reports: 0 }))],
					channels
				),
				earlier: await earlierBatches(db, year.year),
				quiet
			};
		},
		{ readOnly: true }
	);
}

/** Channels in the order of the register, the departments of one together. */
function inOrder<Row extends Pick<ChannelSkipped, 'channelName' | 'audience' | 'name'>>(
	rows: readonly Row[],
	channels: readonly { readonly name: string }[]
): Row[] {
	const place = new Map(channels.map(({ name }, index) => [name, index]));
	const key = ({ audience, name }: Row): string => `${audience ?? ''} ${name ?? ''}`;
	return [...rows].sort((a, b) => (place.get(a.channelName) ?? 0) - (place.get(b.channelName) ?? 0) || (key(a) < key(b) ? -1 : 1));
}

function added(counts: MatterCounts, matters: readonly ChannelMatter[]): MatterCounts {
	const sum: Record<ChannelMatter, number> = { ...counts };
	for (const matter of CHANNEL_MATTERS) if (matters.includes(matter)) sum[matter] += 1;
	return sum;
}

/** What either ministry has sent of late: neither presses for what the other has just pressed for. */
async function earlierBatches({ sql }: Pick<ActorDb, 'sql'>, year: number): Promise<readonly EarlierBatch[]> {
	const rows = await sql<{ id: string; org_kind: string; person_name: string; made_at: Date; undone_at: Date | null; letters: number | null }[]>`
		select b.id, b.org_kind, b.person_name, b.made_at, b.undone_at, (select count(distinct d.recipient_key)::int from reminder d where d.batch_id = b.id)
			as letters
		from reminder_batch b where b.channel_id is null and b.year = ${year} order by b.made_at desc, b.id desc limit ${EARLIER_SHOWN}`;
	return rows.map((row) => ({
		id: row.id,
		by: row.org_kind as EarlierBatch['by'],
		personName: row.person_name,
		madeAt: row.made_at,
		undoneAt: row.undone_at,
		letters: row.letters ?? 0
	}));
}
