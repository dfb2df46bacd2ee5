/** Outliers become work (非方案规定): a figure far outside is asked about through the channel, answered, and the answer stays with it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayInBeijing } from '#lib/domain/day.ts';
import { acceptFollowUp } from '#lib/server/acts/trend/accept-follow-up.ts';
import { answerFollowUp } from '#lib/server/acts/trend/answer-follow-up.ts';
import { askFollowUpAgain } from '#lib/server/acts/trend/ask-follow-up-again.ts';
import { askFollowUps, type AskedFigures } from '#lib/server/acts/trend/ask-follow-ups.ts';
import { passOnFollowUp } from '#lib/server/acts/trend/pass-on-follow-up.ts';
import { withdrawFollowUp } from '#lib/server/acts/trend/withdraw-follow-up.ts';
import type { Actor } from '#lib/server/actor.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
import { outlierCandidates, type CandidatesQuery } from '#lib/server/reads/ministry/outlier-candidates.ts';
import { followUpsForExport, followUpsList, followUpsWaiting, type FollowUpsQuery } from '#lib/server/reads/office/follow-ups-list.ts';
import { followUpOf, followUpsAtReport } from '#lib/server/reads/office/shown-follow-up.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase, seatPerson, type Office } from '../../support/people.ts';
import { buildReport, openYear, oweReport, type SceneReport } from '../../support/scene.ts';

const now = new Date();
const today = dayInBeijing(now);
const dueOn = addDays(today, 14);
const CANDIDATES: CandidatesQuery = { year: 2026, basis: 'forecast', category: 'manufacturing', metric: null, channelId: null };
const LIST: FollowUpsQuery = {
	q: '',
	state: null,
	metric: null,
	year: null,
	basis: null,
	category: null,
	channelId: null,
	after: null,
	before: null
};

let database: TestDatabase;
let commerce: Actor;
let industry: Actor;
let elsewhere: Actor;
let mofcom: Actor;
let miit: Actor;
/** Of Jiangsu, and of Guangdong: a slip of unit in each. */
let slipped: SceneReport;
let faraway: SceneReport;
let usual: SceneReport;

async function official(kind: Actor['orgKind'], channelId: string | null, name: string, duty: Actor['duty'] = 'handler'): Promise<Actor> {
	const [known] = await database.adminSql<{ id: string }[]>`select id from organisation where kind = ${kind} and channel_id is not distinct from ${channelId}`;
	const office: Office = { orgId: String(known?.id), kind, channelId, enterpriseId: null };
	return seatPerson(database, office, name, duty);
}

/** A forwarded report that states revenue alone. */
async function stating(channelId: string, name: string, revenue: string): Promise<SceneReport> {
	const report = await buildReport(database, { channelId, name });
	await version(report, 1, revenue);
	return report;
}

async function version(report: SceneReport, no: number, revenue: string): Promise<void> {
	await database.adminSql`
		insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
			content_hash, forwarded_at)
		values (${report.reportId}, ${no}, '2026-1', '2026-1', now(), 's', 's', ${`asked-${report.reportId}-${no}`}, '{"explained":[]}',
			encode(sha256('{"explained":[]}'), 'hex'), now())`;
	await database.adminSql`
		insert into annual_figure (report_id, version_no, figure_year, basis, designation_id, revenue_wan)
		values (${report.reportId}, ${no}, 2026, 'forecast', ${report.designationId}, ${revenue})`;
}

const figuresOf = (...reports: readonly SceneReport[]): AskedFigures => ({
	category: 'manufacturing',
	year: 2026,
	basis: 'forecast',
	figures: reports.map(({ designationId }) => ({ designationId, metric: 'revenue' }))
});
const question = (text = '请说明营业收入的口径。') => ({ text, dueOn });
const letters = (template: string) =>
	database.adminSql<{ person_id: string; subject: string; text_body: string }[]>`
		select person_id, subject, text_body from mail where template = ${template} order by id`;
