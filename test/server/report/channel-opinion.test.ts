/** 方案第十一条, annex 2: how a channel reads a report, signs it, sends it back and forwards it. */
import { expect, test } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { answerReturnComment } from '#lib/server/acts/report/answer-return-comment.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { giveOpinion, withdrawOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { openAnnualReport } from '#lib/server/acts/report/open-annual-report.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { returnAnnualReport, undoReturn } from '#lib/server/acts/report/return-annual-report.ts';
import { judgeExplanation } from '#lib/server/acts/report/judge-explanation.ts';
import { channelForwarding } from '#lib/server/reads/channel/channel-forwarding.ts';
import { channelForwardings } from '#lib/server/reads/channel/channel-forwardings.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import { channelReport } from '#lib/server/reads/channel/channel-report.ts';
import { channelReports, type ChannelReportsQuery } from '#lib/server/reads/channel/channel-reports.ts';
import { applicationDatabase } from '../../support/people.ts';
import { answersFor, buildGroup, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const ALL: ChannelReportsQuery = {
	year: 2026,
	court: null,
	states: [],
	category: null,
	cohort: null,
	q: '',
	sort: 'name',
	descending: false,
	after: null,
	before: null
};
const unmet = {
	'equipment_networked@final': '290',
	'explain:criterion_unmet/equipment_networked:reason': 'equipment_renewal',
	'explain:criterion_unmet/equipment_networked:text': '本年更新的设备尚未完成联网改造,预计明年完成。'
};
const explainedKey = 'criterion_unmet/equipment_networked';

/** A province with both departments and a year that is open now. */
async function province(channelId: string): Promise<{ database: Awaited<ReturnType<typeof applicationDatabase>>; commerce: Actor; industry: Actor }> {
	const database = await applicationDatabase();
	const thisYear = new Date().getUTCFullYear();
	await openYear(database, 2026, { opensOn: `${Math.min(2026, thisYear)}-01-01`, acceptedLateUntilOn: '2027-12-31', correctionsUntilOn: '2027-12-31' });
	return { database, commerce: await buildOfficial(database, 'commerce', channelId), industry: await buildOfficial(database, 'industry', channelId) };
}

const rowOf = async (actor: Actor, { reportId }: SceneReport) => (await channelReports(actor, ALL)).rows.find((row) => row.id === reportId);

test("both departments see the same report at once, each with the other's opinion beside its own", async () => {
	const { database, commerce, industry } = await province('110000');
	const report = await buildReport(database, { channelId: '110000' });
	await submitReport(database, report);
	expect(await rowOf(commerce, report)).toMatchObject({ court: 'departments', opinions: { commerce: { version: null }, industry: { version: null } } });
	await openAnnualReport(industry, report.reportId);
	await signReport(database, report.reportId, [commerce]);
	for (const actor of [commerce, industry]) {
		expect(await rowOf(actor, report)).toMatchObject({
			court: 'industry',
			version: 1,
			opinions: { commerce: { version: 1 }, industry: { version: null, openedAt: expect.any(Date) } }
		});
	}
	expect((await channelHome(commerce, 2026)).mine.map(({ id }) => id)).not.toContain(report.reportId);
	expect((await channelHome(commerce, 2026)).other).toMatchObject({ department: 'industry', reports: [{ id: report.reportId }] });
	expect((await channelHome(industry, 2026)).mine.map(({ id }) => id)).toContain(report.reportId);
	await signReport(database, report.reportId, [industry]);
	expect(await rowOf(commerce, report)).toMatchObject({ court: 'channel' });
	expect((await channelHome(industry, 2026)).ready.map(({ id }) => id)).toEqual([report.reportId]);
});

test('a group has one opinion and nobody beside it', async () => {
	const database = await applicationDatabase();
	await openYear(database, 2026);
	await buildGroup(database, 'g901');
	const office = await buildOfficial(database, 'group', 'g901');
	const report = await buildReport(database, { channelId: 'g901' });
	await submitReport(database, report);
	expect(await rowOf(office, report)).toMatchObject({ court: 'group' });
	expect((await channelHome(office, 2026)).other).toBeNull();
	await signReport(database, report.reportId, [office]);
	expect((await channelForwardings(office, 2026, new Date())).candidates).toMatchObject([{ id: report.reportId, missing: [] }]);
});

test("opening is recorded once, for those who handle reports; a reader's look changes nothing", async () => {
	const { database, commerce } = await province('120000');
	const report = await buildReport(database, { channelId: '120000' });
	await submitReport(database, report);
	const reader = await buildOfficial(database, 'commerce', '120000', 'reader');
	expect((await channelReport(reader, report.reportId, null, new Date()))?.moves).toEqual([]);
	expect(await openAnnualReport(reader, report.reportId)).toEqual({ ok: true, first: false });
	expect((await channelReport(commerce, report.reportId, null, new Date()))?.moves).toContain('open');
	expect(await openAnnualReport(commerce, report.reportId)).toEqual({ ok: true, first: true });
	expect(await openAnnualReport(commerce, report.reportId)).toEqual({ ok: true, first: false });
	const events = await database.adminSql`select by_kind from report_event where report_id = ${report.reportId} and act = 'open-annual-report'`;
	expect(events).toEqual([{ by_kind: 'commerce' }]);
	expect((await channelReport(commerce, report.reportId, null, new Date()))?.moves).not.toContain('open');
});

test('returned, corrected with each comment answered, signed by both, forwarded and received', async () => {
	const { database, commerce, industry } = await province('130000');
	const mofcom = await buildOfficial(database, 'mofcom');
	const miit = await buildOfficial(database, 'miit');
	const report = await buildReport(database, { channelId: '130000', name: '示例回环企业' });
	await submitReport(database, report);
	await signReport(database, report.reportId, [commerce]);
	const returned = await returnAnnualReport(industry, report.reportId, {
		version: 1,
		reasonCode: 'figure_doubtful',
		remark: '',
		correctByOn: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
		comments: [{ answerKey: 'employees@forecast', remark: '与社保人数不符' }]
	});
	expect(returned).toMatchObject({ ok: true });
	expect((await channelReport(industry, report.reportId, null, new Date()))?.moves).toContain('undoReturn');
	const [comment] = (await channelReport(industry, report.reportId, null, new Date()))?.records.returns[0]?.comments ?? [];
	expect(await answerReturnComment(report.filer, report.reportId, comment?.id ?? '0', '已按社保口径更正')).toMatchObject({ ok: true });
	expect(await undoReturn(industry, report.reportId)).toMatchObject({ ok: false, refusal: { code: 'already_touched' } });
	await submitReport(database, report, answersFor('manufacturing', { 'employees@forecast': '1300' }));

	const page = await channelReport(commerce, report.reportId, null, new Date());
	expect(page?.shown?.version.no).toBe(2);
	expect(page?.shown?.changes).toMatchObject([{ key: 'employees@forecast', before: '1260', after: '1300', delta: '40' }]);
	expect(page?.records.returns[0]?.comments).toMatchObject([{ answerKey: 'employees@forecast', answer: '已按社保口径更正' }]);
	// The opinion commerce gave on version 1 does not count for version 2.
	expect(page?.court).toBe('departments');
	expect(page?.moves).toContain('giveOpinion');
	expect((await channelForwardings(commerce, 2026, new Date())).candidates).toMatchObject([{ missing: ['commerce', 'industry'] }]);
	const early = await forwardAnnualReports(commerce, { reports: [{ id: report.reportId, version: 2 }], letterNo: '商函1号', letterOn: TODAY, remark: '' });
	expect(early).toMatchObject({ ok: false, refusal: { code: 'opinion_missing', departments: ['commerce', 'industry'], reports: [report.reportId] } });
	expect(await giveOpinion(commerce, report.reportId, { version: 1, remark: '同意' })).toMatchObject({ ok: false, refusal: { code: 'stale_version' } });

	await signReport(database, report.reportId, [commerce, industry]);
	const sent = await forwardAnnualReports(industry, { reports: [{ id: report.reportId, version: 2 }], letterNo: '工信函1号', letterOn: TODAY, remark: '' });
	if (!sent.ok) throw new Error(JSON.stringify(sent.refusal));
	expect((await channelForwardings(commerce, 2026, new Date())).sent).toMatchObject([
		{ letterNo: '工信函1号', manufacturing: 1, itOutsourcing: 0, receivedByMofcom: 0, receivedByMiit: 0 }
	]);
	await receiveAnnualReports(mofcom, [{ id: report.reportId, version: 2 }]);
	expect((await channelForwarding(commerce, sent.forwardingId))?.reports.manufacturing).toMatchObject([
		{ enterpriseName: '示例回环企业', versionNo: 2, state: 'forwarded', received: { mofcom: expect.any(Date) } }
	]);
	await receiveAnnualReports(miit, [{ id: report.reportId, version: 2 }]);
	// 方案第十一条: the province forwards, whichever of its departments pressed the button.
	const letter = await channelForwarding(industry, sent.forwardingId);
	expect(letter?.offices).toHaveLength(2);
	expect(letter?.offices).toContain(letter?.orgName);
	expect((await channelForwarding(industry, sent.forwardingId))?.reports.manufacturing).toMatchObject([
		{ state: 'received', received: { mofcom: expect.any(Date), miit: expect.any(Date) } }
	]);
	const acts = (await channelReport(commerce, report.reportId, null, new Date()))?.records.events.map(({ act }) => act).toReversed();
	expect(acts).toEqual([
		'submit-annual-report',
		'give-opinion',
		'return-annual-report',
		'start-correction',
		'submit-annual-report',
		'give-opinion',
		'give-opinion',
		'forward-annual-reports',
		'receive-annual-reports',
		'receive-annual-reports'
	]);
});

test('a return can be taken back while the enterprise has not touched it, an opinion until the forwarding', async () => {
	const { database, commerce, industry } = await province('140000');
	const report = await buildReport(database, { channelId: '140000' });
	await submitReport(database, report);
	await signReport(database, report.reportId, [commerce]);
	const order = { version: 1, reasonCode: 'other', remark: '', correctByOn: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10), comments: [] };
	expect(await returnAnnualReport(industry, report.reportId, order)).toMatchObject({ ok: true });
	expect(await undoReturn(commerce, report.reportId)).toMatchObject({ ok: false, refusal: { code: 'nothing_to_undo' } });
	expect(await undoReturn(industry, report.reportId)).toMatchObject({ ok: true });
	expect((await channelReport(commerce, report.reportId, null, new Date()))?.court).toBe('industry');
	expect(await withdrawOpinion(commerce, report.reportId, 1)).toMatchObject({ ok: true });
	const page = await channelReport(industry, report.reportId, null, new Date());
	expect(page?.court).toBe('departments');
	expect(page?.records.opinions).toMatchObject([{ department: 'commerce', withdrawnAt: expect.any(Date) }]);
	for (const wrong of [{ reasonCode: '' }, { correctByOn: '2026-13-01' }, { correctByOn: '2020-01-01' }]) {
		expect(await returnAnnualReport(industry, report.reportId, { ...order, ...wrong })).toMatchObject({ ok: false });
	}
});

