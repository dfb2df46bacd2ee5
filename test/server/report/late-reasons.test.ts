/** Reasons for lateness of whoever's days they were (方案第十一条; domain.md 2): asked in the acts, kept for good, read by whom they reached. */
import { beforeAll, expect, test } from 'vitest';
import { dayInBeijing } from '#lib/domain/day.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { giveOpinion, withdrawOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { returnAnnualReport } from '#lib/server/acts/report/return-annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { channelChase } from '#lib/server/reads/channel/channel-chase.ts';
import { channelForwardings } from '#lib/server/reads/channel/channel-forwardings.ts';
import { channelReport } from '#lib/server/reads/channel/channel-report.ts';
import { ministryReport } from '#lib/server/reads/ministry/ministry-report.ts';
import { journalDifferences } from '#lib/words/journal-differences.ts';
import { listQueryOf } from '../../../src/routes/channel/chase/list-query.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { answersFor, buildGroup, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

const today = dayInBeijing(new Date());
const [CHECKING, COLLECTED] = [
	{ code: 'checking_figures', text: '核对审计报告。' },
	{ code: 'collected_to_forward', text: '等待集中转报。' }
];
const CHANGED = answersFor('manufacturing', { 'employees@forecast': '1300' });
let database: TestDatabase;
let commerce: Actor;
let industry: Actor;
let mofcom: Actor;

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2026-02-05',
		ministryDueOn: '2026-02-10',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2099-12-31'
	});
	commerce = await buildOfficial(database, 'commerce', '320000');
	industry = await buildOfficial(database, 'industry', '320000');
	mofcom = await buildOfficial(database, 'mofcom');
});

/** The last steps of a report as if they had been taken then. */
async function backdated({ reportId }: SceneReport, at: string, steps = 1): Promise<void> {
	const { adminSql: sql } = database;
	await sql`alter table report_event disable trigger user`;
	await sql`update report_event set at = ${at} where id in (select id from report_event where report_id = ${reportId} order by id desc limit ${steps})`;
	await sql`alter table report_event enable trigger user`;
}
/** Submitted in time: every late day since is an office's. */
async function inTime(channelId = '320000'): Promise<SceneReport> {
	const report = await buildReport(database, { channelId });
	await submitReport(database, report);
	await backdated(report, '2026-02-09T02:00:00Z');
	return report;
}
const sign = (by: Actor, { reportId }: SceneReport, late = { code: '', text: '' }, version = 1) =>
	giveOpinion(by, reportId, { version, remark: '同意报送。', late });
const letter = (...reports: SceneReport[]) => ({
	reports: reports.map(({ reportId }) => ({ id: reportId, version: 1 })),
	letterNo: '示例函〔2026〕1号',
	letterOn: today,
	remark: ''
});
const kept = ({ reportId }: SceneReport) =>
	database.adminSql<{ owner: string; reason_code: string; from_on: string; until_on: string; org_kind: string }[]>`
		select owner, reason_code, from_on::text, until_on::text, org_kind from late_reason where report_id = ${reportId} order by id`;
const seenBy = (actor: Actor, { reportId }: SceneReport) =>
	asActor(actor, async ({ sql }) => {
		const rows = await sql<{ owner: string }[]>`select l.owner from late_reasons_of(${reportId}::bigint) l order by l.owner`;
		return rows.map(({ owner }) => owner);
	});

