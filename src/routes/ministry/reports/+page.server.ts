import { fail } from '@sveltejs/kit';
import { MINISTRIES, isMinistry } from '#lib/domain/parties.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { dutyRefusal } from '#lib/domain/duties.ts';
import { notFoundIn } from '#lib/forms/asked.ts';
import { ReceiveForm } from '#lib/forms/ministry.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { requireActor } from '#lib/server/access.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { statusOf } from '#lib/server/answer.ts';
import { ministryReports, reportNames, reportsToReceive } from '#lib/server/reads/ministry/ministry-reports.ts';
import { turnTexts } from '#lib/server/reads/page.ts';
import { withNamesInWords } from '#lib/words/name-words.ts';
import { refusalText } from '#lib/words/refusal-words.ts';
import { listFilters } from './list-filters.ts';
import { listQueryOf } from './list-query.ts';
import { rareFilters } from './rare-filters.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const params = event.url.searchParams;
	const { query, ignored } = listQueryOf(params);
	const now = event.locals.now();
	const found = await ministryReports(actor, query, now);
	const { year, total, courts, rows } = found;
	return {
		year,
		total,
		courts,
		rows: withNamesInWords(rows),
		// In words already, as the sheet names them: their vocabularies would weigh more in a browser than the table itself.
		filters: listFilters({ ...found, rare: rareFilters(params) }, params),
		...turnTexts(found),
		ignored: [...ignored, ...notFoundIn(query, found)],
		me: actor.orgKind,
		mayReceive: isMinistry(actor.orgKind) && dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'receive') === null,
		now
	};
};

/** Reports received in one transaction: each takes some milliseconds, and nobody's list is locked for long. */
const CHUNK = 100;

export const actions: Actions = {
	receive: async (event) => {
		const actor = requireActor(event, MINISTRIES);
		const form = await readForm(event);
		const read = ReceiveForm.safeParse({ reports: form.all('report'), matching: form.text('matching') === '1', confirmed: form.text('confirmed') });
		if (form.text('step') === 'cancel') return {};
		if (!read.success || (!read.data.matching && read.data.reports.length === 0)) return fail(400, { none: true as const });
		const { query } = listQueryOf(event.url.searchParams);
		const chosen = read.data.matching
			? await reportsToReceive(actor, query, event.locals.now())
			: read.data.reports.map((text) => ({ id: text.slice(0, text.indexOf(':')), version: Number(text.slice(text.indexOf(':') + 1)) }));
		// What lies on other pages was not seen: its number is said first, and again when it has changed meanwhile.
		if (read.data.matching && chosen.length > 0 && read.data.confirmed !== String(chosen.length)) return { confirm: { count: chosen.length } };
		let received = 0;
		const refused: { reportId: string; refusal: Refusal }[] = [];
		for (let from = 0; from < chosen.length; from += CHUNK) {
			const done = await receiveAnnualReports(actor, chosen.slice(from, from + CHUNK));
			if (!done.ok) return fail(statusOf(done.refusal), { refusal: refusalText(done.refusal), received });
			received += done.received.length;
			refused.push(...done.refused);
		}
		const names =
			refused.length > 0
				? await reportNames(
						actor,
						refused.map(({ reportId }) => reportId)
					)
				: new Map<string, string>();
		return { received, refused: refused.map(({ reportId, refusal }) => ({ reportId, refusal: refusalText(refusal), name: names.get(reportId) ?? reportId })) };
	}
};
