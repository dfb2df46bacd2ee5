import { fail, redirect } from '@sveltejs/kit';
import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { reasonOfOffice } from '#lib/domain/report/late-reason.ts';
import { yearOutcome } from '#lib/domain/report/year-outcome.ts';
import { asked, notFoundIn } from '#lib/forms/asked.ts';
import { ForwardForm, lateReasonProblems, problemsOf } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { requireActor } from '#lib/server/access.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { refused } from '#lib/server/answer.ts';
import { channelForwardings } from '#lib/server/reads/channel/channel-forwardings.ts';
import { withNamesInWords } from '#lib/words/name-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const of = asked(event.url.searchParams);
	const year = of.year('year');
	const now = event.locals.now();
	const found = await channelForwardings(actor, year, now);
	return {
		...found,
		// What each counts as when it is forwarded now: the word it has in every list and letter afterwards.
		candidates: withNamesInWords(found.candidates).flatMap((one) => {
			if (found.year === null) return [];
			const { extensionOn, owedOn, voluntary, firstForwardedAt } = one;
			const facts = {
				state: 'forwarded' as const,
				extensionOn,
				owedOn,
				voluntary,
				firstForwardedAt: firstForwardedAt ?? now,
				excusePending: false,
				closedAt: null,
				year: found.year
			};
			return { ...one, outcome: yearOutcome(facts, now) };
		}),
		mayForward: actor.duty === 'approver',
		today: dayInBeijing(now),
		now,
		ignored: [...of.dropped(), ...notFoundIn({ year }, found)]
	};
};

export const actions: Actions = {
	default: async (event) => {
		const actor = requireActor(event, DEPARTMENTS);
		const form = await readForm(event);
		const values = {
			reports: form.all('reports'),
			letterNo: form.text('letterNo'),
			letterOn: form.text('letterOn'),
			...form.texts(['remark', 'lateReasonCode', 'lateReason'])
		};
		const step = form.text('step');
		if (step === 'edit') return { values, confirm: false };
		const read = ForwardForm.safeParse(values);
		if (!read.success) return fail(400, { values, problems: problemsOf(read.error) });
		// Asked before it is done, with what is on time and what is late; the server judges again when it is done.
		if (step !== 'send') {
			const said = reasonOfOffice({ code: read.data.lateReasonCode, text: read.data.lateReason });
			const missing: Record<string, string> = {
				...(read.data.letterNo === '' && { letterNo: 'missing' }),
				...(read.data.letterOn.trim() === '' && { letterOn: 'missing' }),
				...(said.ok ? {} : lateReasonProblems(said.refusal))
			};
			return Object.keys(missing).length > 0 ? fail(400, { values, problems: missing }) : { values, confirm: true };
		}
		const reports = read.data.reports.map((text) => {
			const [id = '', version = ''] = text.split(':');
			return { id, version: Number(version) };
		});
		const { letterNo, letterOn, remark, lateReasonCode, lateReason } = read.data;
		const done = await forwardAnnualReports(actor, { reports, letterNo, letterOn, remark, late: { code: lateReasonCode, text: lateReason } });
		if (!done.ok) return refused(event, done.refusal, { values, halfSaid: lateReasonProblems(done.refusal) });
		redirect(303, `/channel/forward/${done.forwardingId}?done=sent`);
	}
};