test('a department is asked as it signs, once for each span; the other of both departments for itself', async () => {
	const report = await inTime();
	const asked = async (actor: Actor) => (await channelReport(actor, report.reportId, null, new Date()))?.lateSpan;
	expect(await asked(commerce)).toMatchObject({ fromOn: '2026-02-11', untilOn: today });
	expect(await sign(commerce, report, CHECKING)).toMatchObject({ ok: true });
	expect(await kept(report)).toEqual([{ owner: 'commerce', reason_code: 'checking_figures', from_on: '2026-02-11', until_on: today, org_kind: 'commerce' }]);
	expect(await asked(commerce)).toBeNull();
	expect(await asked(industry)).toMatchObject({ fromOn: '2026-02-11' });
	// Taken back and signed again on the same day: nothing new is asked, what was said stays.
	expect(await withdrawOpinion(commerce, report.reportId, 1)).toEqual({ ok: true });
	expect(await sign(commerce, report, { code: 'technical', text: '另一个说法。' })).toMatchObject({ ok: true });
	expect(await kept(report)).toHaveLength(1);
	await expect(database.adminSql`update late_reason set reason = 'x' where report_id = ${report.reportId}`).rejects.toThrow('what was recorded stays');
	await expect(
		database.adminSql`insert into late_reason (report_id, owner, version_no, from_on, until_on, reason_code, reason, org_kind, person_id, person_name, given_at)
			select report_id, owner, version_no, from_on, until_on, reason_code, reason, org_kind, person_id, person_name, given_at from late_reason
			where report_id = ${report.reportId}`
	).rejects.toThrow('late_reason_once');
});

test('half a reason is refused at its place and nothing is signed; none at all holds nothing up', async () => {
	const report = await inTime();
	expect(await sign(industry, report, { code: 'other', text: ' ' })).toMatchObject({ refusal: { code: 'invalid_input', fields: { lateReason: 'missing' } } });
	expect(await sign(industry, report, { code: '', text: '有原因。' })).toMatchObject({ refusal: { code: 'reason_required' } });
	expect(await database.adminSql`select from opinion where report_id = ${report.reportId}`).toHaveLength(0);
	expect(await sign(industry, report)).toMatchObject({ ok: true });
	expect(await kept(report)).toEqual([]);
});

test('a department whose days none were is asked nothing, whatever is sent', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	await submitReport(database, report);
	expect(await sign(commerce, report, CHECKING)).toMatchObject({ ok: true });
	expect(await kept(report)).toEqual([]);
});

test('a channel is asked once for all it forwards, and the reason is kept with those that lay with it; a second forwarding asks no more', async () => {
	const [slow, other, quick] = [await inTime(), await inTime(), await inTime()];
	for (const report of [slow, other]) {
		await signReport(database, report.reportId, [commerce, industry]);
		await backdated(report, '2026-02-12T02:00:00Z', 2);
	}
	await signReport(database, quick.reportId, [commerce, industry]);
	const { candidates } = await channelForwardings(commerce, 2026, new Date());
	const spanOf = ({ reportId }: SceneReport) => candidates.find(({ id }) => id === reportId)?.lateSpan;
	expect([spanOf(slow)?.fromOn, spanOf(other)?.fromOn, spanOf(quick)]).toEqual(['2026-02-13', '2026-02-13', null]);
	expect(await forwardAnnualReports(commerce, { ...letter(slow, other, quick), late: { code: 'technical', text: '' } })).toMatchObject({
		refusal: { code: 'invalid_input', fields: { lateReason: 'missing' } }
	});
	const before = await Promise.all([slow, other, quick].map((report) => seenBy(mofcom, report)));
	expect(before).toEqual([[], [], []]);
	expect(await forwardAnnualReports(commerce, { ...letter(slow, other, quick), late: COLLECTED })).toMatchObject({ ok: true, count: 3 });
	for (const report of [slow, other])
		expect(await kept(report)).toEqual([
			{ owner: 'channel', reason_code: 'collected_to_forward', from_on: '2026-02-13', until_on: today, org_kind: 'commerce' }
		]);
	expect(await kept(quick)).toEqual([]);
	const [entry] = await database.adminSql<{ after: string }[]>`
		select after::text from journal where act = 'forward-annual-reports' and object_id = ${slow.reportId}`;
	const said = journalDifferences(null, entry?.after ?? null).map(({ after }) => after);
	expect(said.join('\n')).toMatch(/等待集中转报/);
	expect(said.join('\n')).not.toMatch(/fromOn|untilOn|collected_to_forward|reasonCode/);
	// Returned by a ministry and forwarded again: judged by the first forwarding, so nothing more is asked.
	await returnAnnualReport(mofcom, slow.reportId, { version: 1, reasonCode: 'other', remark: 'x', correctByOn: today, comments: [] });
	await submitReport(database, slow, CHANGED);
	expect((await channelReport(commerce, slow.reportId, null, new Date()))?.lateSpan).toBeNull();
});

