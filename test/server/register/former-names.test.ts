import { beforeAll, expect, test } from 'vitest';
import { recordEnterpriseEvent } from '#lib/server/acts/register/record-enterprise-event.ts';
import type { Actor } from '#lib/server/actor.ts';
import { channelEnterprises } from '#lib/server/reads/channel/channel-enterprises.ts';
import { ministryEnterprises } from '#lib/server/reads/ministry/ministry-enterprises.ts';
import { findOffices } from '#lib/server/reads/office/people.ts';
import { publicRegister } from '#lib/server/reads/public/public-register.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear } from '../../support/scene.ts';

/** 方案第十一条: a year's report keeps the name of its day, so people look for both names. */
let database: TestDatabase;
let miit: Actor;
let province: Actor;
let enterprise: { id: string; code: string; old: string };
const NEW_NAME = '合成更名后装备有限公司';

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026);
	miit = await buildOfficial(database, 'miit');
	province = await buildOfficial(database, 'commerce', '320000');
	const report = await buildReport(database, { channelId: '320000' });
	const [row] = await database.adminSql<{ id: string; credit_code: string; name: string; row_version: number }[]>`
		select e.id, e.credit_code, e.name, e.row_version from enterprise e join annual_report r on r.enterprise_id = e.id where r.id = ${report.reportId}`;
	if (!row) throw new Error('no enterprise');
	enterprise = { id: row.id, code: row.credit_code, old: row.name };
	const done = await recordEnterpriseEvent(miit, row.id, {
		kind: 'renamed',
		effectiveOn: '2026-03-01',
		name: NEW_NAME,
		channelId: '',
		note: '工商变更',
		rowVersion: row.row_version
	});
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
});

const register = { cohort: null, category: null, channelId: null, status: null, after: null };

test('old and new name find it on every list of the register, and the list knows the former name', async () => {
	for (const q of [enterprise.old, NEW_NAME]) {
		const [ministry, channel, everybody] = await Promise.all([
			ministryEnterprises(miit, { ...register, q }),
			channelEnterprises(province, { q, category: null, status: null, after: null }),
			publicRegister({ ...register, q })
		]);
		for (const { rows } of [ministry, channel, everybody])
			expect([q, rows.map((row) => [row.name, row.formerNames])]).toEqual([q, [[NEW_NAME, [enterprise.old]]]]);
	}
});

test('the code finds it however it is set apart', async () => {
	const { code } = enterprise;
	for (const q of [
		`${code.slice(0, 8)} ${code.slice(8)}`,
		`${code.slice(0, 8)}-${code.slice(8)}`,
		`'${code}`,
		`“${code}”`,
		`${code.slice(0, 5)}\u200b${code.slice(5)}`
	])
		expect([q, (await ministryEnterprises(miit, { ...register, q })).rows.map((row) => row.creditCode)]).toEqual([q, [code]]);
});

test('an office finds the people of an enterprise by the name it had', async () => {
	const { offices } = await findOffices(province, { question: enterprise.old, kind: null, after: null }, 'zh-CN');
	expect(offices).toHaveLength(1);
});