const caseOf = async (actor: Actor, name: string) => {
	const row = (await followUpsList(actor, { ...LIST, q: name }, now)).rows[0];
	if (!row) throw new Error(`no case of ${name}`);
	return row;
};
const done = { ok: true };

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2099-11-15',
		ministryDueOn: '2099-11-30',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2100-03-31'
	});
	commerce = await official('commerce', '320000', 'ask-commerce');
	industry = await official('industry', '320000', 'ask-industry');
	elsewhere = await official('commerce', '440000', 'ask-elsewhere');
	mofcom = await official('mofcom', null, 'ask-mofcom');
	miit = await official('miit', null, 'ask-miit', 'approver');
	for (let n = 0; n < 12; n += 1) await stating('110000', `寻常${n}`, String(50_000 + n * 3_000));
	usual = await stating('320000', '不偏离企业', '60000');
	slipped = await stating('320000', '错单位企业', '600000000');
	faraway = await stating('440000', '远方企业', '6.5');
	await seatPerson(
		database,
		{ orgId: slipped.filer.orgId, kind: 'enterprise', channelId: '320000', enterpriseId: slipped.enterpriseId },
		'ask-filer',
		'handler'
	);
});

describe('what is far outside', () => {
	test('is listed for the ministries with rule, n and score, the further out first; narrowed by channel it is held against the whole category', async () => {
		const found = await outlierCandidates(mofcom, CANDIDATES);
		expect(found.rows.map(({ enterpriseName, metric, followUp }) => [enterpriseName, metric, followUp])).toEqual([
			['远方企业', 'revenue', null],
			['错单位企业', 'revenue', null]
		]);
		expect(found.rows.every(({ inCategory }) => inCategory.scored && inCategory.far && inCategory.n === 15)).toBe(true);
		expect((await outlierCandidates(mofcom, { ...CANDIDATES, channelId: '440000' })).rows).toMatchObject([
			{ enterpriseName: '远方企业', inCategory: { n: 15 } }
		]);
		expect(await outlierCandidates(mofcom, { ...CANDIDATES, basis: 'final', year: null })).toMatchObject({ rows: [], total: 0, year: 2025 });
		expect((await outlierCandidates(mofcom, { ...CANDIDATES, category: 'it_outsourcing' })).rows).toEqual([]);
	});
});

describe('asked', () => {
	test('only of what is far, only by a ministry, only about what was looked at', async () => {
		expect(await askFollowUps(commerce, figuresOf(slipped), question())).toMatchObject({ refusal: { code: 'not_your_duty' } });
		expect(await askFollowUps({ ...mofcom, duty: 'reader' }, figuresOf(slipped), question())).toMatchObject({ refusal: { code: 'not_your_duty' } });
		expect(await askFollowUps(mofcom, figuresOf(slipped, usual), question())).toEqual({ ok: false, refusal: { code: 'not_outlying', count: 1 } });
		expect(await askFollowUps(mofcom, figuresOf(), question())).toMatchObject({ refusal: { code: 'invalid_input' } });
		expect(await askFollowUps(mofcom, figuresOf(slipped), { text: '', dueOn })).toMatchObject({ refusal: { fields: { question: 'missing' } } });
		expect(await askFollowUps(mofcom, figuresOf(slipped), { text: 'x', dueOn: today })).toMatchObject({ refusal: { code: 'date_out_of_range' } });
		expect((await followUpsList(mofcom, LIST, now)).total).toBe(0);
	});

	test('it is with the channels, each told by one letter without a value; enterprise, channel and ministries read it, others do not', async () => {
		expect(await askFollowUps(mofcom, figuresOf(slipped, faraway), question())).toEqual({ ok: true, count: 2 });
		const told = await letters('follow_up_question');
		expect(told.map(({ person_id }) => person_id).toSorted()).toEqual([commerce.personId, industry.personId, elsewhere.personId].toSorted());
		const toJiangsu = told.find(({ person_id }) => person_id === commerce.personId);
		expect(toJiangsu?.text_body).toContain('错单位企业');
		expect(toJiangsu?.text_body).toContain('请说明营业收入的口径。');
		expect(toJiangsu?.text_body).not.toContain('远方企业');
		expect(told.every(({ subject, text_body }) => !text_body.includes('600') && !subject.includes('企业1'))).toBe(true);

		const { id } = await caseOf(mofcom, '错单位企业');
		for (const actor of [mofcom, miit, commerce, industry, slipped.filer])
			expect((await followUpOf(actor, id, now))?.followUp, actor.orgKind).toMatchObject({
				state: 'asked',
				rule: 'modified-z-1',
				comparison: 'category',
				n: 15,
				value: '600000000',
				dueOn
			});
		for (const actor of [elsewhere, faraway.filer, usual.filer]) expect(await followUpOf(actor, id, now)).toBeNull();
		expect((await followUpsList(elsewhere, LIST, now)).rows.map(({ enterpriseName }) => enterpriseName)).toEqual(['远方企业']);
		expect((await channelHome(commerce, 2026)).counts.followUps).toBe(1);
		expect((await channelHome(elsewhere, 2026)).counts.followUps).toBe(1);
		expect(await followUpsWaiting(slipped.filer)).toEqual({ all: 1, count: 0, dueOn: null });
	});

	test('once: a second question about the same figure is refused whole, and the list says that it was asked', async () => {
		expect(await askFollowUps(miit, figuresOf(slipped), question())).toEqual({ ok: false, refusal: { code: 'not_outlying', count: 1 } });
		expect((await outlierCandidates(miit, CANDIDATES)).rows.map(({ followUp }) => followUp?.state)).toEqual(['asked', 'asked']);
		expect((await followUpsList(mofcom, LIST, now)).total).toBe(2);
	});
});

