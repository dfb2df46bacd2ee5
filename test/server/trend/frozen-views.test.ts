/** Frozen views (非方案规定): kept as they were shown, read by the two ministries alone, with what has become of their figures since. */
import { beforeAll, describe, expect, test } from 'vitest';
import { day, dayInBeijing } from '#lib/domain/day.ts';
import type { FrozenDocument } from '#lib/domain/trend/frozen-document.ts';
import { NO_FILTER } from '#lib/domain/trend/trend-filter.ts';
import { commentOnView } from '#lib/server/acts/trend/comment-on-view.ts';
import { freezeView } from '#lib/server/acts/trend/freeze-view.ts';
import type { Actor } from '#lib/server/actor.ts';
import { frozenPicture, frozenView } from '#lib/server/reads/ministry/frozen-view.ts';
import { frozenViewsForExport, frozenViewsList, type FrozenViewsQuery } from '#lib/server/reads/ministry/frozen-views-list.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase, seatPerson, type Office } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear, type SceneReport } from '../../support/scene.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>示例</title></svg>';
const DOCUMENT: FrozenDocument = {
	layout: 1,
	title: '制造业类营业收入中位数 60,000 万元（预计）',
	address: '/ministry/cohort?year=2026&class=mfg',
	filters: [{ label: '类别', text: '制造业类' }],
	asOf: dayInBeijing(new Date()),
	parts: [
		{ heading: '按年度', notes: [], pictures: [{ svg: SVG, alt: '按年度', width: 340, height: 120 }], table: null },
		{
			heading: '分布',
			notes: ['n = 2'],
			pictures: [{ svg: SVG.replace('示例', '分布'), alt: '分布', width: 340, height: 120 }],
			table: { columns: [{ text: '年度', number: true }], rows: [['2026']] }
		}
	],
	reportYears: [2026],
	filter: { ...NO_FILTER, category: 'manufacturing' }
};

const LIST: FrozenViewsQuery = { q: '', by: null, page: null, after: null, before: null };

let database: TestDatabase;
let mofcom: Actor;
let miit: Actor;
let others: readonly Actor[];
let firm: SceneReport;

async function official(kind: 'mofcom' | 'miit', name: string): Promise<Actor> {
	const [known] = await database.adminSql<{ id: string }[]>`select id from organisation where kind = ${kind}`;
	const office: Office = { orgId: String(known?.id), kind, channelId: null, enterpriseId: null };
	return seatPerson(database, office, name, 'handler');
}

async function forward(report: SceneReport, no: number): Promise<void> {
	await database.adminSql`
		insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
			content_hash, forwarded_at)
		values (${report.reportId}, ${no}, '2026-1', '2026-1', now(), 's', 's', ${`frozen-${report.reportId}-${no}`}, '{"explained":[]}',
			encode(sha256('{"explained":[]}'), 'hex'), now())`;
}

async function freeze(document: FrozenDocument = DOCUMENT): Promise<string> {
	const done = await freezeView(mofcom, document);
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	return done.code;
}

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026);
	mofcom = await official('mofcom', 'freezer');
	miit = await official('miit', 'reader-of-it');
	firm = await buildReport(database, { channelId: '320000' });
	await forward(firm, 1);
	others = [
		firm.filer,
		await buildOfficial(database, 'commerce', '320000'),
		await buildOfficial(database, 'administration'),
		await buildOfficial(database, 'audit'),
		await buildOfficial(database, 'expert_pool')
	];
});

