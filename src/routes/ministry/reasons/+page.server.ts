import { MINISTRIES } from '#lib/domain/parties.ts';
import { REASON_KINDS, type ReasonKind } from '#lib/domain/report/reason-kinds.ts';
import { asked, notFoundIn } from '#lib/forms/asked.ts';
import { m } from '#lib/paraglide/messages.js';
import { requireActor } from '#lib/server/access.ts';
import { ministryReasons } from '#lib/server/reads/ministry/ministry-reasons.ts';
import { reasonKindWord, reasonText } from '#lib/words/reason-words.ts';
import type { PageServerLoad } from './$types';

const what: Readonly<Record<ReasonKind, () => string>> = {
	returned: m.progress_reasons_returned_what,
	explained: m.progress_reasons_explained_what,
	late: m.progress_reasons_late_what,
	extension: m.progress_reasons_extension_what,
	unable: m.progress_reasons_unable_what
};

/** The vocabularies of all reasons stay on the server: they would weigh more in a browser than what is drawn. */
export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const of = asked(event.url.searchParams);
	const year = of.year('year');
	const now = event.locals.now();
	const { reasons, ...found } = await ministryReasons(actor, year, now);
	return {
		...found,
		kinds: REASON_KINDS.map((kind) => ({
			kind,
			word: reasonKindWord[kind](),
			what: what[kind](),
			reasons: reasons[kind].map(({ code, times, reports }) => ({
				code,
				name: reasonText(kind, code),
				manufacturing: times.manufacturing,
				itOutsourcing: times.it_outsourcing,
				reports
			}))
		})),
		ignored: [...of.ignored(), ...notFoundIn({ year }, found)],
		now
	};
};
