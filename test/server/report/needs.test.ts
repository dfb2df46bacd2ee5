/** 方案第十二条: what enterprises ask for comes to the ministries with the report, has an owner, and is answered where enterprise and channel see it. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayInBeijing } from '#lib/domain/day.ts';
import { needText } from '#lib/domain/report/need.ts';
import { m } from '#lib/paraglide/messages.js';
import { answerNeed } from '#lib/server/acts/report/answer-need.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { passOnNeed } from '#lib/server/acts/report/pass-on-need.ts';
import { returnAnnualReport } from '#lib/server/acts/report/return-annual-report.ts';
import { takeUpNeed } from '#lib/server/acts/report/take-up-need.ts';
import type { Actor } from '#lib/server/actor.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import { enterpriseNeeds } from '#lib/server/reads/enterprise/enterprise-needs.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
import { needsForExport, needsList, type NeedsQuery } from '#lib/server/reads/office/needs-list.ts';
import { needOfOffice } from '#lib/server/reads/office/shown-need.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase, seatPerson, type Office } from '../../support/people.ts';
import { answersFor, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

const JIANGSU = '320000';
const today = dayInBeijing(new Date());
const LIST: NeedsQuery = { q: '', state: null, kind: null, year: null, category: null, channelId: null, owner: null, after: null, before: null };

let database: TestDatabase;
let commerce: Actor;
let industry: Actor;
let elsewhere: Actor;
let mofcom: Actor;
let miit: Actor;
let firm: SceneReport;
let silent: SceneReport;

async function official(kind: Actor['orgKind'], channelId: string | null, name: string, duty: Actor['duty'] = 'approver'): Promise<Actor> {
	const [known] = await database.adminSql<{ id: string }[]>`select id from organisation where kind = ${kind} and channel_id is not distinct from ${channelId}`;
	const office: Office = { orgId: String(known?.id), kind, channelId, enterpriseId: null };
	return seatPerson(database, office, name, duty);
}

async function forward(report: SceneReport, version: number): Promise<void> {
	await signReport(database, report.reportId, [commerce, industry]);
	const letter = { letterNo: `示例〔2026〕${version}号`, letterOn: today, remark: '' };
	const done = await forwardAnnualReports(commerce, { reports: [{ id: report.reportId, version }], ...letter });
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
}

/** Sent back by a ministry, corrected with these needs, and forwarded again. */
async function correct(report: SceneReport, version: number, needs: Readonly<Record<string, string>>): Promise<void> {
	const order = { version: version - 1, reasonCode: 'other', remark: '请补充', correctByOn: addDays(today, 5), comments: [] };
	const sent = await returnAnnualReport(mofcom, report.reportId, order);
	if (!sent.ok) throw new Error(JSON.stringify(sent.refusal));
	await submitReport(database, report, answersFor(report.category, { ...needs, address: `示例路${version}号` }));
	await forward(report, version);
}

const needOf = async (actor: Actor, kind: 'support' | 'problem') => {
	const row = (await needsList(actor, { ...LIST, kind, q: firm.filer.enterpriseId === null ? '' : '提诉求' })).rows[0];
	if (!row) throw new Error('no such need');
	return row;
};
const letters = (template: string) =>
	database.adminSql<
		{ person_id: string; text_body: string; subject: string }[]
	>`select person_id, text_body, subject from mail where template = ${template} order by id`;

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2099-11-15',
		ministryDueOn: '2099-11-30',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2100-03-31'
	});
	commerce = await official('commerce', JIANGSU, 'need-commerce');
	industry = await official('industry', JIANGSU, 'need-industry', 'handler');
	industry = { ...industry, duty: 'approver' };
	elsewhere = await official('commerce', '440000', 'need-elsewhere');
	mofcom = await official('mofcom', null, 'need-mofcom', 'handler');
	miit = await official('miit', null, 'need-miit');
	firm = await buildReport(database, { channelId: JIANGSU, name: '提诉求企业' });
	await seatPerson(database, { orgId: firm.filer.orgId, kind: 'enterprise', channelId: JIANGSU, enterpriseId: firm.enterpriseId }, 'need-filer', 'handler');
	silent = await buildReport(database, { channelId: JIANGSU, name: '无诉求企业' });
	await submitReport(database, firm, answersFor(firm.category, { support_wanted: '希望组织同行交流', problems_met: '设备接口不统一' }));
	await submitReport(database, silent, answersFor(silent.category, { support_wanted: '无', problems_met: '/' }));
});

