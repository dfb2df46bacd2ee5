import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { problemsOf } from '#lib/forms/channel.ts';
import { DecideExcuseForm, DecideForm, ExcuseForm, RemarkForm, ReopenForm } from '#lib/forms/exceptions.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { decideExcuse } from '#lib/server/acts/report/decide-excuse.ts';
import { decideExtensions } from '#lib/server/acts/report/decide-extensions.ts';
import { excuseAnnualReport, liftExcuse } from '#lib/server/acts/report/excuse-annual-report.ts';
import { remarkOnExtension } from '#lib/server/acts/report/remark-on-extension.ts';
import { reopenAnnualReport } from '#lib/server/acts/report/reopen-annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { refused } from '#lib/server/answer.ts';

/** The forms of exceptions as several pages of an office take them: on a report, and in a list. `here` is where a done act leads back to. */

const withDone = (here: string, done: string) => `${here}${here.includes('?') ? '&' : '?'}done=${done}`;

export async function remarkAction(event: RequestEvent, actor: Actor, here: string) {
	const form = await readForm(event);
	const values = { requestId: form.text('requestId'), remark: form.text('remark') };
	const read = RemarkForm.safeParse(values);
	if (!read.success) return fail(400, { act: 'remark' as const, values, problems: problemsOf(read.error) });
	const done = await remarkOnExtension(actor, read.data.requestId, read.data.remark);
	if (!done.ok) return refused(event, done.refusal, { act: 'remark' as const, values });
	redirect(303, withDone(here, 'remarked'));
}

export async function excuseAction(event: RequestEvent, actor: Actor, reportId: string, here: string) {
	const form = await readForm(event);
	const values = { excuseReason: form.text('reasonCode'), remark: form.text('remark') };
	const read = ExcuseForm.safeParse({ reasonCode: values.excuseReason, remark: values.remark });
	if (!read.success) return fail(400, { act: 'excuse' as const, values, problems: problemsOf(read.error) });
	const done = await excuseAnnualReport(actor, reportId, read.data);
	if (!done.ok) return refused(event, done.refusal, { act: 'excuse' as const, values });
	redirect(303, withDone(here, 'excused'));
}

export async function decideExcuseAction(event: RequestEvent, actor: Actor, reportId: string, here: string) {
	const form = await readForm(event);
	const values = { decisionReason: form.text('reason') };
	const read = DecideExcuseForm.safeParse({ verdict: form.text('verdict'), reason: values.decisionReason });
	if (!read.success) return fail(400, { act: 'decideExcuse' as const, values, problems: problemsOf(read.error) });
	const done = await decideExcuse(actor, reportId, read.data);
	if (!done.ok) return refused(event, done.refusal, { act: 'decideExcuse' as const, values });
	redirect(303, withDone(here, read.data.verdict === 'confirmed' ? 'excuse_confirmed' : 'excuse_refused'));
}

export async function liftAction(event: RequestEvent, actor: Actor, reportId: string, here: string) {
	const done = await liftExcuse(actor, reportId);
	if (!done.ok) return refused(event, done.refusal, { act: 'lift' as const });
	redirect(303, withDone(here, 'lifted'));
}

export async function reopenAction(event: RequestEvent, actor: Actor, reportId: string, here: string) {
	const values = { reason: (await readForm(event)).text('reason') };
	const read = ReopenForm.safeParse(values);
	if (!read.success) return fail(400, { act: 'reopen' as const, values, problems: problemsOf(read.error) });
	const done = await reopenAnnualReport(actor, reportId, read.data.reason);
	if (!done.ok) return refused(event, done.refusal, { act: 'reopen' as const, values });
	redirect(303, withDone(here, 'reopened'));
}

/** Decides one or several; what could not be decided is named, the rest is done. */
export async function decideAction(event: RequestEvent, actor: Actor) {
	const form = await readForm(event);
	const values = { reason: form.text('reason') };
	const read = DecideForm.safeParse({ requests: form.all('request'), verdict: form.text('verdict'), reason: values.reason });
	if (!read.success) return fail(400, { act: 'decide' as const, values, problems: problemsOf(read.error) });
	const { requests, verdict, reason } = read.data;
	const done = await decideExtensions(actor, requests, { verdict, reason });
	if (!done.ok) return refused(event, done.refusal, { act: 'decide' as const, values });
	const [only] = done.refused;
	// One request and one reason against it: said at the form, like any other act.
	if (only && done.decided.length === 0 && requests.length === 1) return refused(event, only.refusal, { act: 'decide' as const, values });
	if (done.decided.length === 0 && done.refused.every(({ refusal }) => refusal.code === 'invalid_input'))
		return refused(event, only?.refusal ?? { code: 'not_found' }, { act: 'decide' as const, values });
	return { act: 'decide' as const, decided: done.decided.length, settled: done.settled.length, notDecided: done.refused };
}
