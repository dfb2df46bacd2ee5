import type { Actor } from '#lib/server/actor.ts';
import { now } from '#lib/server/clock.ts';
import { asActor } from '#lib/server/db/door.ts';
import type { HelpOffice } from './frame-data.ts';

/** It stands on every page an enterprise opens, and a department's number changes once in years. */
const KEPT_MS = 10 * 60_000;
const kept = new Map<string, { until: number; offices: readonly HelpOffice[] }>();

/** Powers the help line of an enterprise's pages: the offices its reports go through, with their numbers where known. */
export async function channelOffices(actor: Actor): Promise<readonly HelpOffice[]> {
	const at = now().getTime();
	const known = kept.get(actor.channelId ?? '');
	if (known && at < known.until) return known.offices;
	const offices = await asActor(
		actor,
		({ sql }) =>
			sql<{ name: string; nameEn: string | null; phone: string }[]>`
				select o.name_zh as name, o.name_en as "nameEn", o.phone from organisation o
				where o.channel_id = ${actor.channelId} and o.phone is not null order by o.kind`,
		{ readOnly: true }
	);
	kept.set(actor.channelId ?? '', { until: at + KEPT_MS, offices });
	return offices;
}