describe('the way of a question', () => {
	test('its channel passes it on; another channel cannot, nor answers a ministry for it', async () => {
		const { id } = await caseOf(mofcom, '错单位企业');
		expect(await passOnFollowUp(elsewhere, id, '')).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await passOnFollowUp(mofcom, id, '')).toMatchObject({ refusal: { code: 'not_your_duty' } });
		expect(await answerFollowUp(slipped.filer, id, '抢答')).toMatchObject({ refusal: { code: 'follow_up_held', state: 'asked' } });
		expect(await acceptFollowUp(mofcom, id, '')).toMatchObject({ refusal: { code: 'follow_up_held', state: 'asked' } });
		expect(await passOnFollowUp(commerce, id, '请财务部门核对')).toEqual(done);
		expect(await passOnFollowUp(industry, id, '')).toMatchObject({ refusal: { code: 'follow_up_held', state: 'passed_on' } });
		expect((await letters('follow_up_passed_on')).map(({ person_id }) => person_id)).toEqual(['person-ask-filer']);
		expect(await followUpsWaiting(slipped.filer)).toEqual({ all: 1, count: 1, dueOn });
		expect((await channelHome(commerce, 2026)).counts.followUps).toBe(0);
	});

	test('the enterprise answers; the ministries find it among their duties', async () => {
		const { id } = await caseOf(mofcom, '错单位企业');
		expect(await answerFollowUp(faraway.filer, id, '冒名')).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await answerFollowUp({ ...slipped.filer, duty: 'reader' }, id, 'x')).toMatchObject({ refusal: { code: 'not_your_duty' } });
		expect(await answerFollowUp(slipped.filer, id, '误按元填报，已申请更正。')).toEqual(done);
		expect(await letters('follow_up_answered')).toEqual([]);
		for (const ministry of [mofcom, miit]) expect((await ministryHome(ministry)).followUps).toBe(1);
		expect((await followUpsList(miit, { ...LIST, state: 'mine' }, now)).rows).toMatchObject([{ answer: '误按元填报，已申请更正。', daysLate: null }]);
	});

	test('asked again it is with the channel anew; what was said stays; the channel may answer itself, and either ministry accepts', async () => {
		const { id } = await caseOf(mofcom, '错单位企业');
		expect(await askFollowUpAgain(commerce, id, question())).toMatchObject({ refusal: { code: 'not_your_duty' } });
		expect(await askFollowUpAgain(mofcom, id, { text: '请说明更正后的数。', dueOn: addDays(today, 20) })).toEqual(done);
		expect(await caseOf(commerce, '错单位企业')).toMatchObject({ state: 'asked', round: 2, answer: null, question: '请说明更正后的数。' });
		expect(await answerFollowUp(industry, id, '已核实：应为 60,000 万元。')).toEqual(done);
		expect((await letters('follow_up_answered')).map(({ person_id }) => person_id)).toEqual(['person-ask-filer']);
		expect(await acceptFollowUp(miit, id, '同意')).toEqual(done);
		expect((await letters('follow_up_accepted')).map(({ person_id }) => person_id).toSorted()).toEqual(
			[commerce.personId, industry.personId, 'person-ask-filer'].toSorted()
		);
		const found = await followUpOf(commerce, id, now);
		expect(found?.moves).toEqual([]);
		expect(found?.followUp.entries.map(({ kind, round, by }) => `${round} ${kind} ${by}`)).toEqual([
			'1 question mofcom',
			'1 passed_on commerce',
			'1 answer enterprise',
			'2 question mofcom',
			'2 answer industry',
			'2 accepted miit'
		]);
		await expect(database.adminSql`update follow_up_entry set text = 'x'`).rejects.toMatchObject({ constraint_name: 'follow_up_entry_is_immutable' });
		const acts = await database.adminSql<{ act: string; article: string }[]>`select act, article from journal where object_kind = 'follow_up' order by at`;
		expect(new Set(acts.map(({ act }) => act))).toEqual(
			new Set(['ask-follow-ups', 'pass-on-follow-up', 'answer-follow-up', 'ask-follow-up-again', 'accept-follow-up'])
		);
		expect(new Set(acts.map(({ article }) => article))).toEqual(new Set(['system']));
	});

	test('a question that waits can be withdrawn with a reason, and asked again', async () => {
		const { id } = await caseOf(mofcom, '远方企业');
		expect(await withdrawFollowUp(mofcom, id, ' ')).toMatchObject({ refusal: { fields: { remark: 'missing' } } });
		expect(await withdrawFollowUp(mofcom, id, '渠道已电话说明')).toEqual(done);
		expect((await letters('follow_up_withdrawn')).map(({ person_id }) => person_id)).toEqual([elsewhere.personId]);
		expect((await followUpOf(miit, id, now))?.moves).toEqual(['askFollowUpAgain']);
		expect(await askFollowUpAgain(miit, id, question('仍请书面说明。'))).toEqual(done);
	});
});