describe('only what was forwarded comes to the list (方案第十一条)', () => {
	test('submitted and signed it is with the channel’s report, and in nobody’s list', async () => {
		for (const actor of [mofcom, miit, commerce]) expect((await needsList(actor, LIST)).rows).toEqual([]);
		expect(await enterpriseNeeds(firm.filer)).toEqual([]);
	});

	test('forwarded, both ministries and its channel have it; another channel and another enterprise do not; 无 asks for nothing', async () => {
		await forward(firm, 1);
		await forward(silent, 1);
		for (const actor of [mofcom, miit, commerce, industry]) {
			const found = await needsList(actor, LIST);
			expect(found.rows.map(({ enterpriseName, kind, text, state }) => `${enterpriseName} ${kind} ${text} ${state}`).sort()).toEqual([
				'提诉求企业 problem 设备接口不统一 open',
				'提诉求企业 support 希望组织同行交流 open'
			]);
			expect(found.total).toBe(2);
		}
		expect((await needsList(elsewhere, LIST)).rows).toEqual([]);
		expect(await enterpriseNeeds(silent.filer)).toEqual([]);
		expect((await enterpriseNeeds(firm.filer)).map(({ kind }) => kind).sort()).toEqual(['problem', 'support']);
		const { id } = await needOf(mofcom, 'support');
		expect(await needOfOffice(elsewhere, id)).toBeNull();
		expect((await needOfOffice(commerce, id))?.moves).toEqual([]);
		expect((await ministryHome(mofcom)).needs).toEqual({ open: 2, mine: 0 });
	});
});

describe('an owner', () => {
	test('a handler of one ministry takes it up; the other ministry, the channel and readers may not act on it then', async () => {
		const { id } = await needOf(mofcom, 'support');
		expect(await takeUpNeed(await buildOfficial(database, 'miit', null, 'reader'), id)).toMatchObject({ refusal: { code: 'not_your_duty' } });
		expect(await takeUpNeed(commerce, id)).toMatchObject({ refusal: { code: 'need_held', state: 'open', office: null } });
		expect(await takeUpNeed(elsewhere, id)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await takeUpNeed(firm.filer, id)).toMatchObject({ refusal: { code: 'not_your_duty' } });
		expect(await takeUpNeed(mofcom, '999999')).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await takeUpNeed(mofcom, id)).toEqual({ ok: true });
		expect(await needOf(miit, 'support')).toMatchObject({ state: 'taken_up', office: 'mofcom', personName: mofcom.personName });
		expect(await answerNeed(miit, id, { text: '越权答复', versionNo: 1 })).toMatchObject({ refusal: { code: 'need_held', office: 'mofcom' } });
		expect((await ministryHome(mofcom)).needs).toEqual({ open: 1, mine: 1 });
		expect((await ministryHome(miit)).needs).toEqual({ open: 1, mine: 0 });
	});

	test('passed on to the channel it is a duty there, told by mail; both departments may take it up', async () => {
		const { id } = await needOf(mofcom, 'problem');
		expect(await passOnNeed(miit, id, 'channel', '属本地区事项，请研究。')).toEqual({ ok: true });
		expect((await channelHome(commerce, 2026)).counts.needs).toBe(1);
		expect((await channelHome(elsewhere, 2026)).counts.needs).toBe(0);
		expect((await letters('need_passed_on')).map(({ person_id }) => person_id).sort()).toEqual([commerce.personId, industry.personId].sort());
		expect((await letters('need_passed_on'))[0]?.text_body).toContain('属本地区事项，请研究。');
		expect((await needsList(industry, { ...LIST, state: 'mine' })).rows.map((row) => row.id)).toEqual([id]);
		expect(await takeUpNeed(mofcom, id)).toMatchObject({ refusal: { code: 'need_held', state: 'passed_on', office: 'channel' } });
		expect(await takeUpNeed(industry, id)).toEqual({ ok: true });
	});
});

