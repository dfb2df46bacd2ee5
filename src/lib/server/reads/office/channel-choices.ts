import type { ChannelKind } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type Db } from '#lib/server/db/door.ts';

export interface ChannelChoice {
	readonly id: string;
	readonly kind: ChannelKind;
	readonly name: string;
}

/** Channels for a filter: provinces in their order, then groups. */
export async function channelChoices({ sql }: Pick<Db, 'sql'>): Promise<ChannelChoice[]> {
	const rows = await sql<{ id: string; kind: string; short_zh: string }[]>`select id, kind, short_zh from channel order by kind desc, id`;
	return rows.map((row) => ({ id: row.id, kind: row.kind as ChannelKind, name: row.short_zh }));
}

/** Powers the choice of a channel in a ministry's forms. One query. */
export function listChannels(actor: Actor): Promise<readonly ChannelChoice[]> {
	return asActor(actor, (db) => channelChoices(db), { readOnly: true });
}
