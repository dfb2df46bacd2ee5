/** The search box finds enterprises, reports, pages and help: each office its own, however it is asked. */
import { beforeAll, describe, expect, test } from 'vitest';
import { recordEnterpriseEvent } from '#lib/server/acts/register/record-enterprise-event.ts';
import type { Actor } from '#lib/server/actor.ts';
import { searchResults, type FoundGroup } from '#lib/server/pages/search-results.ts';
import { NAMED_AT_MOST, search } from '#lib/server/reads/person/search.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildGroup, buildOfficial, buildReport, openYear, oweReport, type SceneReport } from '../../support/scene.ts';

let database: TestDatabase;
let offices: Readonly<Record<string, Actor>>;
let firms: { a: SceneReport; b: SceneReport; far: SceneReport; ofGroup: SceneReport };
const names = new Map<string, { id: string; name: string; code: string }>();

beforeAll(async () => {
	overwriteGetLocale(() => 'zh-CN');
	database = await applicationDatabase();
	await openYear(database, 2025);
	await openYear(database, 2026);
	const group = await buildGroup(database, 'g91');
	offices = {
		commerce: await buildOfficial(database, 'commerce', '320000'),
		industry: await buildOfficial(database, 'industry', '320000'),
		farCommerce: await buildOfficial(database, 'commerce', '440000'),
		group: await buildOfficial(database, 'group', group),
		mofcom: await buildOfficial(database, 'mofcom'),
		miit: await buildOfficial(database, 'miit'),
		experts: await buildOfficial(database, 'expert_pool'),
		administration: await buildOfficial(database, 'administration'),
		audit: await buildOfficial(database, 'audit')
	};
	firms = {
		a: await buildReport(database, { channelId: '320000' }),
		b: await buildReport(database, { channelId: '320000' }),
		far: await buildReport(database, { channelId: '440000' }),
		ofGroup: await buildReport(database, { channelId: group })
	};
	for (const [key, firm] of Object.entries(firms)) {
		const [row] = await database.adminSql<{ id: string; name: string; credit_code: string }[]>`
			select e.id, e.name, e.credit_code from enterprise e join annual_report r on r.enterprise_id = e.id where r.id = ${firm.reportId}`;
		if (!row) throw new Error('no enterprise');
		names.set(key, { id: row.id, name: row.name, code: row.credit_code });
	}
	await oweReport(database, { designationId: firms.a.designationId, year: 2025 });
});

const named = (key: string) => names.get(key) ?? { id: '', name: '', code: '' };
const office = (name: string): Actor => {
	const actor = offices[name];
	if (!actor) throw new Error(name);
	return actor;
};
const itemsOf = (groups: readonly FoundGroup[] | null, kind: FoundGroup['kind']) => groups?.find((group) => group.kind === kind)?.items ?? [];

/** Who sees which of the four. */
const SEES: Readonly<Record<string, readonly string[]>> = {
	commerce: ['a', 'b'],
	industry: ['a', 'b'],
	farCommerce: ['far'],
	group: ['ofGroup'],
	mofcom: ['a', 'b', 'far', 'ofGroup'],
	miit: ['a', 'b', 'far', 'ofGroup'],
	experts: [],
	administration: [],
	audit: []
};

describe('every office finds its own and nothing else', () => {
	test.each(Object.keys(SEES))('%s', async (who) => {
		for (const [key, { id, name, code }] of names) {
			const sees = SEES[who]?.includes(key) === true;
			for (const typed of [name, code, code.slice(0, 12), `${code.slice(0, 8)} ${code.slice(8)}`])
				expect([typed, (await search(office(who), typed)).enterprises.some((found) => found.id === id)]).toEqual([typed, sees]);
			const report = firms[key as keyof typeof firms].reportId;
			expect((await search(office(who), `${name} 2026`)).reports.some((found) => found.id === report)).toBe(sees);
		}
	});
	test('an enterprise finds the reports of its own, by year or name, and no other', async () => {
		const owner = firms.a.filer;
		expect((await search(owner, '2025')).reports.map(({ year }) => year)).toEqual([2025]);
		expect((await search(owner, named('a').name)).reports.map(({ year }) => year)).toEqual([2026, 2025]);
		for (const key of ['b', 'far', 'ofGroup']) expect(await search(owner, `${named(key).name} 2026`)).toEqual({ enterprises: [], reports: [] });
		expect((await search(owner, named('b').code)).enterprises).toEqual([]);
	});
});

test('a former name finds it, and the answer leads to the page of that office', async () => {
	const { id, name, code } = named('b');
	const [row] = await database.adminSql<{ row_version: number }[]>`select row_version from enterprise where id = ${id}`;
	const event = {
		kind: 'renamed',
		effectiveOn: '2026-03-01',
		name: '合成改称机电有限公司',
		channelId: '',
		note: '工商变更',
		rowVersion: row?.row_version ?? 0
	} as const;
	expect((await recordEnterpriseEvent(office('miit'), id, event)).ok).toBe(true);
	const groups = await searchResults(office('commerce'), name);
	expect(itemsOf(groups, 'enterprise')).toEqual([{ href: `/channel/enterprises/${id}`, label: '合成改称机电有限公司', note: `${code} · 原名 ${name}` }]);
	expect(itemsOf(await searchResults(office('mofcom'), '合成改称'), 'enterprise')[0]?.href).toBe(`/ministry/enterprises/${id}`);
	expect(itemsOf(await searchResults(office('mofcom'), '合成改称机电 2026年'), 'report')).toMatchObject([{ href: `/ministry/reports/${firms.b.reportId}` }]);
	expect(itemsOf(await searchResults(firms.a.filer, '2025'), 'report')).toMatchObject([{ href: '/enterprise/reports/2025' }]);
});

test('pages are those of the office, and help is everybody’s', async () => {
	expect(itemsOf(await searchResults(office('commerce'), '催报'), 'screen').map(({ href }) => href)).toEqual(['/channel/chase']);
	expect(itemsOf(await searchResults(office('experts'), '催报'), 'screen')).toEqual([]);
	for (const who of Object.keys(SEES)) {
		const help = itemsOf(await searchResults(office(who), '第十一条'), 'help');
		expect(help.map(({ href }) => href)).toContain('/guide#article-11');
	}
	expect(itemsOf(await searchResults(office('audit'), '报送时间'), 'help')[0]?.href).toBe('/guide#when');
});

test('it is bounded: few of each kind, and one person has few on their way', async () => {
	for (let more = 0; more < NAMED_AT_MOST + 2; more += 1) await buildReport(database, { channelId: '320000' });
	const { enterprises, reports } = await search(office('mofcom'), '示例企业 2026');
	expect([enterprises.length, reports.length]).toEqual([NAMED_AT_MOST, NAMED_AT_MOST]);
	const many = await Promise.all(Array.from({ length: 8 }, () => searchResults(office('commerce'), '示例企业')));
	expect(many.filter((groups) => groups === null)).toHaveLength(5);
	expect(await searchResults(office('commerce'), '示例企业')).not.toBeNull();
	for (const typed of ['', ' ', '-', '"“”', '2026']) expect(await search(office('mofcom'), typed)).toEqual({ enterprises: [], reports: [] });
});
