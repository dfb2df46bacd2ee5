import { beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '#lib/domain/refusal.ts';
import { VIEWS_MOST } from '#lib/domain/saved-view.ts';
import { deleteView } from '#lib/server/acts/views/delete-view.ts';
import { renameView } from '#lib/server/acts/views/rename-view.ts';
import { TREND_METRICS } from '#lib/domain/trend/trend-metric.ts';
import { SaveViewForm } from '#lib/forms/saved-view.ts';
import { saveView } from '#lib/server/acts/views/save-view.ts';
import { setViewSharing } from '#lib/server/acts/views/set-view-sharing.ts';
import type { Actor } from '#lib/server/actor.ts';
import { savedViews } from '#lib/server/reads/person/saved-views.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial } from '../../support/scene.ts';

const LIST = '/channel/reports' as const;
const LATE = '?late=ent';

let database: TestDatabase;
let mine: Actor, colleague: Actor, reader: Actor, industry: Actor, elsewhere: Actor;
beforeAll(async () => {
	database = await applicationDatabase();
	mine = await buildOfficial(database, 'commerce', '320000', 'handler', '甲');
	colleague = await buildOfficial(database, 'commerce', '320000', 'approver', '乙');
	reader = await buildOfficial(database, 'commerce', '320000', 'reader', '丙');
	industry = await buildOfficial(database, 'industry', '320000', 'approver', '丁');
	elsewhere = await buildOfficial(database, 'commerce', '440000', 'approver', '戊');
	for (const { personId, personName } of [mine, colleague, reader, industry, elsewhere])
		await database.adminSql`insert into person (id, name, email) values (${personId}, ${personName}, ${`${encodeURIComponent(personId)}@example.invalid`})`;
});

const save = (actor: Actor, name: string, more: { shared?: boolean; query?: string } = {}) =>
	saveView(actor, { page: LIST, query: more.query ?? LATE, name, shared: more.shared ?? false });
const code = (decision: Decision<object>) => (decision.ok ? 'ok' : decision.refusal.code);
const names = async (actor: Actor) => (await savedViews(actor, LIST)).map(({ name }) => name);
async function idOf(actor: Actor, name: string): Promise<string> {
	const found = (await savedViews(actor, LIST)).find((view) => view.name === name);
	if (!found) throw new Error(`${actor.personName} has no view ${name}`);
	return found.id;
}

describe('who finds a view', () => {
	test('one’s own is one’s own; shared, the whole office has it and nobody else: not the other department, not the next province', async () => {
		expect(code(await save(mine, '逾期'))).toBe('ok');
		expect(await names(mine)).toEqual(['逾期']);
		for (const other of [colleague, reader, industry, elsewhere]) expect(await names(other), other.personName).toEqual([]);
		expect(code(await setViewSharing(mine, await idOf(mine, '逾期'), true))).toBe('ok');
		expect(await savedViews(colleague, LIST)).toMatchObject([{ name: '逾期', query: LATE, page: LIST, own: false, shared: true, by: '甲' }]);
		expect(await names(reader)).toEqual(['逾期']);
		for (const other of [industry, elsewhere]) expect(await names(other), other.personName).toEqual([]);
		expect(code(await setViewSharing(mine, await idOf(mine, '逾期'), false))).toBe('ok');
		expect(await names(colleague)).toEqual([]);
	});

	test('the same person in another office finds none of this one’s', async () => {
		const moved: Actor = { ...elsewhere, personId: mine.personId };
		expect(await names(moved)).toEqual([]);
		expect(code(await renameView(moved, await idOf(mine, '逾期'), '别处'))).toBe('not_found');
	});
});

describe('who changes one', () => {
	test('only whoever saved it names and shares it; for everybody else there is no such view', async () => {
		await save(mine, '待转报', { shared: true });
		const id = await idOf(mine, '待转报');
		for (const other of [colleague, industry, elsewhere]) {
			expect(code(await renameView(other, id, '改名')), other.personName).toBe('not_found');
			expect(code(await setViewSharing(other, id, false)), other.personName).toBe('not_found');
		}
		expect(code(await renameView(mine, id, '待我转报'))).toBe('ok');
		expect(await names(colleague)).toContain('待我转报');
	});

	test('a name is given once on a list; another list may use it', async () => {
		expect(code(await save(mine, '逾期'))).toBe('view_name_taken');
		expect(code(await renameView(mine, await idOf(mine, '待我转报'), '逾期'))).toBe('view_name_taken');
		expect(code(await saveView(mine, { page: '/channel/chase', query: '', name: '逾期', shared: false }))).toBe('ok');
		expect(code(await save(colleague, '逾期'))).toBe('ok');
		const twice = await Promise.all([save(mine, '同时'), save(mine, '同时')]);
		expect(twice.map(code).toSorted()).toEqual(['ok', 'view_name_taken']);
	});

	test('a reader keeps views of their own and shares none', async () => {
		expect(code(await save(reader, '自用'))).toBe('ok');
		expect(code(await save(reader, '共用', { shared: true }))).toBe('not_your_duty');
		expect(code(await setViewSharing(reader, await idOf(reader, '自用'), true))).toBe('not_your_duty');
		expect(await names(reader)).toEqual(['自用', '待我转报']);
	});

	test('one’s own is deleted by oneself; what is shared also by an approver of the office, who may be left with it', async () => {
		const id = await idOf(mine, '待我转报');
		for (const other of [reader, industry, elsewhere]) expect(code(await deleteView(other, id)), other.personName).toBe('not_found');
		expect(code(await deleteView(colleague, await idOf(mine, '逾期')))).toBe('not_found');
		expect(code(await deleteView(colleague, id))).toBe('ok');
		expect(await names(mine)).toEqual(['同时', '逾期']);
		expect(code(await deleteView(mine, await idOf(mine, '同时')))).toBe('ok');
		expect(code(await deleteView(mine, id))).toBe('not_found');
	});

	test('a list keeps no more than can be read', async () => {
		for (let index = 0; index < VIEWS_MOST; index += 1) expect(code(await save(industry, `视图 ${index}`))).toBe('ok');
		expect(code(await save(industry, '再一个'))).toBe('too_many_views');
	});
});

test('every act stands in the journal of the office, with what was before it', async () => {
	const entries = await database.adminSql<{ act: string; before: Record<string, unknown> | null; after: Record<string, unknown> | null }[]>`
		select act, before, after from journal where object_kind = 'saved_view' and org_id = ${mine.orgId} order by seq`;
	expect(entries[0]).toMatchObject({ act: 'save-view', after: { page: LIST, query: LATE, name: '逾期', shared: false } });
	expect(new Set(entries.map(({ act }) => act))).toEqual(new Set(['save-view', 'set-view-sharing', 'rename-view', 'delete-view']));
	expect(entries.find(({ act }) => act === 'rename-view')).toMatchObject({ before: { name: '待转报' }, after: { name: '待我转报' } });
	expect(entries.find(({ act }) => act === 'delete-view')?.before).toMatchObject({ name: '待我转报', shared: true });
});

test('the page of every metric keeps views, each its own', async () => {
	for (const { id } of TREND_METRICS) {
		const page = `/ministry/metrics/${id}`;
		const sent = SaveViewForm.safeParse({ page, query: '?of=2024&reach=below', name: '未达', shared: '' });
		expect(sent.success, id).toBe(true);
		expect(code(await saveView(mine, { page, query: '?of=2024&reach=below', name: '未达', shared: false })), id).toBe('ok');
		expect(await savedViews(mine, page), id).toMatchObject([{ name: '未达', query: '?of=2024&reach=below', page }]);
	}
	for (const page of ['/ministry/metrics', '/ministry/metrics/revenue/picture.svg', '/ministry/metrics/Revenue'])
		expect(SaveViewForm.safeParse({ page, query: '', name: 'x', shared: '' }).success, page).toBe(false);
});

test('the database takes no view without a name or of an address that is not ours', async () => {
	const insert = (page: string, query: string, name: string) => database.adminSql`
		insert into saved_view (org_id, person_id, person_name, page, query, name) values (${mine.orgId}, ${mine.personId}, '甲', ${page}, ${query}, ${name})`;
	await expect(insert('/audit', '', ' ')).rejects.toMatchObject({ constraint_name: 'saved_view_named' });
	await expect(insert('//elsewhere.invalid', '', '名')).rejects.toMatchObject({ constraint_name: 'saved_view_of_page' });
	await expect(insert('/audit', 'javascript:', '名')).rejects.toMatchObject({ constraint_name: 'saved_view_query_bound' });
});
