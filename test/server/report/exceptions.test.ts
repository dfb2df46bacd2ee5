import { beforeAll, describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { Actor } from '#lib/server/actor.ts';
import { agreeToCloseYear } from '#lib/server/acts/report/agree-to-close-year.ts';
import { askExtension, withdrawExtensionRequest } from '#lib/server/acts/report/ask-extension.ts';
import { decideExcuse } from '#lib/server/acts/report/decide-excuse.ts';
import { decideExtensions } from '#lib/server/acts/report/decide-extensions.ts';
import { excuseAnnualReport, liftExcuse } from '#lib/server/acts/report/excuse-annual-report.ts';
import { remarkOnExtension } from '#lib/server/acts/report/remark-on-extension.ts';
import { reopenAnnualReport } from '#lib/server/acts/report/reopen-annual-report.ts';
import { extensionRequests } from '#lib/server/reads/office/extension-requests.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
import { ministryYearsPage } from '#lib/server/reads/ministry/ministry-years.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { reportExceptions } from '#lib/server/reads/office/report-exceptions.ts';
import { loadToRemind } from '#lib/server/store/chase/reminded-report.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase, openOffice, seatPerson } from '../../support/people.ts';
import { buildOfficial, buildReport, fillDraft, openYear, type SceneReport } from '../../support/scene.ts';

/**
 * 非方案规定 (domain.md 2): extension, inability to file, the close of a year and reopening, as acts on a real database. The year's dates lie around the real
 * present.
 */
const WISH = { untilOn: '2099-12-10', reasonCode: 'audit_unfinished', reason: '审计报告12月5日出具。' };
const GRANT = { verdict: 'granted', reason: '' } as const;
const REFUSE = { verdict: 'refused', reason: '理由不充分' } as const;

let database: TestDatabase;
let mofcom: Actor;
let miit: Actor;
let commerce: Actor;
let industry: Actor;
let stranger: Actor;
beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2099-11-15',
		ministryDueOn: '2099-11-30',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2100-03-31'
	});
	await openYear(database, 2022);
	mofcom = await buildOfficial(database, 'mofcom');
	miit = await buildOfficial(database, 'miit');
	industry = await buildOfficial(database, 'industry', '320000');
	stranger = await buildOfficial(database, 'commerce', '440000');
	commerce = await seatPerson(database, await openOffice(database, 'commerce', { channelId: '320000' }), 'commerce-320000');
});

const now = () => new Date();
const firm = () => buildReport(database, { channelId: '320000' });
const refusalOf = (done: { ok: boolean; refusal?: { code: string } }) => (done.ok ? null : done.refusal?.code);
const extensionOn = async ({ reportId }: SceneReport) =>
	(await database.adminSql<{ extension_on: string | null }[]>`select extension_on::text from annual_report where id = ${reportId}`)[0]?.extension_on;
const stateOf = async ({ reportId }: SceneReport) =>
	(await database.adminSql<{ state: string }[]>`select state from annual_report where id = ${reportId}`)[0]?.state;
const journalled = async (objectId: string) =>
	(await database.adminSql<{ act: string }[]>`select act from journal where object_id = ${objectId} order by at, org_id, seq`).map(({ act }) => act);
async function asked(report: SceneReport): Promise<string> {
	const done = await askExtension(report.filer, report.reportId, WISH);
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	return done.requestId;
}