test('each department marks explanations for itself; a query says what is asked, and only of what was explained', async () => {
	const { database, commerce, industry } = await province('150000');
	const report = await buildReport(database, { channelId: '150000' });
	await submitReport(database, report, answersFor('manufacturing', unmet));
	const mark = (actor: Actor, verdict: 'accepted' | 'queried' | null, remark = '', checkKey = explainedKey) =>
		judgeExplanation(actor, report.reportId, { version: 1, checkKey, verdict, remark });
	expect(await mark(commerce, 'queried')).toMatchObject({ ok: false, refusal: { code: 'invalid_input', fields: { remark: 'missing' } } });
	expect(await mark(commerce, 'accepted', '', 'half_moved/revenue')).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	expect(await mark(commerce, 'queried', '改造合同何时签订?')).toMatchObject({ ok: true });
	expect(await mark(industry, 'accepted')).toMatchObject({ ok: true });
	const marks = async () =>
		(await channelReport(commerce, report.reportId, null, new Date()))?.records.marks.map(({ department, verdict, remark }) => ({
			department,
			verdict,
			remark
		}));
	expect(await marks()).toEqual([
		{ department: 'commerce', verdict: 'queried', remark: '改造合同何时签订?' },
		{ department: 'industry', verdict: 'accepted', remark: null }
	]);
	expect(await mark(commerce, null)).toMatchObject({ ok: true });
	expect(await marks()).toEqual([{ department: 'industry', verdict: 'accepted', remark: null }]);
	const reader = await buildOfficial(database, 'industry', '150000', 'reader');
	expect(await mark(reader, 'accepted')).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
	const shown = (await channelReport(commerce, report.reportId, null, new Date()))?.shown;
	expect(shown?.findings.find(({ criterion }) => criterion === 'M5')?.verdict).toBe('unmet');
	expect(shown?.checks.filter(({ level }) => level === 'warning').map(({ key, explanation }) => [key, explanation])).toEqual([[explainedKey, 'given']]);
});