describe('the answer stays with the figure', () => {
	test('where the report shows it, for ministries and channel and in a later report too; a correction is told beside it', async () => {
		for (const actor of [mofcom, commerce])
			expect(await followUpsAtReport(actor, slipped.reportId, now)).toMatchObject([{ metric: 'revenue', year: 2026, basis: 'forecast', state: 'accepted' }]);
		expect(await followUpsAtReport(elsewhere, slipped.reportId, now)).toEqual([]);
		expect(await followUpsAtReport(mofcom, usual.reportId, now)).toEqual([]);
		await openYear(database, 2027);
		const next = await oweReport(database, { designationId: slipped.designationId, year: 2027 });
		expect(await followUpsAtReport(mofcom, next, now)).toMatchObject([{ year: 2026, basis: 'forecast' }]);
		const { id } = await caseOf(mofcom, '错单位企业');
		expect((await followUpOf(mofcom, id, now))?.standing).toBe('same');
		await version(slipped, 2, '60000');
		expect((await followUpOf(mofcom, id, now))?.standing).toEqual({ value: '60000.00' });
		expect((await followUpOf(mofcom, id, now))?.followUp.value).toBe('600000000');
		expect((await outlierCandidates(mofcom, CANDIDATES)).rows.map(({ enterpriseName }) => enterpriseName)).toEqual(['远方企业']);
	});
});

describe('the list', () => {
	test('counts what waits, what is late and what stands how; the file holds what the list holds', async () => {
		const later = new Date(now.getTime() + 20 * 86_400_000);
		const found = await followUpsList(mofcom, LIST, later);
		expect(found).toMatchObject({ total: 2, overdue: 1, mine: 0, counts: { asked: 1, accepted: 1, answered: 0 } });
		expect((await followUpsList(mofcom, { ...LIST, state: 'overdue' }, later)).rows).toMatchObject([{ enterpriseName: '远方企业', daysLate: 6 }]);
		expect((await followUpsForExport(mofcom, LIST, later)).rows.map(({ id }) => id)).toEqual(found.rows.map(({ id }) => id));
	});

	test.each([
		['metric', { metric: 'employees' }, 0],
		['year', { year: 2026 }, 2],
		['basis', { basis: 'final' }, 0],
		['class', { category: 'manufacturing' }, 2],
		['channel', { channelId: '320000' }, 1],
		['a channel there is not is no filter', { channelId: 'nowhere' }, 2],
		['name by the one clause', { q: '远方' }, 1]
	] as const)('is filtered by %s', async (_, change, rows) => {
		expect((await followUpsList(mofcom, { ...LIST, ...(change as Partial<FollowUpsQuery>) }, now)).rows).toHaveLength(rows);
	});
});
