import { beforeAll, describe, expect, test } from 'vitest';
import { answerReturnComment } from '#lib/server/acts/report/answer-return-comment.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { giveOpinion, withdrawOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { openAnnualReport } from '#lib/server/acts/report/open-annual-report.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { returnAnnualReport, undoReturn } from '#lib/server/acts/report/return-annual-report.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import { submitAnnualReport } from '#lib/server/acts/report/submit-annual-report.ts';
import { withdrawAnnualReport } from '#lib/server/acts/report/withdraw-annual-report.ts';
import { readContent } from '#lib/domain/form/report-content.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { answersFor, buildGroup, buildOfficial, buildReport, fillDraft, openYear, submitReport } from '../../support/scene.ts';

const JIANGSU = '320000';
let database: TestDatabase;
let commerce: Actor;
let industry: Actor;
let mofcom: Actor;
let miit: Actor;

beforeAll(async () => {
	database = await applicationDatabase();
	// Always open, whatever the day of the run: what depends on the date is tested with a clock of its own.
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2099-11-15',
		ministryDueOn: '2099-11-30',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2100-03-31'
	});
	commerce = await buildOfficial(database, 'commerce', JIANGSU);
	industry = await buildOfficial(database, 'industry', JIANGSU);
	mofcom = await buildOfficial(database, 'mofcom');
	miit = await buildOfficial(database, 'miit');
});

const row = async (reportId: string) => {
	const [found] = await database.adminSql<
		{ state: string; court: string; current_version: number; first_forwarded_at: Date | null; forwarded_at: Date | null }[]
	>`
		select state, court, current_version, first_forwarded_at, forwarded_at from annual_report where id = ${reportId}`;
	if (!found) throw new Error('no such report');
	return found;
};
const changes = (answers: Readonly<Record<string, string>>) => Object.entries(answers).map(([key, typed]) => ({ key, typed, baseVersion: 0 }));
const tomorrowOn = () => new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);

