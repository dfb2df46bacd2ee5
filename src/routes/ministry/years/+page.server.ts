import { fail, redirect } from '@sveltejs/kit';
import { CURRENT_FORM_VERSION, FORM_VERSIONS } from '#lib/domain/form/annual-report-form.ts';
import { dayInBeijing, yearOf } from '#lib/domain/day.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { closingRefusal, proposeDates } from '#lib/domain/report/reporting-year.ts';
import { posted } from '#lib/forms/channel.ts';
import { OpenYearForm, YearForm } from '#lib/forms/ministry.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { agreeToCloseYear, withdrawClosingAgreement } from '#lib/server/acts/report/agree-to-close-year.ts';
import { openReportingYear } from '#lib/server/acts/report/open-reporting-year.ts';
import { ministryYearsPage } from '#lib/server/reads/ministry/ministry-years.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const FIELDS = ['opensOn', 'channelDueOn', 'ministryDueOn', 'acceptedLateUntilOn', 'correctionsUntilOn'] as const;

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ['mofcom', 'miit']);
	const now = event.locals.now();
	const today = dayInBeijing(now);
	const found = await ministryYearsPage(actor, today);
	const newest = found.years[0]?.year;
	const asked = event.url.searchParams.get('open');
	const next =
		asked !== null && /^20\d{2}$/.test(asked) && Number(asked) >= 2022 ? Number(asked) : newest === undefined ? Math.max(2022, yearOf(today)) : newest + 1;
	const policy = found.inForce;
	const dates = proposeDates(next, policy);
	return {
		years: found.years.map((year) => ({ ...year, closingRefusal: closingRefusal(year, now) })),
		proposal: {
			year: next,
			formVersion: CURRENT_FORM_VERSION,
			forms: FORM_VERSIONS.map(({ version }) => version),
			policyVersion: policy.version,
			policies: found.policies,
			fields: FIELDS.map((field) => {
				const { basis, reasonCode } = {
					opensOn: policy.opens,
					channelDueOn: policy.channelDue,
					ministryDueOn: policy.ministryDue,
					acceptedLateUntilOn: policy.acceptedLateUntil,
					correctionsUntilOn: policy.correctionsUntil
				}[field];
				return { field, on: dates[field], basis, reasonCode };
			}),
			owed: found.owedFrom.filter(({ cohortYear }) => cohortYear + policy.owedFromYearsAfter.value <= next).reduce((sum, { count }) => sum + count, 0)
		},
		me: actor.orgKind,
		mayDecide: actor.duty === 'approver',
		now
	};
};

const refusedWith = (refusal: Refusal, kept: object = {}) =>
	fail(refusal.code === 'dates_refused' || refusal.code === 'invalid_input' ? 400 : 409, { ...kept, refusal });

async function yearOfForm(event: RequestEvent) {
	const actor = requireActor(event, ['mofcom', 'miit']);
	const read = YearForm.safeParse({ year: posted(await event.request.formData(), 'year') });
	if (!read.success) notFound(event);
	return { actor, year: read.data.year };
}

export const actions: Actions = {
	open: async (event) => {
		const actor = requireActor(event, ['mofcom', 'miit']);
		const form = await event.request.formData();
		const values = Object.fromEntries(['year', ...FIELDS, 'formVersion', 'policyVersion'].map((name) => [name, posted(form, name)]));
		const read = OpenYearForm.safeParse(values);
		if (!read.success) return fail(400, { values, badYear: true });
		const { year, ...given } = read.data;
		const done = await openReportingYear(actor, year, given);
		if (!done.ok) return refusedWith(done.refusal, { values });
		redirect(303, `/ministry/years?done=opened&year=${year}&owed=${done.owed}`);
	},
	agree: async (event) => {
		const { actor, year } = await yearOfForm(event);
		const done = await agreeToCloseYear(actor, year);
		if (!done.ok) return refusedWith(done.refusal);
		redirect(303, `/ministry/years?done=${done.closed ? 'closed' : 'agreed'}&year=${year}`);
	},
	withdraw: async (event) => {
		const { actor, year } = await yearOfForm(event);
		const done = await withdrawClosingAgreement(actor, year);
		if (!done.ok) return refusedWith(done.refusal);
		redirect(303, `/ministry/years?done=withdrawn&year=${year}`);
	}
};
