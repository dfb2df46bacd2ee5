import { LETTER_LINES_MOST } from '#lib/domain/chase/official-letter.ts';
import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { RecordId } from '#lib/forms/channel.ts';
import { requireActor } from '#lib/server/access.ts';
import { enterprisesAddressed } from '#lib/server/letters/urging-letter.ts';
import { firstPreview, previewLetter } from '#lib/server/pages/letter-page.ts';
import { channelLetter } from '#lib/server/reads/channel/channel-letter.ts';
import { listQueryOf } from '../list-query.ts';
import { CHANNEL_LETTER, writeToEnterprises } from './channel-letter-door.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const params = event.url.searchParams;
	const { query } = listQueryOf(params);
	const now = event.locals.now();
	const found = await channelLetter(actor, query, now);
	const ticked = params.getAll('report').filter((id) => RecordId.safeParse(id).success);
	const named = ticked.length === 0 ? found.lines : found.lines.filter(({ reportId }) => ticked.includes(reportId));
	const chosen = named.map(({ reportId }) => reportId);
	// Back to the same view of the board, without what was ticked.
	const kept = new URLSearchParams([...params].filter(([name]) => name !== 'report' && name !== 'matching' && !name.startsWith('/'))).toString();
	return {
		lines: found.lines,
		skipped: found.skipped,
		tooMany: found.tooMany,
		most: LETTER_LINES_MOST,
		year: found.year?.year ?? null,
		offices: found.offices,
		chosen,
		addressees: enterprisesAddressed(named),
		kept,
		mayWrite: actor.duty !== 'reader',
		...firstPreview(event, found.offices, chosen, writeToEnterprises(found, actor, now))
	};
};

export const actions: Actions = {
	preview: (event) => previewLetter(event, CHANNEL_LETTER)
};
