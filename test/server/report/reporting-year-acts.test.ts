/** A reporting year is opened by one ministry for both, and closed by both, each for itself (会同). */
import { beforeAll, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { agreeToCloseYear, withdrawClosingAgreement } from '#lib/server/acts/report/agree-to-close-year.ts';
import { openReportingYear } from '#lib/server/acts/report/open-reporting-year.ts';
import { setChannelDate } from '#lib/server/acts/report/set-channel-date.ts';
import type { Actor } from '#lib/server/actor.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
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

	expect(await openReportingYear(mofcom, 2031, { ...DATES, channelDueOn: '2031-12-02', ...VERSIONS })).toMatchObject({
		ok: false,
		refusal: { code: 'dates_refused', dates: [{ field: 'ministryDueOn', code: 'date_order' }] }
	});
	expect(await openReportingYear(mofcom, 2031, { ...DATES, ...VERSIONS, formVersion: '1999-1' })).toMatchObject({
		ok: false,
		refusal: { code: 'invalid_input', fields: { formVersion: 'unknown' } }
	});
	expect(await openReportingYear(mofcom, 2031, { ...DATES, ...VERSIONS, policyVersion: '1999-1' })).toMatchObject({
		ok: false,
		refusal: { code: 'invalid_input', fields: { policyVersion: 'unknown' } }
	});
	expect(await openReportingYear(await buildOfficial(database, 'miit', null, 'handler'), 2031, { ...DATES, ...VERSIONS })).toMatchObject({
		ok: false,
		refusal: { code: 'not_your_duty' }
	});
	expect(await openReportingYear(await buildOfficial(database, 'commerce', '430000'), 2031, { ...DATES, ...VERSIONS })).toMatchObject({
		ok: false,
		refusal: { code: 'not_found' }
	});

	expect(await openReportingYear(mofcom, 2031, { ...DATES, ...VERSIONS })).toEqual({ ok: true, owed: 2 });
	expect(await openReportingYear(miit, 2031, { ...DATES, ...VERSIONS })).toMatchObject({ ok: false, refusal: { code: 'year_exists', year: 2031 } });
	const [year] = (await ministryYearsPage(miit, day('2026-11-30'))).years;
	expect(year).toMatchObject({ year: 2031, ...DATES, ...VERSIONS, owed: 2, closedAt: null, agreements: [] });
	const reports = await database.adminSql`select state, channel_id from annual_report where year = 2031 and designation_id = ${owing.designationId}`;
	expect(reports).toEqual([{ state: 'not_started', channel_id: '430000' }]);
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