describe('a view', () => {
	test('is kept whole by a ministry, and read by both as it was; nobody else learns of it', async () => {
		const code = await freeze();
		for (const ministry of [mofcom, miit]) {
			const found = await frozenView(ministry, code);
			expect(found).toMatchObject({ document: DOCUMENT, by: 'mofcom', statuses: ['current'], comments: [], mayComment: true });
			expect(await frozenPicture(ministry, code, 2)).toContain('分布');
			expect(await frozenPicture(ministry, code, 3)).toBeNull();
		}
		expect((await frozenView({ ...miit, duty: 'reader' }, code))?.mayComment).toBe(false);
		for (const other of others) {
			expect(await frozenView(other, code), other.orgKind).toBeNull();
			expect(await frozenPicture(other, code, 1), other.orgKind).toBeNull();
			expect(await freezeView(other, DOCUMENT), other.orgKind).toMatchObject({ refusal: { code: 'not_found' } });
			expect(await commentOnView(other, code, 'x'), other.orgKind).toMatchObject({ refusal: { code: 'not_found' } });
		}
		expect(await frozenView(mofcom, 'zzzzzzzz')).toBeNull();
		await expect(database.adminSql`update frozen_view set title = 'x'`).rejects.toMatchObject({ constraint_name: 'frozen_view_is_immutable' });
		await expect(database.adminSql`delete from frozen_view`).rejects.toMatchObject({ constraint_name: 'frozen_view_is_immutable' });
	});

	test('that cannot be kept is refused by its field; a reader freezes nothing', async () => {
		expect(await freezeView(mofcom, { ...DOCUMENT, title: '' })).toMatchObject({ refusal: { fields: { title: 'missing' } } });
		expect(await freezeView({ ...mofcom, duty: 'reader' }, DOCUMENT)).toMatchObject({ refusal: { code: 'not_your_duty' } });
	});

	test('is put on record', async () => {
		const rows = await database.adminSql<{ act: string; article: string }[]>`select act, article from journal where object_kind = 'frozen_view'`;
		expect(rows).toContainEqual({ act: 'freeze-view', article: 'system' });
	});
});

describe('a comment', () => {
	test('is for the other ministry, which is told; it stays as it was written', async () => {
		const code = await freeze();
		expect(await commentOnView(mofcom, code, ' ')).toMatchObject({ refusal: { fields: { comment: 'missing' } } });
		expect(await commentOnView(mofcom, 'zzzzzzzz', 'x')).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await commentOnView(mofcom, code, '请核对江苏的数。')).toEqual({ ok: true });
		expect((await frozenView(miit, code))?.comments).toMatchObject([{ text: '请核对江苏的数。', by: 'mofcom' }]);
		const letters = await database.adminSql<{ person_id: string; text_body: string; subject: string }[]>`
			select person_id, text_body, subject from mail where template = 'frozen_view_comment'`;
		expect(letters.map(({ person_id }) => person_id)).toEqual([miit.personId]);
		expect(letters[0]?.text_body).toContain(`/s/${code}`);
		expect(letters[0]?.subject).not.toContain('60,000');
		await expect(database.adminSql`update frozen_view_comment set text = 'x'`).rejects.toMatchObject({
			constraint_name: 'frozen_view_comment_is_immutable'
		});
	});
});

describe('what has become of it', () => {
	test('reports forwarded since, and figures put right since, under its own filters alone; a past day stays as it was', async () => {
		const [code, elsewhere, itOnly, past] = [
			await freeze(),
			await freeze({ ...DOCUMENT, filter: { ...DOCUMENT.filter, channelId: '440000' } }),
			await freeze({ ...DOCUMENT, filter: { ...DOCUMENT.filter, category: 'it_outsourcing' } }),
			await freeze({ ...DOCUMENT, filter: { ...DOCUMENT.filter, asOf: day('2020-01-01') } })
		];
		const statusesOf = async (of: string) => (await frozenView(miit, of))?.statuses;
		for (const one of [code, elsewhere, itOnly, past]) expect(await statusesOf(one)).toEqual(['current']);
		const second = await buildReport(database, { channelId: '320000' });
		await forward(second, 1);
		expect(await statusesOf(code)).toEqual(['newer_reports']);
		await forward(firm, 2);
		expect(await statusesOf(code)).toEqual(['corrected_since', 'newer_reports']);
		for (const one of [elsewhere, itOnly, past]) expect(await statusesOf(one)).toEqual(['current']);
		// The living question answers the newest view with what is now.
		expect(await statusesOf(await freeze())).toEqual(['current']);
	});

	test('other rules than those of its day', async () => {
		const code = await freeze();
		await database.adminSql`insert into policy (version, valid_from_on, content) select 'another', '2030-01-01', content from policy limit 1`;
		await database.adminSql`update reporting_year set policy_version = 'another' where year = 2026`;
		expect((await frozenView(mofcom, code))?.statuses).toEqual(['rule_changed']);
	});
});

