import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { dayInBeijing, laterOf, type Day } from '#lib/domain/day.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { RETURN_REASONS } from '#lib/domain/policy.ts';
import { dateWithin, proposeCorrectionOn } from '#lib/domain/report/reporting-year.ts';
import { problemsOf, ReturnForm } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound } from '#lib/server/access.ts';
import { returnAnnualReport, undoReturn } from '#lib/server/acts/report/return-annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { refused } from '#lib/server/answer.ts';
import { reportExceptions } from '#lib/server/reads/office/report-exceptions.ts';
import { followUpsAtReport } from '#lib/server/reads/office/shown-follow-up.ts';
import { liftAction } from './exception-actions.ts';
import { recordOf } from './record-address.ts';

/** What both offices' reads of a report have alike. */
interface OfficeReport {
	readonly dueOn: Day;
	readonly correctionsUntilOn: Day;
	readonly shown: { readonly version: { readonly no: number } } | null;
}

type Asked = Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>;

/** Until when a returned report may be asked back: from today to the end of corrections. */
function correctionDays({ correctionsUntilOn }: OfficeReport, now: Date) {
	const earliestOn = dayInBeijing(now);
	return { earliestOn, latestOn: laterOf(earliestOn, correctionsUntilOn) };
}

/** The page of one report as a channel and a ministry have it: which report, which version, returning it and taking that back. */
export function reportPage<Found extends OfficeReport>({
	kinds,
	path,
	read
}: {
	readonly kinds: readonly OrganisationKind[];
	readonly path: string;
	readonly read: (actor: Actor, reportId: string, versionNo: number | null, now: Date) => Promise<Found | undefined>;
}) {
	const reportOf = (event: Asked) => {
		const { actor, id } = recordOf(event, kinds);
		return { actor, id, here: `${path}/${id}` };
	};

	/** Which version the address names, and what reads it. */
	const versionOf = (event: Asked) => {
		const { actor, id } = reportOf(event);
		const asked = event.url.searchParams.get('version');
		const versionNo = asked !== null && /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null;
		const now = event.locals.now();
		return { actor, id, now, asked, versionNo, read: () => read(actor, id, versionNo, now) };
	};

	/** What stands beside the report on either page. */
	const beside = async (event: Asked, { actor, id, now, asked, versionNo }: ReturnType<typeof versionOf>, found: Found) => {
		const days = correctionDays(found, now);
		return {
			followUps: await followUpsAtReport(actor, id, now),
			exceptions: (await reportExceptions(actor, id, now)) ?? notFound(event),
			now,
			correction: { ...days, proposedOn: proposeCorrectionOn(days.earliestOn, found.dueOn, days.latestOn) },
			ignored: asked !== null && versionNo !== found.shown?.version.no ? ['version'] : []
		};
	};

	/** What the act would say of reason and date, before anybody is asked to confirm them. */
	const problemsAhead = async (event: Asked, input: { reasonCode: string; correctByOn: string }): Promise<Record<string, string> | null> => {
		const { actor, id } = reportOf(event);
		const now = event.locals.now();
		const found = await read(actor, id, null, now);
		if (!found) notFound(event);
		const { earliestOn, latestOn } = correctionDays(found, now);
		const problems: Record<string, string> = {};
		if (!RETURN_REASONS.some((reason) => reason === input.reasonCode)) problems['reasonCode'] = 'missing';
		const date = dateWithin('correctByOn', input.correctByOn, earliestOn, latestOn);
		if (!date.ok) problems['correctByOn'] = date.refusal.code;
		return Object.keys(problems).length > 0 ? problems : null;
	};

	return {
		reportOf,
		versionOf,
		beside,
		/** Returns the report. Written first, looked at next, sent last; a further row for a comment is a step too. */
		returnReport: async (event: RequestEvent) => {
			const { actor, id, here } = reportOf(event);
			const form = await readForm(event);
			const step = form.text('step');
			const values = form.texts(['reasonCode', 'correctByOn', 'remark']);
			const comments = form.comments();
			const kept = { act: 'return' as const, return: { values, comments: step === 'more' ? [...comments, { answerKey: '', remark: '' }] : comments } };
			if (step === 'more' || step === 'edit') return { ...kept, preview: false };
			const input = ReturnForm.safeParse({ version: form.text('version'), ...values, comments });
			if (!input.success) return fail(400, { ...kept, problems: problemsOf(input.error) });
			if (step !== 'send') {
				const problems = await problemsAhead(event, input.data);
				return problems === null ? { ...kept, preview: true } : fail(400, { ...kept, problems });
			}
			const done = await returnAnnualReport(actor, id, {
				...input.data,
				comments: input.data.comments.map(({ answerKey, remark }) => ({ answerKey: answerKey === '' ? null : answerKey, remark }))
			});
			if (!done.ok) return refused(event, done.refusal, kept);
			redirect(303, `${here}?done=returned`);
		},
		undoReturn: async (event: RequestEvent) => {
			const { actor, id, here } = reportOf(event);
			const done = await undoReturn(actor, id);
			if (!done.ok) return refused(event, done.refusal, { act: 'undo' as const });
			redirect(303, `${here}?done=undone`);
		},
		liftExcuse: (event: RequestEvent) => {
			const { actor, id, here } = reportOf(event);
			return liftAction(event, actor, id, here);
		}
	};
}
