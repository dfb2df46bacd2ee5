import { fail, redirect } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { formVersionFor, formVersionsFor } from '#lib/domain/form/annual-report-form.ts';
import { dayInBeijing, yearOf } from '#lib/domain/day.ts';
import { waitsRefusal } from '#lib/domain/report/report-exceptions.ts';
import { closingRefusal, proposeDates } from '#lib/domain/report/reporting-year.ts';
import { OpenYearForm, YearForm } from '#lib/forms/ministry.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { agreeToCloseYear, withdrawClosingAgreement } from '#lib/server/acts/report/agree-to-close-year.ts';
import { openReportingYear } from '#lib/server/acts/report/open-reporting-year.ts';
import { refused } from '#lib/server/answer.ts';
import { ministryYearsPage } from '#lib/server/reads/ministry/ministry-years.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const FIELDS = ['opensOn', 'channelDueOn', 'acceptedLateUntilOn', 'correctionsUntilOn'] as const;

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
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
		years: found.years.map((year) => ({
			...year,
			closingRefusal: closingRefusal(year, now) ?? waitsRefusal({ excuses: year.excusePending, extensions: year.openRequests })
		})),
		proposal: {
			year: next,
			formVersion: formVersionFor(next),
			forms: formVersionsFor(next),
			policyVersion: policy.version,
			policies: found.policies,
			fields: FIELDS.map((field) => {
				const { basis, reasonCode } = {
					opensOn: policy.opens,
					channelDueOn: policy.channelDue,
					acceptedLateUntilOn: policy.acceptedLateUntil,
					correctionsUntilOn: policy.correctionsUntil
				}[field];
				return { field, on: dates[field], basis, reasonCode };
			}),
			ministryDueOn: dates.ministryDueOn,
			reading: { dayIncluded: policy.dueDayIncluded.value, rollsOver: policy.dueRollsOver.value },
			owed: found.announced.filter(({ year }) => year + policy.owedFromYearsAfter.value <= next).reduce((sum, { count }) => sum + count, 0)
		},
		me: actor.orgKind,
		mayDecide: actor.duty === 'approver',
		now
	};
};

async function yearOfForm(event: RequestEvent) {
	const actor = requireActor(event, MINISTRIES);
	const read = YearForm.safeParse({ year: (await readForm(event)).text('year') });
	if (!read.success) notFound(event);
	return { actor, year: read.data.year };
}

export const actions: Actions = {
	open: async (event) => {
		const actor = requireActor(event, MINISTRIES);
		const form = await readForm(event);
		const values = Object.fromEntries(['year', ...FIELDS, 'formVersion', 'policyVersion'].map((name) => [name, form.text(name)]));
		const read = OpenYearForm.safeParse(values);
		if (!read.success) return fail(400, { values, badYear: true });
		const { year, ...given } = read.data;
		const done = await openReportingYear(actor, year, given);
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `/ministry/years?done=opened&year=${year}&owed=${done.owed}`);
	},
	agree: async (event) => {
		const { actor, year } = await yearOfForm(event);
		const done = await agreeToCloseYear(actor, year);
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/ministry/years?done=${done.closed ? 'closed' : 'agreed'}&year=${year}`);
	},
	withdraw: async (event) => {
		const { actor, year } = await yearOfForm(event);
		const done = await withdrawClosingAgreement(actor, year);
		if (!done.ok) return refused(event, done.refusal, {});
		redirect(303, `/ministry/years?done=withdrawn&year=${year}`);
	}
};
