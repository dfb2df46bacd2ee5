import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { channelChoices, type ChannelChoice } from '#lib/server/reads/ministry/ministry-reports.ts';

/** Powers the choice of a channel in a ministry's forms. One query. */
export function listChannels(actor: Actor): Promise<readonly ChannelChoice[]> {
	return asActor(actor, (db) => channelChoices(db), { readOnly: true });
}
