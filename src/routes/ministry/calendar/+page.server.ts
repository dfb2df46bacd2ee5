import { fail, redirect } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { dayInBeijing, yearOf } from '#lib/domain/day.ts';
import { arrangedDays, arrangementChanges, rangesOf, readRanges, weeksOf } from '#lib/domain/calendar-correction.ts';
import { dayKindOf, workingDaysUntil } from '#lib/domain/working-calendar.ts';
import { asked } from '#lib/forms/asked.ts';
import { CalendarForm, postedRanges } from '#lib/forms/calendar.ts';
import { problemsOf } from '#lib/forms/channel.ts';
import { readForm } from '#lib/forms/read-form.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { correctWorkingCalendar } from '#lib/server/acts/chase/correct-working-calendar.ts';
import { refused } from '#lib/server/answer.ts';
import { ministryCalendar } from '#lib/server/reads/ministry/ministry-calendar.ts';
import type { Actions, PageServerLoad } from './$types';

const EMPTY = { fromOn: '', toOn: '', kind: 'holiday', name: '' };
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const now = event.locals.now();
	const today = dayInBeijing(now);
	const of = asked(event.url.searchParams);
	const wished = of.year('year');
	const year = wished !== null && wished >= 2021 && wished <= 2100 ? wished : wished === null ? yearOf(today) : (of.drop('year') ?? yearOf(today));
	const found = await ministryCalendar(actor, year);
	const arrangement = found.calendar.get(year) ?? null;
	return {
		year,
		years: [...new Set([...found.knownYears, year, yearOf(today), yearOf(today) + 1])].toSorted((a, b) => a - b),
		knownYears: found.knownYears,
		version: arrangement?.version ?? 0,
		source: arrangement?.source ?? '',
		ranges: arrangement
			? rangesOf(arrangement).map(({ fromOn, toOn, kind, name }) => ({
					fromOn: fromOn as string,
					toOn: toOn === fromOn ? '' : (toOn as string),
					kind: kind as string,
					name
				}))
			: [],
		months: MONTHS.map((month) => ({
			month,
			weeks: weeksOf(year, month).map((week) => week.map((on) => (on === null ? null : { on, ...dayKindOf(on, found.calendar) })))
		})),
		versions: found.versions,
		dates: found.dates.map(({ reportYear, field, on }) => ({
			reportYear,
			field,
			on,
			workingDays: on >= today ? workingDaysUntil(today, on, found.calendar) : undefined
		})),
		today,
		mayCorrect: actor.duty === 'approver',
		ignored: of.ignored(['done'])
	};
};

export const actions: Actions = {
	correct: async (event) => {
		const actor = requireActor(event, MINISTRIES);
		const form = await readForm(event);
		const step = form.text('step');
		const ranges = postedRanges(form);
		const values = { source: form.text('source'), afterVersion: form.text('afterVersion'), ranges };
		if (step === 'more') return { values: { ...values, ranges: [...ranges, EMPTY, EMPTY, EMPTY] } };
		const read = CalendarForm.safeParse({ year: form.text('year'), afterVersion: values.afterVersion, source: values.source });
		const days = readRanges(read.success ? read.data.year : 0, ranges);
		if (!read.success) {
			if (read.error.issues.some(({ path }) => path[0] !== 'source')) notFound(event);
			return fail(400, {
				values,
				problems: {
					...problemsOf(read.error),
					...(days.ok ? {} : Object.fromEntries(Object.entries(days.problems).filter(([, code]) => code !== 'outside_year')))
				}
			});
		}
		if (!days.ok) return fail(400, { values, problems: days.problems as Readonly<Record<string, string>> });
		if (step === 'preview') {
			const known = (await ministryCalendar(actor, read.data.year)).calendar.get(read.data.year);
			return { values, preview: arrangementChanges(known ? arrangedDays(known) : [], days.days) };
		}
		const done = await correctWorkingCalendar(actor, { ...read.data, ranges });
		if (!done.ok) return refused(event, done.refusal, { values });
		redirect(303, `/ministry/calendar?year=${read.data.year}&done=${done.version}`);
	}
};
