import { heldCounts, LETTER_LINES_MOST } from '#lib/domain/chase/official-letter.ts';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { notFoundIn } from '#lib/forms/asked.ts';
import { channelsAsked } from '#lib/forms/remind-channels.ts';
import { requireActor } from '#lib/server/access.ts';
import { addresseesOf } from '#lib/server/letters/letter-channels.ts';
import { firstPreview, previewLetter } from '#lib/server/pages/letter-page.ts';
import { ministryLetter } from '#lib/server/reads/ministry/ministry-letter.ts';
import { isToEveryone, letterQueryOf, MINISTRY_LETTER, writeToChannels } from './ministry-letter-door.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { query, ignored } = letterQueryOf(event.url.searchParams);
	const now = event.locals.now();
	const found = await ministryLetter(actor, query, now);
	const ticked = channelsAsked(event.url.searchParams);
	const named = ticked.length === 0 ? found.channels : found.channels.filter(({ id }) => ticked.includes(id));
	const chosen = named.map(({ id }) => id);
	return {
		query,
		ignored: [...ignored, ...notFoundIn({ year: query.year }, found)],
		channels: found.channels.map(({ id, name, counts, lines }) => ({ id, name, counts, held: heldCounts(lines) })),
		skipped: found.skipped,
		tooMany: found.tooMany,
		most: LETTER_LINES_MOST,
		year: found.year?.year ?? null,
		offices: found.offices,
		chosen,
		addressees: addresseesOf(named, isToEveryone(query, named.length === found.channels.length)),
		mayWrite: actor.duty !== 'reader',
		...firstPreview(event, found.offices, chosen, writeToChannels(found, query, now))
	};
};

export const actions: Actions = {
	preview: (event) => previewLetter(event, MINISTRY_LETTER)
};
