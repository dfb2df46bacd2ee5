import { formByVersion } from '#lib/domain/form/annual-report-form.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { noticeDueOn, validateDates, type YearDates } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { addOwedReports } from '#lib/server/store/report/owed-report.ts';
import { loadPolicy } from '#lib/server/store/report/policy.ts';

/**
 * A ministry opens a reporting year with four dates, the form and the policy; the fifth, at the ministries, is the notice's and nobody's to give here.
 * Every designation that owes the year gets its report (方案第十一条: 自确定次年起). Reports of later designations are added when they are imported.
 */
export function openReportingYear(
	actor: Actor,
	year: number,
	given: Readonly<Record<Exclude<keyof YearDates, 'ministryDueOn'>, string>> & { readonly formVersion: string; readonly policyVersion: string }
): Promise<Decision<{ owed: number }>> {
	return asOffice(actor, 'openReportingYear', async (db, now) => {
		const form = formByVersion(given.formVersion);
		if (!form || form.fromYear > year) return refuse({ code: 'invalid_input', fields: { formVersion: 'unknown' } });
		const [published] = await db.sql<{ version: string }[]>`select version from policy where version = ${given.policyVersion}`;
		if (!published) return refuse({ code: 'invalid_input', fields: { policyVersion: 'unknown' } });
		const policy = await loadPolicy(db, published.version);
		const checked = validateDates(year, { ...given, ministryDueOn: noticeDueOn(year, policy) });
		if (!checked.ok) return checked;
		const { dates } = checked;
		const opened = await db.sql`
			insert into reporting_year (year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on, form_version, policy_version,
				opened_by)
			values (${year}, ${dates.opensOn}::date, ${dates.channelDueOn}::date, ${dates.ministryDueOn}::date, ${dates.acceptedLateUntilOn}::date,
				${dates.correctionsUntilOn}::date,
				${form.version}, ${policy.version}, ${actor.personId})
			on conflict (year) do nothing`;
		if (opened.count === 0) return refuse({ code: 'year_exists', year });
		const owed = await addOwedReports(db, year, dayInBeijing(now));
		await writeJournal(db, {
			act: 'open-reporting-year',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: '11',
			after: { ...dates, formVersion: form.version, policyVersion: policy.version, owed }
		});
		return { ok: true, owed };
	});
}
