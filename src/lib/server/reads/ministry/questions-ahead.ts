import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { config } from '#lib/server/config.ts';
import { asActor } from '#lib/server/db/door.ts';
import { chosenCandidates, type Candidate } from './outlier-candidates.ts';

/** A channel that would be asked: who of it gets a letter, and about which figures. */
export interface ChannelAhead {
	readonly id: string;
	readonly name: string;
	readonly recipients: readonly string[];
	readonly candidates: readonly Candidate[];
}

/** Powers /ministry/follow-ups/ask: whom a question about the ticked figures would go to. Three queries. */
export async function questionsAhead(
	actor: Actor,
	asked: { readonly year: number; readonly basis: FigureBasis; readonly category: Category },
	chosen: readonly { readonly designationId: string; readonly metric: TrendMetric }[]
): Promise<{ readonly channels: readonly ChannelAhead[]; readonly figures: number }> {
	if (chosen.length === 0) return { channels: [], figures: 0 };
	const candidates = await chosenCandidates(actor, asked, chosen);
	const byChannel = Map.groupBy(candidates, ({ channelId }) => channelId);
	const people = await peopleOf(actor, [...byChannel.keys()]);
	const channels = [...byChannel].map(([id, own]) => ({ id, name: own[0]?.channelName ?? id, recipients: people.get(id) ?? [], candidates: own }));
	return { channels, figures: candidates.length };
}

/** The handlers and approvers of channels who get the letter, by name. */
function peopleOf(actor: Actor, channelIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
	return asActor(
		actor,
		async ({ sql, within }) => {
			const rows = await sql<{ channel_id: string | null; names: string[] | null }[]>`
				select o.channel_id, array_agg(distinct p.name order by p.name) as names
				from organisation o
				join membership b on b.org_id = o.id and b.ended_at is null and b.duty in ('handler', 'approver')
				join person p on p.id = b.person_id and p.disabled_at is null and not (p.synthetic and ${config().production}::boolean)
				where o.kind in ('commerce', 'industry', 'group') and o.channel_id = any(${channelIds as string[]}::text[]) and ${within.organisation}
				group by o.channel_id`;
			return new Map(rows.map(({ channel_id, names }) => [channel_id ?? '', names ?? []]));
		},
		{ readOnly: true }
	);
}