describe('an extension', () => {
	test('asked, remarked on by each department in its own box, granted by two people: the new date is there, both sides are told', async () => {
		const report = await firm();
		const [person] = await database.adminSql<
			{ id: string }[]
		>`insert into person (id, name, email) values (${`of-${report.enterpriseId}`}, '王填报', ${`filer-${report.enterpriseId}@example.com`}) returning id`;
		await database.adminSql`insert into membership (person_id, org_id, duty) values (${String(person?.id)}, ${report.filer.orgId}, 'handler')`;
		const requestId = await asked(report);
		expect(await remarkOnExtension(commerce, requestId, '情况属实。')).toEqual({ ok: true });
		expect(await remarkOnExtension(industry, requestId, '同意。')).toEqual({ ok: true });
		expect(await remarkOnExtension(commerce, requestId, '情况属实,建议同意。')).toEqual({ ok: true });
		expect(await decideExtensions(mofcom, [requestId], GRANT)).toEqual({ ok: true, decided: [requestId], settled: [], refused: [] });
		expect(await extensionOn(report)).toBeNull();
		expect(await decideExtensions(miit, [requestId], GRANT)).toEqual({ ok: true, decided: [requestId], settled: [requestId], refused: [] });
		expect(await extensionOn(report)).toBe('2099-12-10');
		const seen = await reportExceptions(report.filer, report.reportId, now());
		expect(seen?.requests[0]).toMatchObject({
			state: 'granted',
			remarks: [{ department: 'commerce', remark: '情况属实,建议同意。' }, { department: 'industry' }],
			decisions: [{ ministry: 'mofcom' }, { ministry: 'miit' }]
		});
		expect(seen).toMatchObject({ dueOn: '2099-12-10', ownDueOn: '2099-12-10' });
		expect(await journalled(requestId)).toEqual([
			'ask-extension',
			'remark-on-extension',
			'remark-on-extension',
			'remark-on-extension',
			'decide-extensions',
			'decide-extensions'
		]);
		const events = await database.adminSql<{ act: string }[]>`select act from report_event where report_id = ${report.reportId} order by id`;
		expect(events.map(({ act }) => act)).toEqual(['ask-extension', 'grant-extension', 'grant-extension']);
		const mails = await database.adminSql<
			{ to_address: string; template: string; subject: string; text_body: string }[]
		>`select to_address, template, subject, text_body from mail where template like 'extension-%' order by to_address`;
		expect(mails.map(({ to_address, template }) => [to_address, template])).toEqual([
			['commerce-320000@example.cn', 'extension-granted'],
			[`filer-${report.enterpriseId}@example.com`, 'extension-granted']
		]);
		expect(mails[0]?.text_body).toContain('2099年12月10日');
		expect(mails[0]?.subject).not.toContain('示例企业');
	});

	test('one refusal decides; the other ministry is told that it is over', async () => {
		const report = await firm();
		const requestId = await asked(report);
		expect(await decideExtensions(mofcom, [requestId], { verdict: 'refused', reason: '' })).toMatchObject({
			refused: [{ refusal: { code: 'invalid_input' } }]
		});
		expect(await decideExtensions(mofcom, [requestId], REFUSE)).toMatchObject({ settled: [requestId] });
		expect(await decideExtensions(miit, [requestId], GRANT)).toMatchObject({ decided: [], refused: [{ refusal: { code: 'already_done' } }] });
		expect(await extensionOn(report)).toBeNull();
		// A refused request makes room for another one.
		expect((await askExtension(report.filer, report.reportId, WISH)).ok).toBe(true);
	});

	test('one person with a seat in both ministries does not count twice', async () => {
		const requestId = await asked(await firm());
		await decideExtensions(mofcom, [requestId], GRANT);
		expect(await decideExtensions({ ...miit, personId: mofcom.personId }, [requestId], GRANT)).toMatchObject({
			decided: [],
			refused: [{ refusal: { code: 'same_person' } }]
		});
	});

	test('both ministries at the same moment: granted once, in one order or the other', async () => {
		const report = await firm();
		const requestId = await asked(report);
		const [one, two] = await Promise.all([decideExtensions(mofcom, [requestId], GRANT), decideExtensions(miit, [requestId], GRANT)]);
		const settled = [one, two].flatMap((done) => (done.ok ? done.settled : []));
		expect(settled).toEqual([requestId]);
		expect(await extensionOn(report)).toBe('2099-12-10');
	});

	test('taken back at the moment it is granted: either it was withdrawn and gives nothing, or it was granted and stays', async () => {
		for (let round = 0; round < 6; round += 1) {
			const report = await firm();
			const requestId = await asked(report);
			await decideExtensions(mofcom, [requestId], GRANT);
			const [granted, withdrawn] = await Promise.all([decideExtensions(miit, [requestId], GRANT), withdrawExtensionRequest(report.filer, report.reportId)]);
			const given = granted.ok && granted.settled.length === 1;
			expect(given).toBe(!withdrawn.ok);
			expect(await extensionOn(report)).toBe(given ? '2099-12-10' : null);
		}
	});

	test('five clicks make one request', async () => {
		const report = await firm();
		const done = await Promise.all(Array.from({ length: 5 }, () => askExtension(report.filer, report.reportId, WISH)));
		expect(done.filter(({ ok }) => ok)).toHaveLength(1);
		expect(done.filter(({ ok }) => !ok).map(refusalOf)).toEqual(Array(4).fill('already_done'));
	});

	test('several at once: one that cannot be decided holds up no other', async () => {
		const [first, second] = [await firm(), await firm()];
		const ids = [await asked(first), await asked(second)];
		await withdrawExtensionRequest(second.filer, second.reportId);
		expect(await decideExtensions(mofcom, [...ids, '999999'], GRANT)).toEqual({
			ok: true,
			decided: [ids[0]],
			settled: [],
			refused: [
				{ requestId: ids[1], refusal: { code: 'already_done' } },
				{ requestId: '999999', refusal: { code: 'not_found' } }
			]
		});
	});

	test('strangers find nothing, and nobody does what is another’s to do', async () => {
		const report = await firm();
		const other = await firm();
		const requestId = await asked(report);
		expect(refusalOf(await askExtension(other.filer, report.reportId, WISH))).toBe('not_found');
		expect(refusalOf(await withdrawExtensionRequest(other.filer, report.reportId))).toBe('not_found');
		expect(refusalOf(await remarkOnExtension(stranger, requestId, 'x'))).toBe('not_found');
		expect(refusalOf(await remarkOnExtension(mofcom, requestId, 'x'))).toBe('not_found');
		expect(refusalOf(await decideExtensions(commerce, [requestId], GRANT))).toBe('not_found');
		expect(refusalOf(await decideExtensions({ ...mofcom, duty: 'handler' }, [requestId], GRANT))).toBe('not_your_duty');
		expect(refusalOf(await askExtension({ ...report.filer, duty: 'reader' }, report.reportId, WISH))).toBe('not_your_duty');
		expect(await reportExceptions(stranger, report.reportId, now())).toBeUndefined();
		expect((await extensionRequests(stranger, { year: 2026, list: 'all', after: null }, now())).rows).toEqual([]);
		expect((await extensionRequests(commerce, { year: 2026, list: 'all', after: null }, now())).rows.map(({ id }) => id)).toContain(requestId);
		expect((await extensionRequests(other.filer, { year: 2026, list: 'all', after: null }, now())).rows).toEqual([]);
		const seen = JSON.stringify(await extensionRequests(commerce, { year: 2026, list: 'all', after: null }, now()));
		expect(seen).not.toContain(mofcom.personId);
	});
});