describe('方案第十一条: 每年将本年度情况通过省级主管部门报送两部', () => {
	test('a year from the first box to received by both ministries, with a return and its correction', async () => {
		const scene = await buildReport(database, { channelId: JIANGSU });
		const { reportId, filer } = scene;
		expect(await row(reportId)).toMatchObject({ state: 'not_started', court: 'enterprise' });

		const first = await saveAnswers(filer, reportId, [{ key: 'revenue@final', typed: '大约9万', baseVersion: 0 }]);
		expect(first).toMatchObject({ ok: true, saved: [{ key: 'revenue@final', version: 1 }], conflicts: [] });
		expect(await row(reportId)).toMatchObject({ state: 'draft', court: 'enterprise' });
		await fillDraft(database, scene);

		const submitted = await submitAnnualReport(filer, reportId, { afterVersion: 0, lateReasonCode: null, lateReason: '' });
		if (!submitted.ok) throw new Error(JSON.stringify(submitted.refusal));
		expect(submitted.versionNo).toBe(1);
		expect(await row(reportId)).toMatchObject({ state: 'submitted', court: 'departments', current_version: 1 });

		await openAnnualReport(commerce, reportId);
		expect(await withdrawAnnualReport(filer, reportId, 1)).toMatchObject({ ok: false, refusal: { code: 'already_opened', department: 'commerce' } });

		expect(await giveOpinion(industry, reportId, { version: 1, remark: '同意' })).toMatchObject({ ok: true, approvedByAll: false });
		expect((await row(reportId)).court).toBe('commerce');
		const returned = await returnAnnualReport(commerce, reportId, {
			version: 1,
			reasonCode: 'figure_wrong',
			remark: '请核对',
			correctByOn: tomorrowOn(),
			comments: [{ answerKey: 'employees@forecast', remark: '与社保人数不符' }]
		});
		expect(returned.ok).toBe(true);
		expect(await row(reportId)).toMatchObject({ state: 'returned', court: 'enterprise' });

		// Nothing changed and nothing answered: refused; answered but a comment open: refused.
		expect(await submitAnnualReport(filer, reportId, { afterVersion: 1, lateReasonCode: null, lateReason: '' })).toMatchObject({
			ok: false,
			refusal: { code: 'nothing_changed' }
		});
		const [comment] = await database.adminSql<
			{ id: string }[]
		>`select c.id from return_comment c join report_return t on t.id = c.return_id where t.report_id = ${reportId}`;
		await saveAnswers(filer, reportId, [{ key: 'employees@forecast', typed: '1 290', baseVersion: 0 }]);
		expect(await submitAnnualReport(filer, reportId, { afterVersion: 1, lateReasonCode: null, lateReason: '' })).toMatchObject({
			ok: false,
			refusal: { code: 'comments_unanswered', count: 1 }
		});
		expect(await undoReturn(commerce, reportId)).toMatchObject({ ok: false, refusal: { code: 'already_touched' } });
		expect(await answerReturnComment(filer, reportId, String(comment?.id), '已按社保口径更正')).toEqual({ ok: true });
		await fillDraft(database, scene, { ...answersFor('manufacturing'), 'employees@forecast': '1290' });
		const second = await submitAnnualReport(filer, reportId, { afterVersion: 1, lateReasonCode: null, lateReason: '' });
		expect(second).toMatchObject({ ok: true, versionNo: 2 });

		// The opinion on version 1 does not count for version 2.
		expect((await row(reportId)).court).toBe('departments');
		const letter = { letterNo: '苏商报〔2026〕1号', letterOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), remark: '' };
		const early = await forwardAnnualReports(commerce, { reports: [{ id: reportId, version: 2 }], ...letter });
		expect(early).toMatchObject({ ok: false, refusal: { code: 'opinion_missing', departments: ['commerce', 'industry'], reports: [reportId] } });
		await giveOpinion(commerce, reportId, { version: 2, remark: '同意' });
		await giveOpinion(industry, reportId, { version: 2, remark: '同意' });
		expect((await row(reportId)).court).toBe('channel');
		expect(await forwardAnnualReports(industry, { reports: [{ id: reportId, version: 2 }], ...letter })).toMatchObject({ ok: true, count: 1, late: 0 });
		expect(await row(reportId)).toMatchObject({ state: 'forwarded', court: 'ministries' });

		expect(await receiveAnnualReports(mofcom, [{ id: reportId, version: 2 }])).toMatchObject({ ok: true, received: [reportId] });
		expect((await row(reportId)).state).toBe('forwarded');
		expect(await receiveAnnualReports(mofcom, [{ id: reportId, version: 2 }])).toMatchObject({
			ok: true,
			received: [],
			refused: [{ refusal: { code: 'already_done' } }]
		});
		expect(await receiveAnnualReports(miit, [{ id: reportId, version: 2 }])).toMatchObject({ ok: true, received: [reportId] });
		expect(await row(reportId)).toMatchObject({ state: 'received', court: 'nobody' });

		const steps = await database.adminSql<{ act: string }[]>`select act from report_event where report_id = ${reportId} order by id`;
		expect(steps.map(({ act }) => act)).toEqual([
			'start-draft',
			'submit-annual-report',
			'open-annual-report',
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
		const broken = await database.adminSql`select * from journal_verify() where broken_seq is not null`;
		expect(broken).toEqual([]);
	});

	test('a central group approves alone', async () => {
		const channelId = await buildGroup(database, 'g90');
		const group = await buildOfficial(database, 'group', channelId);
		const scene = await buildReport(database, { channelId });
		await submitReport(database, scene);
		expect((await row(scene.reportId)).court).toBe('group');
		await giveOpinion(group, scene.reportId, { version: 1, remark: '同意' });
		expect((await row(scene.reportId)).court).toBe('channel');
		expect(await giveOpinion(commerce, scene.reportId, { version: 1, remark: '同意' })).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	});

	test('a withdrawn submission is a draft again, with everything that was typed', async () => {
		const scene = await buildReport(database, { channelId: JIANGSU });
		await submitReport(database, scene);
		const before = await database.adminSql<{ content: string }[]>`select content from annual_report_version where report_id = ${scene.reportId}`;
		expect(await withdrawAnnualReport(scene.filer, scene.reportId, 1)).toMatchObject({ ok: true });
		const draft = await database.adminSql<
			{ answer_key: string; typed: string }[]
		>`select answer_key, typed from draft_answer where report_id = ${scene.reportId}`;
		const typed = Object.fromEntries(draft.filter(({ answer_key }) => !answer_key.startsWith('explain:')).map(({ answer_key, typed }) => [answer_key, typed]));
		expect(typed).toEqual(readContent(String(before[0]?.content)).answers);
		expect(await submitAnnualReport(scene.filer, scene.reportId, { afterVersion: 1, lateReasonCode: null, lateReason: '' })).toMatchObject({
			ok: true,
			versionNo: 2
		});
	});

	test('an opinion may be taken back before forwarding, and stays on record', async () => {
		const scene = await buildReport(database, { channelId: JIANGSU });
		await submitReport(database, scene);
		await giveOpinion(commerce, scene.reportId, { version: 1, remark: '同意' });
		expect(await giveOpinion(commerce, scene.reportId, { version: 1, remark: '再次' })).toMatchObject({ ok: false, refusal: { code: 'already_done' } });
		expect(await withdrawOpinion(commerce, scene.reportId, 1)).toEqual({ ok: true });
		expect((await row(scene.reportId)).court).toBe('departments');
		const kept = await database.adminSql<
			{ withdrawn: boolean }[]
		>`select withdrawn_at is not null as withdrawn from opinion where report_id = ${scene.reportId}`;
		expect(kept).toEqual([{ withdrawn: true }]);
	});

	test('a return can be undone until the enterprise first edits', async () => {
		const scene = await buildReport(database, { channelId: JIANGSU });
		await submitReport(database, scene);
		await returnAnnualReport(industry, scene.reportId, { version: 1, reasonCode: 'other', remark: '误操作', correctByOn: tomorrowOn(), comments: [] });
		expect(await undoReturn(commerce, scene.reportId)).toMatchObject({ ok: false, refusal: { code: 'nothing_to_undo' } });
		expect(await undoReturn(industry, scene.reportId)).toEqual({ ok: true });
		expect((await row(scene.reportId)).state).toBe('submitted');
	});

	test('a return by a ministry comes back through the channel and keeps the first forwarding', async () => {
		const scene = await buildReport(database, { channelId: JIANGSU });
		await submitReport(database, scene);
		for (const department of [commerce, industry]) await giveOpinion(department, scene.reportId, { version: 1, remark: '同意' });
		const letter = { letterNo: '2号', letterOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), remark: '' };
		await forwardAnnualReports(commerce, { reports: [{ id: scene.reportId, version: 1 }], ...letter });
		const { first_forwarded_at } = await row(scene.reportId);
		expect(
			await returnAnnualReport(miit, scene.reportId, { version: 1, reasonCode: 'figure_doubtful', remark: '请说明', correctByOn: tomorrowOn(), comments: [] })
		).toMatchObject({ ok: true });
		await fillDraft(database, scene, { ...answersFor('manufacturing'), 'employees@forecast': '1310' });
		await submitAnnualReport(scene.filer, scene.reportId, { afterVersion: 1, lateReasonCode: null, lateReason: '' });
		for (const department of [commerce, industry]) await giveOpinion(department, scene.reportId, { version: 2, remark: '同意' });
		await forwardAnnualReports(commerce, { reports: [{ id: scene.reportId, version: 2 }], ...letter });
		const after = await row(scene.reportId);
		expect(after.first_forwarded_at).toEqual(first_forwarded_at);
		expect(after.forwarded_at?.getTime()).toBeGreaterThan(Number(first_forwarded_at?.getTime()));
	});

	test('two people in one box: the second sees both texts, other boxes are saved', async () => {
		const scene = await buildReport(database, { channelId: JIANGSU });
		const colleague = { ...scene.filer, personId: 'colleague', personName: '李审核' };
		await saveAnswers(scene.filer, scene.reportId, changes({ address: '甲路1号' }));
		const second = await saveAnswers(colleague, scene.reportId, [
			{ key: 'address', typed: '乙路2号', baseVersion: 0 },
			{ key: 'postcode', typed: '210000', baseVersion: 0 }
		]);
		expect(second).toMatchObject({
			ok: true,
			saved: [{ key: 'postcode', version: 1 }],
			conflicts: [{ key: 'address', mine: '乙路2号', theirs: '甲路1号', byName: '王填报' }]
		});
		const resolved = await saveAnswers(colleague, scene.reportId, [{ key: 'address', typed: '乙路2号', baseVersion: 1 }]);
		expect(resolved).toMatchObject({ ok: true, saved: [{ key: 'address', version: 2 }] });
	});

	test('duties: a filer without approver duty fills in, but does not submit; an office never edits', async () => {
		const scene = await buildReport(database, { channelId: JIANGSU });
		await fillDraft(database, scene);
		const handler = { ...scene.filer, duty: 'handler' as const };
		expect(await submitAnnualReport(handler, scene.reportId, { afterVersion: 0, lateReasonCode: null, lateReason: '' })).toMatchObject({
			ok: false,
			refusal: { code: 'not_your_duty', needed: ['approver'] }
		});
		expect(await saveAnswers(commerce, scene.reportId, changes({ address: 'x' }))).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
		expect(await saveAnswers(scene.filer, scene.reportId, changes({ enterprise_name: '改名' }))).toMatchObject({
			ok: false,
			refusal: { code: 'invalid_input' }
		});
	});

	test('another enterprise and another province find nothing', async () => {
		const scene = await buildReport(database, { channelId: JIANGSU });
		const stranger = await buildReport(database, { channelId: JIANGSU });
		await submitReport(database, scene);
		expect(await saveAnswers(stranger.filer, scene.reportId, changes({ address: 'x' }))).toEqual({ ok: false, refusal: { code: 'not_found' } });
		const guangdong = await buildOfficial(database, 'commerce', '440000');
		expect(await giveOpinion(guangdong, scene.reportId, { version: 1, remark: '同意' })).toEqual({ ok: false, refusal: { code: 'not_found' } });
		expect(await openAnnualReport(guangdong, scene.reportId)).toEqual({ ok: false, refusal: { code: 'not_found' } });
	});
});