describe('the list', () => {
	test('has both ministries’ views, newest first, each with what has become of it: the same as its own page says', async () => {
		const { rows, total, all } = await frozenViewsList(miit, LIST);
		expect([total, all]).toEqual([rows.length, rows.length]);
		expect(rows.length).toBeGreaterThan(5);
		expect(rows.map(({ frozenAt }) => frozenAt.getTime())).toEqual(rows.map(({ frozenAt }) => frozenAt.getTime()).toSorted((a, b) => b - a));
		for (const row of rows) {
			const page = await frozenView(miit, row.code);
			expect(row, row.code).toMatchObject({ statuses: page?.statuses, title: page?.document.title, by: page?.by, comments: page?.comments.length });
		}
		// Each of the four is met, so that none agrees by being empty.
		expect(new Set(rows.flatMap(({ statuses }) => statuses))).toEqual(new Set(['rule_changed', 'corrected_since', 'newer_reports']));
		expect(rows.some(({ comments }) => comments === 1)).toBe(true);
		for (const other of others) expect(await frozenViewsList(other, LIST), other.orgKind).toMatchObject({ rows: [], total: 0, all: 0 });
	});

	test('is narrowed by words of the title, by code, ministry and page, and leaves whole', async () => {
		const { rows } = await frozenViewsList(mofcom, LIST);
		const code = rows[0]?.code ?? '';
		expect((await frozenViewsList(mofcom, { ...LIST, q: code.toUpperCase() })).rows.map((row) => row.code)).toEqual([code]);
		expect((await frozenViewsList(mofcom, { ...LIST, q: '营业收入' })).total).toBe(rows.length);
		expect(await frozenViewsList(mofcom, { ...LIST, q: '%' })).toMatchObject({ total: 0, all: rows.length });
		expect((await frozenViewsList(mofcom, { ...LIST, by: 'miit' })).rows).toEqual([]);
		expect((await frozenViewsList(mofcom, { ...LIST, page: 'cohort' })).total).toBe(rows.length);
		expect((await frozenViewsList(mofcom, { ...LIST, page: 'metric' })).total).toBe(0);
		expect(await frozenViewsForExport(mofcom, LIST)).toEqual({ rows, more: false });
	});

	test('turns its pages by keys: forward and back, nothing twice and nothing left out', async () => {
		await database.adminSql`
			insert into frozen_view (code, title, address, document, document_hash, rules, statements, frozen_at, by_kind, person_id, person_name)
			select translate(lpad(g::text, 8, '2'), '01', 'ab'), v.title, v.address, v.document, v.document_hash, v.rules, v.statements,
				'2026-01-01T00:00:00Z', 'miit', 'p', 'p'
			from generate_series(2000, 2069) g, (select * from frozen_view order by no limit 1) v`;
		const seen: string[] = [];
		let page = await frozenViewsList(mofcom, LIST);
		for (let turns = 0; turns < 5; turns += 1) {
			seen.push(...page.rows.map(({ code }) => code));
			if (page.next === null) break;
			page = await frozenViewsList(mofcom, { ...LIST, after: page.next });
		}
		expect(new Set(seen).size).toBe(seen.length);
		expect(seen.length).toBe(page.total);
		const back = await frozenViewsList(mofcom, { ...LIST, before: page.previous });
		expect(back.rows.map(({ code }) => code)).toEqual(seen.slice(0, back.rows.length));
	});
});