describe('inability to file', () => {
	const given = { reasonCode: 'merged', remark: '已被吸收合并。' };
	const CONFIRM = { verdict: 'confirmed', reason: '' } as const;
	const pendingOf = async ({ reportId }: SceneReport) =>
		(await database.adminSql<{ excuse_pending: boolean; court: string }[]>`select excuse_pending, court from annual_report where id = ${reportId}`)[0];

	test('is asked for by the enterprise or by its channel: state and court stay, and either or a ministry takes it back', async () => {
		const report = await firm();
		await fillDraft(database, report);
		expect(await excuseAnnualReport(commerce, report.reportId, given)).toEqual({ ok: true });
		expect(await stateOf(report)).toBe('draft');
		expect(await pendingOf(report)).toEqual({ excuse_pending: true, court: 'enterprise' });
		expect((await reportExceptions(report.filer, report.reportId, now()))?.excuse).toMatchObject({
			declaredBy: 'commerce',
			reasonCode: 'merged',
			verdict: null
		});
		expect(refusalOf(await excuseAnnualReport(industry, report.reportId, given))).toBe('already_done');
		expect(await liftExcuse(mofcom, report.reportId)).toEqual({ ok: true });
		expect(await stateOf(report)).toBe('draft');
		expect(await excuseAnnualReport(report.filer, report.reportId, given)).toEqual({ ok: true });
		expect(await liftExcuse(report.filer, report.reportId)).toEqual({ ok: true });
		expect(await pendingOf(report)).toEqual({ excuse_pending: false, court: 'enterprise' });
		expect(await journalled(report.reportId)).toEqual(expect.arrayContaining(['excuse-annual-report', 'lift-excuse']));
	});

	test('one ministry confirms it, then it is counted apart; both sides are told; and it can still be taken back', async () => {
		const report = await firm();
		await fillDraft(database, report);
		await excuseAnnualReport(report.filer, report.reportId, given);
		expect(refusalOf(await decideExcuse(report.filer, report.reportId, CONFIRM))).toBe('not_your_duty');
		expect(refusalOf(await decideExcuse(commerce, report.reportId, CONFIRM))).toBe('not_your_duty');
		expect(refusalOf(await decideExcuse(stranger, report.reportId, CONFIRM))).toBe('not_your_duty');
		expect(refusalOf(await decideExcuse({ ...mofcom, duty: 'handler' }, report.reportId, CONFIRM))).toBe('not_your_duty');
		expect(await decideExcuse(mofcom, report.reportId, CONFIRM)).toEqual({ ok: true });
		expect(refusalOf(await decideExcuse(miit, report.reportId, CONFIRM))).toBe('already_done');
		expect(await stateOf(report)).toBe('excused');
		expect(await pendingOf(report)).toEqual({ excuse_pending: false, court: 'nobody' });
		expect((await reportExceptions(report.filer, report.reportId, now()))?.excuse).toMatchObject({ verdict: 'confirmed', decidedBy: 'mofcom' });
		const told = await database.adminSql<{ to_address: string }[]>`select to_address from mail where template = 'excuse-confirmed'`;
		expect(told.map(({ to_address }) => to_address)).toEqual(['commerce-320000@example.cn']);
		expect(await liftExcuse(report.filer, report.reportId)).toEqual({ ok: true });
		expect(await stateOf(report)).toBe('draft');
	});

	test('a refusal says why, and may be followed by another request; whoever submits has taken the request back', async () => {
		const report = await firm();
		await excuseAnnualReport(report.filer, report.reportId, given);
		expect(refusalOf(await decideExcuse(miit, report.reportId, { verdict: 'refused', reason: ' ' }))).toBe('invalid_input');
		expect(await decideExcuse(miit, report.reportId, { verdict: 'refused', reason: '登记仍为存续。' })).toEqual({ ok: true });
		expect(await stateOf(report)).toBe('not_started');
		expect((await reportExceptions(report.filer, report.reportId, now()))?.excuse).toMatchObject({ verdict: 'refused', decisionReason: '登记仍为存续。' });
		expect(await excuseAnnualReport(report.filer, report.reportId, given)).toEqual({ ok: true });
		expect((await reportExceptions(report.filer, report.reportId, now()))?.excuse).toMatchObject({ verdict: null });
		const { adminSql: sql } = database;
		const [one] = await sql<{ n: number }[]>`
			select count(*)::int as n from report_excuse where report_id = ${report.reportId} and lifted_at is null and verdict is distinct from 'refused'`;
		expect(one?.n).toBe(1);
		await expect(sql`update annual_report set state = 'excused' where id = ${report.reportId}`).rejects.toThrow('annual_report_excuse_pending_unfiled');
	});

	test('pauses the letters to the enterprise, and is a to-do of both ministries until one has decided', async () => {
		const report = await firm();
		const waiting = async (actor: Actor) => (await ministryHome(actor)).excusesWaiting.find(({ year }) => year === 2026)?.count ?? 0;
		const before = await waiting(mofcom);
		await excuseAnnualReport(report.filer, report.reportId, given);
		expect([await waiting(mofcom), await waiting(miit)]).toEqual([before + 1, before + 1]);
		const [toRemind] = await asSystem('test', (db) => loadToRemind(db, [report.reportId], { production: false }));
		expect(toRemind?.reminded.excusePending).toBe(true);
		await decideExcuse(miit, report.reportId, CONFIRM);
		expect(await waiting(mofcom)).toBe(before);
	});

	test('wants a reason by code and in words, an approver, and one’s own report', async () => {
		const report = await firm();
		expect(refusalOf(await excuseAnnualReport(report.filer, report.reportId, { reasonCode: 'lazy', remark: 'x' }))).toBe('reason_required');
		expect(refusalOf(await excuseAnnualReport(report.filer, report.reportId, { reasonCode: 'closed', remark: ' ' }))).toBe('invalid_input');
		expect(refusalOf(await excuseAnnualReport({ ...report.filer, duty: 'handler' }, report.reportId, { reasonCode: 'closed', remark: 'x' }))).toBe(
			'not_your_duty'
		);
		expect(refusalOf(await excuseAnnualReport(stranger, report.reportId, { reasonCode: 'closed', remark: 'x' }))).toBe('not_found');
		expect(refusalOf(await excuseAnnualReport(mofcom, report.reportId, { reasonCode: 'closed', remark: 'x' }))).toBe('not_your_duty');
	});
});

