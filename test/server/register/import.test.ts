import { beforeAll, describe, expect, test } from 'vitest';
import { dayInBeijing } from '#lib/domain/day.ts';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { templateHeader } from '#lib/domain/register/cohort-columns.ts';
import { applyCohortImport } from '#lib/server/acts/register/apply-cohort-import.ts';
import { planCohortImport, type CohortPlan } from '#lib/server/acts/register/plan-cohort-import.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
import type { Actor } from '#lib/server/actor.ts';
import { workbookOf } from '../../support/archive.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';

let database: TestDatabase;
let handler: Actor;
let approver: Actor;
let nextCode = 910_000;

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026);
	handler = await buildOfficial(database, 'mofcom', null, 'handler');
	approver = await buildOfficial(database, 'miit', null, 'approver');
});

const code = () => syntheticCreditCode((nextCode += 1));
type Line = Partial<{
	name: string;
	code: string;
	category: string;
	channel: string;
	cohort: string;
	on: string;
	number: string;
	c1: string;
	p1: string;
	e1: string;
	c2: string;
	p2: string;
	e2: string;
}>;
const cells = (line: Line = {}) => {
	const full = {
		name: '合成装备有限公司',
		code: code(),
		category: '制造业类',
		channel: '江苏省',
		cohort: '2022',
		on: '2022-01-05',
		number: '2022年第1号',
		c1: '甲某',
		p1: '13800000001',
		e1: 'a@example.invalid',
		c2: '乙某',
		p2: '025-88880000',
		e2: '',
		...line
	};
	return [full.name, full.code, full.category, full.channel, full.cohort, full.on, full.number, full.c1, full.p1, full.e1, full.c2, full.p2, full.e2];
};
const list = (...lines: readonly Line[]) => workbookOf([templateHeader(), ...lines.map(cells)]);
const planned = async (bytes: Buffer, actor = handler) => {
	const done = await planCohortImport(actor, { name: '名单.xlsx', bytes });
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	const [row] = await database.adminSql<
		{ rows: CohortPlan; counts: Record<string, number> }[]
	>`select rows, counts from cohort_import where id = ${done.importId}`;
	if (!row) throw new Error('nothing was stored');
	return { importId: done.importId, ...row };
};
const apply = async (bytes: Buffer, corrections = false) => applyCohortImport(approver, (await planned(bytes)).importId, { corrections, hidden: false });
const firm = async (creditCode: string) => {
	const [row] = await database.adminSql<
		{ id: string; name: string; channel_id: string; organisations: number; designations: number; contacts: string[]; reports: number[]; events: string[] }[]
	>`
		select e.id, e.name, e.channel_id, (select count(*)::int from organisation o where o.enterprise_id = e.id and o.kind = 'enterprise') as organisations,
			(select count(*)::int from designation d where d.enterprise_id = e.id) as designations,
			array(select c.name || ' ' || coalesce(c.phone, '-') || ' ' || coalesce(c.email, '-') from enterprise_contact c where c.enterprise_id = e.id
				order by c.place) as contacts,
			array(select r.year from annual_report r where r.enterprise_id = e.id order by r.id) as reports,
			array(select v.kind from enterprise_event v where v.enterprise_id = e.id order by v.id) as events
		from enterprise e where e.credit_code = ${creditCode}`;
	return row;
};
const counted = async () => {
	const [row] = await database.adminSql<{ all: string }[]>`
		select concat_ws('/', (select count(*) from enterprise), (select count(*) from designation), (select count(*) from organisation), (select count(*)
			from enterprise_contact),
			(select count(*) from enterprise_event), (select count(*) from annual_report), (select coalesce(sum(row_version), 0) from enterprise)) as all`;
	return row?.all;
};

