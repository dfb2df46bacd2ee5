/** Whose page it is: what was typed on the page of one person or office is never written as another's. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '#lib/domain/refusal.ts';
import { planCohortImport } from '#lib/server/acts/register/plan-cohort-import.ts';
import { recordEnterpriseEvent } from '#lib/server/acts/register/record-enterprise-event.ts';
import { logContact } from '#lib/server/acts/chase/log-contact.ts';
import { invitePerson } from '#lib/server/acts/people/invite-person.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { giveOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { openReportingYear } from '#lib/server/acts/report/open-reporting-year.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { PageMark } from '#lib/server/page-mark.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase, openOffice, seatPerson } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear, submitReport, type SceneReport } from '../../support/scene.ts';

let database: TestDatabase;
let draft: SceneReport;
let submitted: SceneReport;
const seats = new Map<string, Actor>();
const seat = (name: string): Actor => seats.get(name) as Actor;

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026, { opensOn: '2026-01-01' });
	draft = await buildReport(database, { channelId: '320000' });
	submitted = await buildReport(database, { channelId: '320000' });
	await submitReport(database, submitted);
	seats.set('filer', draft.filer);
	seats.set('commerce', await seatPerson(database, await openOffice(database, 'commerce', { channelId: '320000' }), 'page.commerce'));
	seats.set('mofcom', await buildOfficial(database, 'mofcom'));
});

/** What any write leaves behind somewhere. */
async function written(): Promise<unknown> {
	const [row] = await database.adminSql`
		select (select count(*)::int from journal) as entries, (select count(*)::int from report_event) as steps, (select sum(row_version)::int from annual_report)
			as reports,
			(select count(*)::int from draft_answer) as answers, (select count(*)::int from opinion) as opinions, (select count(*)::int from contact_log) as calls,
			(select count(*)::int from invitation) as invitations, (select count(*)::int from enterprise_event) as events, (select count(*)::int from mail) as mails,
			(select count(*)::int from cohort_import) as lists, (select count(*)::int from reporting_year) as years`;
	return row;
}

type Write = readonly [name: string, who: string, act: (actor: Actor) => Promise<Decision<object>>];
const CALL = { means: 'phone', outcome: 'no_answer', spokeTo: '', promisedOn: '', remark: '' } as const;
const YEAR = {
	opensOn: '2031-10-08',
	channelDueOn: '2031-11-15',
	ministryDueOn: '2031-11-30',
	acceptedLateUntilOn: '2031-12-31',
	correctionsUntilOn: '2032-03-31',
	formVersion: '2026-1',
	policyVersion: '2026-1'
};
const WRITES: readonly Write[] = [
	['an answer', 'filer', (actor) => saveAnswers(actor, draft.reportId, [{ key: 'address', typed: '某路 1 号', baseVersion: 0 }])],
	['an opinion', 'commerce', (actor) => giveOpinion(actor, submitted.reportId, { version: 1, remark: '同意' })],
	['a call', 'commerce', (actor) => logContact(actor, draft.reportId, CALL)],
	['an invitation', 'commerce', (actor) => invitePerson(actor, { orgId: draft.filer.orgId, name: '陈', email: 'chen.page@example.cn', duty: 'handler' })],
	['an opening of a year', 'mofcom', (actor) => openReportingYear(actor, 2031, YEAR)],
	[
		'a new name',
		'mofcom',
		(actor) =>
			recordEnterpriseEvent(actor, draft.enterpriseId, {
				kind: 'renamed',
				effectiveOn: '2026-01-05',
				name: '示例新名称公司',
				channelId: '',
				note: '登记通知书',
				rowVersion: 1
			})
	]
];
/** Refused for other reasons from their own page too; what matters is that the page is asked first. */
const REFUSED: readonly Write[] = [
	[
		'a forwarding',
		'commerce',
		(actor) => forwardAnnualReports(actor, { reports: [{ id: submitted.reportId, version: 1 }], letterNo: '1', letterOn: '2026-11-01', remark: '' })
	],
	['a list that cannot be read', 'mofcom', (actor) => planCohortImport(actor, { name: 'x.xlsx', bytes: Buffer.from('x') })]
];

const pageOf = (actor: Actor, other: Partial<PageMark> = {}): Actor => ({
	...actor,
	page: { personId: actor.personId, orgId: actor.orgId, object: 'a page', ...other }
});

describe.each([...WRITES, ...REFUSED])('%s', (_, who, act) => {
	test('is not written from a page that was made for another office or another person', async () => {
		const before = await written();
		expect(await act(pageOf(seat(who), { orgId: '999' }))).toEqual({ ok: false, refusal: { code: 'other_page', madeFor: 'office' } });
		expect(await act(pageOf(seat(who), { personId: 'somebody else' }))).toEqual({ ok: false, refusal: { code: 'other_page', madeFor: 'person' } });
		expect(await act(pageOf(seat(who), { personId: 'somebody else', orgId: '999' }))).toMatchObject({ refusal: { madeFor: 'person' } });
		expect(await written()).toEqual(before);
	});
});

test.each(WRITES)('%s is written from its own page', async (_, who, act) => {
	const before = await written();
	expect(await act(pageOf(seat(who)))).toMatchObject({ ok: true });
	expect(await written()).not.toEqual(before);
});