describe('closing a year and reopening one report', () => {
	test('what is open is said beforehand; it holds up the close; after it the report is not filed, and a ministry may reopen it for one', async () => {
		const report = await buildReport(database, { channelId: '320000', year: 2022, cohortYear: 2021 });
		const beside = await buildReport(database, { channelId: '320000', year: 2022, cohortYear: 2021 });
		await database.adminSql`
			insert into extension_request (report_id, until_on, reason_code, reason, person_id, person_name)
				values (${report.reportId}, '2022-12-20', 'other', '示例', 'p', 'p')`;
		const before = (await ministryYearsPage(mofcom, day('2026-11-30'))).years.find(({ year }) => year === 2022);
		expect(before).toMatchObject({ unfiled: 2, undelivered: 0, openRequests: 1, excused: 0, extended: 0 });
		expect(refusalOf(await reopenAnnualReport(mofcom, report.reportId, '受灾'))).toBe('wrong_state');
		// What waits for the ministries holds up the close: they answer it first.
		expect(await agreeToCloseYear(mofcom, 2022)).toMatchObject({ refusal: { code: 'closing_waits', excuses: 0, extensions: 1 } });
		const [waiting] = await database.adminSql<{ id: string }[]>`select id::text from extension_request where report_id = ${report.reportId}`;
		await decideExtensions(mofcom, [String(waiting?.id)], REFUSE);
		await database.adminSql`update annual_report set excuse_pending = true where id = ${beside.reportId}`;
		expect(await agreeToCloseYear(mofcom, 2022)).toMatchObject({ refusal: { code: 'closing_waits', excuses: 1, extensions: 0 } });
		await decideExcuse(miit, beside.reportId, { verdict: 'refused', reason: '登记仍为存续。' });
		await agreeToCloseYear(mofcom, 2022);
		expect(await agreeToCloseYear(miit, 2022)).toEqual({ ok: true, closed: true, became: { received: 0, not_delivered: 0, not_filed: 2 } });
		expect((await reportExceptions(mofcom, report.reportId, now()))?.requests[0]?.state).toBe('refused');
		expect(refusalOf(await reopenAnnualReport(commerce, report.reportId, '受灾'))).toBe('not_found');
		expect(refusalOf(await reopenAnnualReport(mofcom, report.reportId, ' '))).toBe('reason_required');
		expect(await reopenAnnualReport(mofcom, report.reportId, '企业受灾，准予补报。')).toEqual({ ok: true });
		expect(refusalOf(await reopenAnnualReport(miit, report.reportId, '再开一次'))).toMatch(/already_done|wrong_state/);
		expect([await stateOf(report), await stateOf(beside)]).toEqual(['not_started', 'not_filed']);
		expect((await reportExceptions(miit, report.reportId, now()))?.reopenings).toMatchObject([{ ministry: 'mofcom', reason: '企业受灾，准予补报。' }]);
	});
});