describe('方案第十条: the published list enters the register', () => {
	test('a dry run changes nothing but is kept; applying creates enterprise, organisation, designation, contacts, event and the reports owed', async () => {
		const [one, two] = [code(), code()];
		const bytes = list(
			{ code: one },
			{ code: one, category: '信息技术外包类' },
			{ code: two, name: '合成软件有限公司', channel: '440000', cohort: '2026', on: '2026-01-05' }
		);
		const before = await counted();
		const dry = await planned(bytes);
		expect(dry.counts).toEqual({ new: 3, changed: 0, same: 0, refused: 0, doubtful: 0, ignored: 0, usable: true });
		expect(await counted()).toBe(before);

		expect(await applyCohortImport(approver, dry.importId, { corrections: false, hidden: false })).toEqual({
			ok: true,
			enterprises: 2,
			designations: 3,
			changed: 0,
			same: 0,
			left: 0,
			notTaken: 0,
			owed: 2
		});
		expect(await firm(one)).toMatchObject({
			name: '合成装备有限公司',
			channel_id: '320000',
			organisations: 1,
			designations: 2,
			contacts: ['甲某 13800000001 a@example.invalid', '乙某 02588880000 -'],
			reports: [2026, 2026],
			events: ['designated', 'designated']
		});
		// 自确定次年起: designated in 2026, nothing is owed for 2026.
		expect(await firm(two)).toMatchObject({ channel_id: '440000', reports: [] });
		const journal = await database.adminSql<
			{ act: string; n: number }[]
		>`select act, count(*)::int as n from journal where act like '%cohort-import' group by act order by act`;
		expect(journal).toEqual([
			{ act: 'apply-cohort-import', n: 4 },
			{ act: 'plan-cohort-import', n: 1 }
		]);
	});

	test('the same file twice changes nothing, and a list is applied once', async () => {
		const bytes = list({}, { name: '合成物联有限公司' });
		const first = await planned(bytes);
		expect((await applyCohortImport(approver, first.importId, { corrections: false, hidden: false })).ok).toBe(true);
		const before = await counted();
		const second = await planned(bytes);
		expect(second.counts).toEqual({ new: 0, changed: 0, same: 2, refused: 0, doubtful: 0, ignored: 0, usable: false });
		expect(await applyCohortImport(approver, second.importId, { corrections: true, hidden: false })).toMatchObject({
			ok: true,
			enterprises: 0,
			designations: 0,
			changed: 0,
			same: 2,
			owed: 0
		});
		expect(await applyCohortImport(approver, first.importId, { corrections: false, hidden: false })).toEqual({ ok: false, refusal: { code: 'already_done' } });
		expect(await counted()).toBe(before);
	});

	test('a refused row holds nothing up: each refusal stands at its cell with the name of its enterprise, and the others are applied', async () => {
		const good = code();
		const dry = await planned(
			list({ name: '合成不明有限公司', channel: '江苏州' }, { number: '' }, { p1: '', e1: '' }, { code: '9.11E+17' }, { code: good, name: '合成可导有限公司' })
		);
		expect(
			dry.rows.rows.map((row) => (row.outcome === 'refused' ? row.cells.map((cell) => `${row.row} ${cell.column} ${cell.code}`) : row.outcome)).flat()
		).toEqual(['2 channel channel_unknown', '3 announcementNumber missing', '4 contact1Phone missing', '5 creditCode code_excel_scientific', 'new']);
		expect(dry.rows.rows[0]).toMatchObject({ name: '合成不明有限公司' });
		expect(dry.rows.rows[3]).toMatchObject({ name: '合成装备有限公司', code: '9.11E+17' });
		expect(await applyCohortImport(approver, dry.importId, { corrections: false, hidden: false })).toMatchObject({ ok: true, designations: 1, notTaken: 4 });
		expect(await firm(good)).toMatchObject({ name: '合成可导有限公司', designations: 1 });
	});

	test('a list of refused rows alone is not applied, and is nobody’s to-do', async () => {
		const before = await counted();
		const dry = await planned(list({ channel: '江苏州' }));
		expect(dry.counts).toMatchObject({ refused: 1, usable: false });
		expect((await ministryHome(approver)).importsOpen.map(({ id }) => id)).not.toContain(dry.importId);
		const other = await planned(list({}));
		expect((await ministryHome(approver)).importsOpen.map(({ id }) => id)).toContain(other.importId);
		expect(await applyCohortImport(approver, dry.importId, { corrections: false, hidden: false })).toEqual({
			ok: false,
			refusal: { code: 'rows_refused', count: 1 }
		});
		expect(await counted()).toBe(before);
	});

	test('refused when the register changed since the dry run', async () => {
		const known = code();
		const line = { code: known };
		const stale = await planned(list(line, { name: '合成传感有限公司' }));
		expect((await apply(list(line))).ok).toBe(true);
		const before = await counted();
		expect(await applyCohortImport(approver, stale.importId, { corrections: false, hidden: false })).toEqual({
			ok: false,
			refusal: { code: 'preview_outdated' }
		});
		expect(await counted()).toBe(before);
	});

	test('two lists at once: the second waits and is refused, nothing is half done', async () => {
		const line = { code: code() };
		const [a, b] = [await planned(list(line)), await planned(list(line))];
		const done = await Promise.all([
			applyCohortImport(approver, a.importId, { corrections: false, hidden: false }),
			applyCohortImport(approver, b.importId, { corrections: false, hidden: false })
		]);
		expect(done.map((one) => (one.ok ? 'ok' : one.refusal.code)).sort()).toEqual(['ok', 'preview_outdated']);
		expect(await firm(line.code)).toMatchObject({ designations: 1, reports: [2026] });
	});

	test('contacts are completed; a name or channel that differs is left, unless it is said to be a correction', async () => {
		const known = code();
		await apply(list({ code: known, name: '合成旧名有限公司' }));
		const other = list({ code: known, name: '合成新名有限公司', channel: '浙江', p1: '13900000009' });
		expect(await apply(other)).toMatchObject({ ok: true, changed: 1, left: 1 });
		expect(await firm(known)).toMatchObject({
			name: '合成旧名有限公司',
			channel_id: '320000',
			contacts: ['甲某 13900000009 a@example.invalid', '乙某 02588880000 -']
		});
		expect(await apply(other, true)).toMatchObject({ ok: true, changed: 1, left: 0 });
		const after = await firm(known);
		expect(after).toMatchObject({ name: '合成新名有限公司', channel_id: '330000' });
		const [report] = await database.adminSql<
			{ enterprise_name: string; channel_id: string }[]
		>`select enterprise_name, channel_id from annual_report where enterprise_id = ${after?.id ?? ''} and year = 2026`;
		expect(report).toEqual({ enterprise_name: '合成新名有限公司', channel_id: '330000' });
	});

	test('a further category of a known enterprise under another name says so and leaves the name', async () => {
		const known = code();
		await apply(list({ code: known, name: '合成甲有限公司' }));
		const dry = await planned(list({ code: known, name: '合成乙有限公司', category: 'ITO' }));
		expect(dry.rows.rows[0]).toMatchObject({ outcome: 'new', corrections: [{ field: 'name', from: '合成甲有限公司', to: '合成乙有限公司' }] });
		expect(await applyCohortImport(approver, dry.importId, { corrections: false, hidden: false })).toMatchObject({ ok: true, designations: 1, left: 1 });
		expect(await firm(known)).toMatchObject({ name: '合成甲有限公司', designations: 2 });
	});

	test('a handler prepares, an approver applies; a reader and a province do neither', async () => {
		const dry = await planned(list({}));
		expect(await applyCohortImport(handler, dry.importId, { corrections: false, hidden: false })).toEqual({
			ok: false,
			refusal: { code: 'not_your_duty', needed: ['approver'] }
		});
		const reader = await buildOfficial(database, 'mofcom', null, 'reader');
		expect(await planCohortImport(reader, { name: 'x', bytes: list({}) })).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
		const province = await buildOfficial(database, 'commerce', '320000');
		expect(await planCohortImport(province, { name: 'x', bytes: list({}) })).toEqual({ ok: false, refusal: { code: 'not_found' } });
		expect(await applyCohortImport(province, dry.importId, { corrections: false, hidden: false })).toEqual({ ok: false, refusal: { code: 'not_found' } });
	});

	test('方案第十一条: the announcement is compared with the cohort, and asked about; the first report follows the announcement', async () => {
		const [early, later, same] = [code(), code(), code()];
		const bytes = list({ code: early, cohort: '2025', on: '2026-01-05' }, { code: later, cohort: '2021', on: '2022-06-15' }, { code: same });
		const dry = await planned(bytes);
		const before = await counted();
		expect(await applyCohortImport(approver, dry.importId, { corrections: false, hidden: false })).toEqual({
			ok: false,
			refusal: { code: 'announcement_unconfirmed', count: 2 }
		});
		expect(await counted()).toBe(before);
		expect(await applyCohortImport(approver, dry.importId, { corrections: false, hidden: false, announcements: true })).toMatchObject({
			ok: true,
			designations: 3,
			owed: 2
		});
		// Of the cohort 2025, announced in January 2026: nothing is owed for 2026.
		expect((await firm(early))?.reports).toEqual([]);
		expect((await firm(later))?.reports).toEqual([2026]);
		// What is owed in a year that has begun is owed since the day it was known.
		const [owed] = await database.adminSql<{ owed: string | null }[]>`
			select owed_on::text as owed from annual_report r join enterprise e on e.id = r.enterprise_id where e.credit_code = ${later}`;
		expect(owed?.owed).toBe(dayInBeijing(new Date()));
	});

	test('another announcement date is a correction; the open year is left to both ministries', async () => {
		const known = code();
		await apply(list({ code: known, cohort: '2025', on: '2025-06-18' }));
		const dry = await planned(list({ code: known, cohort: '2025', on: '2026-01-05' }));
		expect(dry.rows.rows[0]?.corrections).toEqual([{ field: 'announcedOn', from: '2025-06-18', to: '2026-01-05' }]);
		expect(await applyCohortImport(approver, dry.importId, { corrections: true, hidden: false, announcements: true })).toMatchObject({
			ok: true,
			changed: 1,
			owed: 0
		});
		const [state] = await database.adminSql`
			select d.announced_on::text as announced, r.state from designation d join enterprise e on e.id = d.enterprise_id
			join annual_report r on r.designation_id = d.id where e.credit_code = ${known}`;
		expect(state).toEqual({ announced: '2026-01-05', state: 'not_started' });
	});

	test('a file that is no list says why', async () => {
		expect(await planCohortImport(handler, { name: 'x.xlsx', bytes: Buffer.alloc(0) })).toEqual({
			ok: false,
			refusal: { code: 'invalid_input', fields: { file: 'file_empty' } }
		});
		expect(await planCohortImport(handler, { name: 'x.csv', bytes: Buffer.from('企业名称,类别\n甲,制造业类\n') })).toEqual({
			ok: false,
			refusal: { code: 'invalid_input', fields: { missing: 'creditCode,channel,cohortYear' } }
		});
	});

	test('a thousand enterprises at once', async () => {
		const dry = await planned(list(...Array.from({ length: 1_000 }, (_, n) => ({ name: `合成企业${n}有限公司` }))));
		expect(await applyCohortImport(approver, dry.importId, { corrections: false, hidden: false })).toMatchObject({
			ok: true,
			enterprises: 1_000,
			designations: 1_000,
			owed: 1_000
		});
	});
});