describe('an answer', () => {
	test('is seen by enterprise and channel, told to both, and stays as it was given', async () => {
		const { id } = await needOf(mofcom, 'support');
		expect(await answerNeed(mofcom, id, { text: '已列入明年安排。', versionNo: 1 })).toEqual({ ok: true });
		const [own] = (await enterpriseNeeds(firm.filer, { year: 2026, category: firm.category })).filter(({ kind }) => kind === 'support');
		expect(own).toMatchObject({ state: 'answered', office: 'mofcom', answers: [{ text: '已列入明年安排。', by: 'mofcom', answered: null }] });
		expect((await needOfOffice(commerce, id))?.need.answers).toMatchObject([{ text: '已列入明年安排。' }]);
		const told = await letters('need_answered');
		expect(told.map(({ person_id }) => person_id).sort()).toEqual([commerce.personId, industry.personId, 'person-need-filer'].sort());
		expect(told[0]).toMatchObject({ subject: m.mail_need_answered_subject({ year: 2026, kind: m.need_kind_support() }) });
		expect(told.every(({ text_body, subject }) => text_body.includes('已列入明年安排。') && !subject.includes('提诉求企业'))).toBe(true);

		expect(await answerNeed(mofcom, id, { text: '已列入明年安排。', versionNo: 1 })).toMatchObject({ refusal: { code: 'nothing_changed' } });
		expect(await answerNeed(mofcom, id, { text: '补充：五月举行。', versionNo: 1 })).toEqual({ ok: true });
		expect((await needOfOffice(miit, id))?.need.answers.map(({ text }) => text)).toEqual(['补充：五月举行。', '已列入明年安排。']);
		await expect(database.adminSql`update report_need_answer set text = 'x'`).rejects.toMatchObject({ constraint_name: 'report_need_answer_is_immutable' });
		await expect(database.adminSql`delete from report_need_answer`).rejects.toMatchObject({ constraint_name: 'report_need_answer_is_immutable' });
		const acts = await database.adminSql<{ act: string; article: string }[]>`select act, article from journal where object_kind = 'report_need' order by at`;
		expect(new Set(acts.map(({ article }) => article))).toEqual(new Set(['12']));
		expect(new Set(acts.map(({ act }) => act))).toEqual(new Set(['take-up-need', 'pass-on-need', 'answer-need']));
	});

	test('stays with its text: another text in the next forwarded version waits anew with whoever answered', async () => {
		const { id } = await needOf(mofcom, 'support');
		await correct(firm, 2, { support_wanted: '希望制定接口标准', problems_met: '设备接口不统一' });
		const found = await needOfOffice(mofcom, id);
		expect(found?.need).toMatchObject({ text: '希望制定接口标准', versionNo: 2, state: 'taken_up', office: 'mofcom' });
		expect(found?.need.answers.map(({ versionNo, answered }) => `${versionNo} ${answered}`)).toEqual(['1 希望组织同行交流', '1 希望组织同行交流']);
		// The same text changes nothing: it is still with the channel.
		expect(await needOf(mofcom, 'problem')).toMatchObject({ state: 'taken_up', office: 'channel', text: '设备接口不统一' });
		expect((await needOf(mofcom, 'support')).answer).toBeNull();
		expect(await answerNeed(mofcom, id, { text: '答的是旧文', versionNo: 1 })).toMatchObject({ refusal: { code: 'stale_version', expected: 1, actual: 2 } });
		expect(await answerNeed(mofcom, id, { text: '标准正在起草。', versionNo: 2 })).toEqual({ ok: true });
	});

	test('what the next version no longer says is withdrawn, with its answers, and comes back when it is written again', async () => {
		const { id } = await needOf(mofcom, 'support');
		await correct(firm, 3, { support_wanted: '无', problems_met: '设备接口不统一' });
		expect((await needOfOffice(mofcom, id))?.need).toMatchObject({ state: 'withdrawn', text: '' });
		expect((await needOfOffice(mofcom, id))?.need.answers).toHaveLength(3);
		expect(await answerNeed(mofcom, id, { text: 'x', versionNo: 3 })).toMatchObject({ refusal: { code: 'need_held', state: 'withdrawn' } });
		await correct(firm, 4, { support_wanted: '希望培训', problems_met: '设备接口不统一' });
		expect((await needOfOffice(mofcom, id))?.need).toMatchObject({ state: 'taken_up', text: '希望培训', versionNo: 4, office: 'mofcom' });
	});
});

