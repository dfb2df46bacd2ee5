import type { Actor } from '../actor.ts';
import { asActor } from '../db.ts';
import { channelChoices, type ChannelChoice } from './ministry-reports.ts';

/** Powers the choice of a channel in a ministry's forms. One query. */
export function listChannels(actor: Actor): Promise<readonly ChannelChoice[]> {
	return asActor(actor, (db) => channelChoices(db), { readOnly: true });
}
