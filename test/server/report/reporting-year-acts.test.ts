/** A reporting year is opened by one ministry for both, and closed by both, each for itself (会同). */
import { beforeAll, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { confirmYearAmendment, proposeYearAmendment, withdrawYearAmendment } from '#lib/server/acts/report/amend-reporting-year.ts';
import { agreeToCloseYear, withdrawClosingAgreement } from '#lib/server/acts/report/agree-to-close-year.ts';
import { openReportingYear } from '#lib/server/acts/report/open-reporting-year.ts';
import { setChannelDate } from '#lib/server/acts/report/set-channel-date.ts';
import type { Actor } from '#lib/server/actor.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
import { ministryYearDates } from '#lib/server/reads/ministry/ministry-year-dates.ts';
import { ministryYearsPage } from '#lib/server/reads/ministry/ministry-years.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear, oweReport } from '../../support/scene.ts';

const DATES = {
	opensOn: '2031-10-08',
	channelDueOn: '2031-11-15',
	ministryDueOn: '2031-11-30',
	acceptedLateUntilOn: '2031-12-31',
	correctionsUntilOn: '2032-03-31'
};
/** What one ministry gives; the date at the ministries is not among it. */
const { ministryDueOn: _notice, ...GIVEN } = DATES;
const VERSIONS = { formVersion: '2026-1', policyVersion: '2026-1' };

let database: TestDatabase;
let mofcom: Actor;
let miit: Actor;

beforeAll(async () => {
	database = await applicationDatabase();
	mofcom = await buildOfficial(database, 'mofcom');
	miit = await buildOfficial(database, 'miit');
});

test('a year is opened with five dates, form and policy; whoever owes it has its report, once', async () => {
	await openYear(database, 2030);
	const owing = await buildReport(database, { channelId: '430000', year: 2030, cohortYear: 2025 });
	await buildReport(database, { channelId: '430000', year: 2030, cohortYear: 2025 });
	const ceased = await buildReport(database, { channelId: '430000', year: 2030, cohortYear: 2025 });
	await database.adminSql`update designation set status = 'ceased', ended_on = '2030-12-31' where id = ${ceased.designationId}`;
	// Designated in the year itself: owes from the next (自确定次年起).
	await buildReport(database, { channelId: '430000', year: 2030, cohortYear: 2031 });

	expect(await openReportingYear(mofcom, 2031, { ...GIVEN, channelDueOn: '2031-12-02', ...VERSIONS })).toMatchObject({
		ok: false,
		refusal: { code: 'dates_refused', dates: [{ field: 'ministryDueOn', code: 'date_order' }] }
	});
	expect(await openReportingYear(mofcom, 2031, { ...GIVEN, ...VERSIONS, formVersion: '1999-1' })).toMatchObject({
		ok: false,
		refusal: { code: 'invalid_input', fields: { formVersion: 'unknown' } }
	});
	expect(await openReportingYear(mofcom, 2031, { ...GIVEN, ...VERSIONS, policyVersion: '1999-1' })).toMatchObject({
		ok: false,
		refusal: { code: 'invalid_input', fields: { policyVersion: 'unknown' } }
	});
	expect(await openReportingYear(await buildOfficial(database, 'miit', null, 'handler'), 2031, { ...GIVEN, ...VERSIONS })).toMatchObject({
		ok: false,
		refusal: { code: 'not_your_duty' }
	});
	expect(await openReportingYear(await buildOfficial(database, 'commerce', '430000'), 2031, { ...GIVEN, ...VERSIONS })).toMatchObject({
		ok: false,
		refusal: { code: 'not_found' }
	});

	expect(await openReportingYear(mofcom, 2031, { ...GIVEN, ...VERSIONS })).toEqual({ ok: true, owed: 2 });
	expect(await openReportingYear(miit, 2031, { ...GIVEN, ...VERSIONS })).toMatchObject({ ok: false, refusal: { code: 'year_exists', year: 2031 } });
	const [year] = (await ministryYearsPage(miit, day('2026-11-30'))).years;
	expect(year).toMatchObject({ year: 2031, ...DATES, ...VERSIONS, owed: 2, closedAt: null, agreements: [] });
	const reports = await database.adminSql`select state, channel_id from annual_report where year = 2031 and designation_id = ${owing.designationId}`;
	expect(reports).toEqual([{ state: 'not_started', channel_id: '430000' }]);
});

test('方案第十一条: opening cannot move 30 November, whatever is sent along', async () => {
	const sent = {
		opensOn: '2033-10-08',
		channelDueOn: '2033-11-15',
		ministryDueOn: '2033-12-20',
		acceptedLateUntilOn: '2033-12-31',
		correctionsUntilOn: '2034-03-31'
	};
	expect((await openReportingYear(miit, 2033, { ...sent, ...VERSIONS })).ok).toBe(true);
	const [year] = await database.adminSql`select ministry_due_on::text as due, departure_no from reporting_year where year = 2033`;
	expect(year).toEqual({ due: '2033-11-30', departure_no: null });
	// And nothing else can write it past the acts.
	await expect(database.adminSql`update reporting_year set ministry_due_on = '2033-12-20' where year = 2033`).rejects.toMatchObject({
		constraint_name: 'reporting_year_date_of_the_notice'
	});
});

test('other dates hold when the other ministry confirms, by another person, on record (非方案规定)', async () => {
	const dates = {
		opensOn: '2033-10-08',
		channelDueOn: '2033-11-15',
		ministryDueOn: '2033-12-20',
		acceptedLateUntilOn: '2034-01-31',
		correctionsUntilOn: '2034-03-31'
	};
	const wish = { ...dates, documentNo: '商服贸函〔2033〕7号', reason: '审计安排' };
	const stored = async () => (await database.adminSql`select ministry_due_on::text as due, departure_no from reporting_year where year = 2033`)[0];
	expect(await proposeYearAmendment(await buildOfficial(database, 'miit', null, 'handler'), 2033, wish)).toMatchObject({ refusal: { code: 'not_your_duty' } });
	expect(await proposeYearAmendment(await buildOfficial(database, 'commerce', '430000'), 2033, wish)).toMatchObject({ refusal: { code: 'not_found' } });
	expect(await proposeYearAmendment(miit, 2033, { ...wish, documentNo: '' })).toMatchObject({ refusal: { code: 'invalid_input' } });
	const first = await proposeYearAmendment(miit, 2033, wish);
	if (!first.ok) throw new Error(first.refusal.code);
	expect(await proposeYearAmendment(mofcom, 2033, wish)).toMatchObject({ refusal: { code: 'already_done' } });
	expect(await stored()).toEqual({ due: '2033-11-30', departure_no: null });
	expect((await ministryHome(mofcom)).amendmentsAsked).toMatchObject([{ year: 2033, ministry: 'miit' }]);
	expect((await ministryHome(miit)).amendmentsAsked).toEqual([]);

	expect(await confirmYearAmendment(miit, 2033, first.amendmentId)).toMatchObject({ refusal: { code: 'already_done' } });
	expect(await confirmYearAmendment({ ...mofcom, personId: miit.personId }, 2033, first.amendmentId)).toMatchObject({ refusal: { code: 'same_person' } });
	expect(await withdrawYearAmendment(miit, 2033, first.amendmentId)).toEqual({ ok: true });
	expect(await confirmYearAmendment(mofcom, 2033, first.amendmentId)).toMatchObject({ refusal: { code: 'not_found' } });

	const second = await proposeYearAmendment(miit, 2033, wish);
	if (!second.ok) throw new Error(second.refusal.code);
	expect(await confirmYearAmendment(mofcom, 2031, second.amendmentId)).toMatchObject({ refusal: { code: 'not_found' } });
	expect(await confirmYearAmendment(mofcom, 2033, second.amendmentId)).toMatchObject({ ok: true, dates });
	expect(await stored()).toEqual({ due: '2033-12-20', departure_no: wish.documentNo });
	const shown = await ministryYearDates(miit, 2033);
	expect(shown).toMatchObject({ ofNotice: false, open: null, year: { departureNo: wish.documentNo, ministryDueOn: '2033-12-20' } });
	expect(shown?.ended.map(({ confirmedByName }) => confirmedByName)).toEqual([mofcom.personName, null]);
	const entries = await database.adminSql<{ act: string; article: string; after: Record<string, string> | null }[]>`
		select act, article, after from journal where object_id = '2033' and act like '%amend%' order by at, seq`;
	expect(entries.map(({ act, article }) => `${act} ${article}`)).toEqual([
		'propose-year-amendment system',
		'withdraw-year-amendment system',
		'propose-year-amendment system',
		'amend-reporting-year system'
	]);
	expect(entries[3]?.after).toMatchObject({ ministryDueOn: '2033-12-20', documentNo: wish.documentNo });
});

test('a year is closed by both ministries and not before its late reports were taken; what was never filed is then not filed', async () => {
	await database.adminSql`
		insert into reporting_year (year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on, form_version, policy_version,
			opened_by)
		values (2024, '2024-10-08', '2024-11-15', '2024-11-30', '2024-12-31', '2025-03-31', '2026-1', '2026-1', 'scene')`;
	const never = await buildReport(database, { channelId: '430000', year: 2024, cohortYear: 2022 });
	const begun = await oweReport(database, {
		designationId: (await buildReport(database, { channelId: '430000', year: 2030, cohortYear: 2022 })).designationId,
		year: 2024
	});
	await database.adminSql`update annual_report set state = 'draft' where id = ${begun}`;
	const excused = await buildReport(database, { channelId: '430000', year: 2024, cohortYear: 2022 });
	await database.adminSql`update annual_report set state = 'excused' where id = ${excused.reportId}`;
	const states = async () =>
		Object.fromEntries(
			(
				await database.adminSql<
					{ id: string; state: string; closed: boolean }[]
				>`select id, state, closed_at is not null as closed from annual_report where year = 2024`
			).map((row) => [row.id, `${row.state}${row.closed ? ', closed' : ''}`])
		);

	expect(await agreeToCloseYear(mofcom, 2031)).toMatchObject({
		ok: false,
		refusal: { code: 'too_early_to_close', acceptedLateUntilOn: DATES.acceptedLateUntilOn }
	});
	expect(await agreeToCloseYear(await buildOfficial(database, 'mofcom', null, 'handler'), 2024)).toMatchObject({
		ok: false,
		refusal: { code: 'not_your_duty' }
	});
	expect(await agreeToCloseYear(mofcom, 2024)).toEqual({ ok: true, closed: false, became: { received: 0, not_delivered: 0, not_filed: 0 } });
	expect(await agreeToCloseYear(mofcom, 2024)).toMatchObject({ ok: false, refusal: { code: 'already_done' } });
	expect((await ministryHome(miit)).closingAsked).toMatchObject([{ year: 2024, ministry: 'mofcom' }]);
	expect((await states())[never.reportId]).toBe('not_started');

	// The first agreement can be taken back while the second is missing; the other's cannot.
	expect(await withdrawClosingAgreement(miit, 2024)).toMatchObject({ ok: false, refusal: { code: 'nothing_to_undo' } });
	expect(await withdrawClosingAgreement(mofcom, 2024)).toMatchObject({ ok: true });
	expect(await agreeToCloseYear(miit, 2024)).toEqual({ ok: true, closed: false, became: { received: 0, not_delivered: 0, not_filed: 0 } });
	expect(await agreeToCloseYear(mofcom, 2024)).toEqual({ ok: true, closed: true, became: { received: 0, not_delivered: 0, not_filed: 2 } });
	expect(await states()).toEqual({ [never.reportId]: 'not_filed, closed', [begun]: 'not_filed, closed', [excused.reportId]: 'excused, closed' });
	expect(await withdrawClosingAgreement(mofcom, 2024)).toMatchObject({ ok: false, refusal: { code: 'year_closed' } });

	// Closed for the channel too: no date, and the page says so.
	const commerce = await buildOfficial(database, 'commerce', '430000');
	expect((await channelHome(commerce, 2024)).year?.closedAt).toBeInstanceOf(Date);
	expect(await setChannelDate(commerce, 2024, { dueOn: '2024-11-10', rowVersion: 0 })).toMatchObject({ ok: false, refusal: { code: 'year_closed' } });
	const entries = await database.adminSql<
		{ act: string }[]
	>`select act from journal where object_kind = 'reporting_year' and object_id = '2024' order by at, seq`;
	expect(entries.map(({ act }) => act)).toEqual(['agree-to-close-year', 'withdraw-closing-agreement', 'agree-to-close-year', 'agree-to-close-year']);
});