describe('the list', () => {
	test('counts by kind and state, of all filters but the state; the file holds what the list holds', async () => {
		const found = await needsList(mofcom, LIST);
		expect([...found.counts].sort((a, b) => a.kind.localeCompare(b.kind))).toEqual([
			{ kind: 'problem', state: 'taken_up', count: 1, mine: 0 },
			{ kind: 'support', state: 'taken_up', count: 1, mine: 1 }
		]);
		expect((await needsList(mofcom, { ...LIST, state: 'mine' })).total).toBe(1);
		expect((await needsForExport(mofcom, LIST)).rows.map(({ id }) => id)).toEqual(found.rows.map(({ id }) => id));
	});

	test.each([
		['kind', { kind: 'problem' }, 1],
		['year', { year: 2025 }, 0],
		['channel', { channelId: JIANGSU }, 2],
		['another channel', { channelId: '440000' }, 0],
		['a channel there is not is no filter', { channelId: 'nowhere' }, 2],
		['owner: a ministry', { owner: 'mofcom' }, 1],
		['owner: the channel', { owner: 'channel' }, 1],
		['owner: nobody', { owner: 'none' }, 0],
		['owner: oneself', { owner: 'me' }, 1],
		['name by the one clause', { q: '提 诉求' }, 2],
		['name of somebody else', { q: '无诉求' }, 0]
	] as const)('is filtered by %s', async (_, change, rows) => {
		expect((await needsList(mofcom, { ...LIST, ...(change as Partial<NeedsQuery>) })).rows).toHaveLength(rows);
	});

	test('turns its pages by key, forwards and back', async () => {
		for (let n = 0; n < 60; n += 1) {
			const report = await buildReport(database, { channelId: '440000', name: `翻页${n}` });
			await database.adminSql`
				insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
					content_hash, forwarded_at)
				values (${report.reportId}, 1, '2026-1', '2026-1', now(), 's', 's', ${`page-${n}`}, '{"explained":[]}',
					encode(sha256('{"explained":[]}'), 'hex'), now())`;
			await database.adminSql`
				insert into report_need (report_id, kind, year, category, channel_id, enterprise_id, text, version_no, said_at, since_at)
				select r.id, 'support', r.year, r.category, r.channel_id, r.enterprise_id, 'x', 1, timestamptz '2026-11-01' + ${n % 3} * interval '1 day', now()
				from annual_report r where r.id = ${report.reportId}`;
		}
		const first = await needsList(elsewhere, LIST);
		expect([first.rows.length, first.total, first.previous]).toEqual([50, 60, null]);
		const second = await needsList(elsewhere, { ...LIST, after: first.next });
		expect([second.rows.length, second.next]).toEqual([10, null]);
		const ids = [...first.rows, ...second.rows].map(({ id }) => id);
		expect(new Set(ids).size).toBe(60);
		expect((await needsList(elsewhere, { ...LIST, before: second.previous })).rows.map(({ id }) => id)).toEqual(ids.slice(0, 50));
	});
});

test('what was forwarded before there was a list is taken over by the same rule', async () => {
	const migration = readFileSync(new URL('../../../db/migrations/0029_needs.sql', import.meta.url), 'utf8');
	const pattern = /!~\* '(.+)';/.exec(migration)?.[1];
	if (pattern === undefined) throw new Error('the migration has no such condition');
	const typed = ['无', '无。', '暂 无', '／', '——', 'None', 'Ｎ／Ａ', '不需要', '空', '无专职人员', 'no standard', '希望交流', '/etc', '没有对接渠道', '没有'];
	const rows = await database.adminSql<{ said: string; asks: boolean }[]>`
		select said, regexp_replace(normalize(said, nfkc), '\\s', '', 'g') !~* ${pattern} as asks from unnest(${typed}::text[]) said`;
	expect(rows.map(({ said, asks }) => `${said} ${asks}`)).toEqual(typed.map((said) => `${said} ${needText(said) !== ''}`));
});