test('the ministries read what was forwarded to them; the enterprise, its channel and no other channel read what the channel keeps', async () => {
	const report = await inTime();
	await sign(commerce, report, CHECKING);
	const stranger = await buildOfficial(database, 'commerce', '440000');
	// Nobody of the enterprise had to say why: it was in time.
	expect(await seenBy(report.filer, report)).toContain('commerce');
	expect(await seenBy(industry, report)).toContain('commerce');
	expect(await seenBy(stranger, report)).toEqual([]);
	expect(await seenBy(mofcom, report)).toEqual([]);
	expect((await ministryReport(mofcom, report.reportId, null, new Date()))?.records.lateReasons).toEqual([]);
	await sign(industry, report);
	await forwardAnnualReports(commerce, letter(report));
	const records = (await ministryReport(mofcom, report.reportId, null, new Date()))?.records;
	expect(records?.lateReasons.filter(({ owner }) => owner !== 'enterprise')).toMatchObject([{ owner: 'commerce', reason: CHECKING.text }]);
});

test('what an enterprise said of its late days goes on to the version that is forwarded', async () => {
	const report = await buildReport(database, { channelId: '320000' });
	await submitReport(database, report);
	const correction = { version: 1, reasonCode: 'figure_wrong', remark: '请核对', correctByOn: today, comments: [] };
	expect(await returnAnnualReport(commerce, report.reportId, correction)).toMatchObject({ ok: true });
	await submitReport(database, report, CHANGED);
	const versions = await database.adminSql<{ no: number; late_reason: string | null }[]>`
		select no, late_reason from annual_report_version where report_id = ${report.reportId} order by no`;
	expect(versions).toEqual([
		{ no: 1, late_reason: '示例原因' },
		{ no: 2, late_reason: '示例原因' }
	]);
	await signReport(database, report.reportId, [commerce, industry]);
	await forwardAnnualReports(commerce, { ...letter(report), reports: [{ id: report.reportId, version: 2 }] });
	const found = await ministryReport(mofcom, report.reportId, null, new Date());
	expect(found?.records.lateReasons).toMatchObject([{ owner: 'enterprise', reason: '示例原因' }]);
	// Its own channel sees two versions and one reason.
	expect((await channelReport(commerce, report.reportId, null, new Date()))?.records.lateReasons).toHaveLength(1);
});

test('a group’s office answers for its opinion and for its forwarding apart; the board says whose days they are and what was said', async () => {
	const group = await buildGroup(database, 'g91');
	const office = await buildOfficial(database, 'group', group);
	const report = await inTime(group);
	expect(await sign(office, report, CHECKING)).toMatchObject({ ok: true });
	await backdated(report, '2026-02-13T02:00:00Z');
	const board = async () => {
		const { query } = listQueryOf(new URLSearchParams(`year=2026&open=${report.reportId}`));
		return (await channelChase(office, query, new Date())).open?.row.late;
	};
	expect(await board()).toMatchObject({ daysByOwner: { group: 3 }, reasons: [{ owner: 'enterprise' }, { owner: 'group', reasonCode: 'checking_figures' }] });
	expect(await forwardAnnualReports(office, { ...letter(report), late: COLLECTED })).toMatchObject({ ok: true });
	expect((await kept(report)).map(({ owner, org_kind: by }) => [owner, by])).toEqual([
		['group', 'group'],
		['channel', 'group']
	]);
});
