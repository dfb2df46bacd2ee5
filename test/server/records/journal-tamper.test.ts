import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { verifyJournal } from '#db/audit-verify.ts';
import { revealContact } from '#lib/server/acts/chase/reveal-contact.ts';
import { writeJournal } from '#lib/server/journal.ts';
import type { Door } from '#lib/server/db/door.ts';
import { buildActor, testDatabase, type TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear } from '../../support/scene.ts';

const ORG = '7';

/** Six entries of one organisation, with everything that is hard to write the same way twice. */
async function writeChain(door: Door, orgId = ORG): Promise<void> {
	for (let n = 1; n <= 6; n += 1) {
		await door.asActor(buildActor({ orgId, personName: '王"经办"\\\t末', requestId: `r-${n}` }), (db) =>
			writeJournal(db, {
				act: 'submit-annual-report',
				objectKind: 'annual_report',
				objectId: String(n),
				article: n % 2 === 0 ? '11' : null,
				before: n === 1 ? null : { z: n, aa: null, b: [1.5, '𠮷', { 长: 'ü\u2028\u007f' }], big: 12345678901234 },
				after: { text: '行\n行\r\u0001"\\/', empty: {}, list: [] }
			})
		);
	}
}

async function chainedDatabase(): Promise<TestDatabase> {
	const database = await testDatabase();
	await writeChain(database.openDoor());
	return database;
}

/** As somebody with the superuser's power would: past triggers, straight into the rows. */
async function tamper({ adminSql }: TestDatabase, statement: string): Promise<void> {
	await adminSql.begin(async (tx) => {
		await tx`select set_config('app.system_reason', 'tamper', true)`;
		await tx`set local session_replication_role = replica`;
		await tx.unsafe(statement);
	});
}
const broken = async ({ url }: TestDatabase) =>
	(await verifyJournal(url)).filter((chain) => chain.brokenSeq !== null).map(({ orgId, brokenSeq, reason }) => ({ orgId, brokenSeq, reason }));

test('a whole journal verifies, hash by hash, whatever stands in it and wherever the session is', async () => {
	const database = await chainedDatabase();
	await database.adminSql.unsafe(`do $$ begin execute format('alter database %I set timezone = %L', current_database(), 'America/New_York'); end $$`);
	const verdicts = await verifyJournal(database.url);
	expect(verdicts.find(({ orgId }) => orgId === ORG)).toMatchObject({ entries: 6, brokenSeq: null, reason: null });
	expect(await broken(database)).toEqual([]);
	expect(await database.adminSql`select * from journal_verify() where broken_seq is not null`).toHaveLength(0);
});

const CHANGES: readonly [string, string][] = [
	['at', "at = at + interval '1 microsecond'"],
	['person_id', "person_id = 'somebody-else'"],
	['person_id emptied', 'person_id = null'],
	['person_name', "person_name = person_name || ' '"],
	['address', "address = '127.0.0.2'"],
	['request_id', "request_id = 'r-x'"],
	['act', "act = 'withdraw-annual-report'"],
	['object_kind', "object_kind = 'enterprise'"],
	['object_id', "object_id = '99'"],
	['article', "article = '13'"],
	['before', `before = jsonb_set(before, '{z}', '5')`],
	['before, a number written differently', `before = jsonb_set(before, '{b,0}', '1.50')`],
	['after', `after = after || '{"list": [1]}'`],
	['hash', "hash = sha256('forged')"],
	['prev_hash', "prev_hash = sha256('forged')"]
];

test.each(CHANGES)('a changed %s is found at its entry, by the tool and on the auditor’s page', async (_, change) => {
	const database = await chainedDatabase();
	await tamper(database, `update journal set ${change} where org_id = ${ORG} and seq = 4`);
	expect(await broken(database)).toMatchObject([{ orgId: ORG, brokenSeq: '4' }]);
	expect(await database.adminSql`select org_id::text as org, broken_seq::text as seq from journal_verify() where broken_seq is not null`).toEqual([
		{ org: ORG, seq: '4' }
	]);
});

const SURGERY: readonly [string, string, object][] = [
	['an entry taken out', `delete from journal where org_id = ${ORG} and seq = 3`, { brokenSeq: '3', reason: 'gap' }],
	['the first entry taken out', `delete from journal where org_id = ${ORG} and seq = 1`, { brokenSeq: '1', reason: 'gap' }],
	['the last entry taken out', `delete from journal where org_id = ${ORG} and seq = 6`, { brokenSeq: '6', reason: 'end' }],
	['the whole chain taken out', `delete from journal where org_id = ${ORG}`, { brokenSeq: '1', reason: 'end' }],
	['the head taken out', `delete from journal_head where org_id = ${ORG}`, { brokenSeq: '1', reason: 'head_missing' }],
	['the head rewritten', `update journal_head set hash = sha256('forged') where org_id = ${ORG}`, { brokenSeq: '6', reason: 'end' }],
	[
		'an entry changed and hashed anew',
		`update journal j set act = 'nothing' where org_id = ${ORG} and seq = 2; update journal j set hash = journal_hash(j) where org_id = ${ORG} and seq = 2`,
		{ brokenSeq: '3', reason: 'link' }
	],
	['an entry moved to another chain', `update journal set org_id = 8 where org_id = ${ORG} and seq = 6`, { brokenSeq: '6', reason: 'end' }]
];

test.each(SURGERY)('%s is found', async (_, statement, found) => {
	const database = await chainedDatabase();
	await tamper(database, statement);
	expect((await broken(database)).find(({ orgId }) => orgId === ORG)).toMatchObject(found);
	expect((await database.adminSql`select org_id from journal_verify() where broken_seq is not null`).length).toBeGreaterThan(0);
});

test('the tool does not trust the database’s own functions, and says so with its exit code', async () => {
	const database = await chainedDatabase();
	const tool = fileURLToPath(new URL('../../../db/audit-verify.ts', import.meta.url));
	const run = () => promisify(execFile)(process.execPath, [tool], { env: { ...process.env, DATABASE_URL: database.url, MIGRATE_DATABASE_URL: '' } });
	expect((await run()).stdout).toMatch(/organisation 7: 6 entries, whole, ends with [0-9a-f]{64}/);
	await tamper(
		database,
		`update journal set act = 'nothing' where org_id = ${ORG} and seq = 5;
		create or replace function journal_hash(j journal) returns bytea language sql stable as 'select j.hash'`
	);
	expect(
		await database.adminSql`select org_id from journal_verify() where broken_seq is not null`,
		'the replaced function agrees with everything'
	).toHaveLength(0);
	await expect(run()).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('organisation 7: BROKEN at entry 5 (content)') as string });
	const nobody = promisify(execFile)(process.execPath, [tool], {
		env: { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none', MIGRATE_DATABASE_URL: '' }
	});
	await expect(nobody).rejects.toMatchObject({ code: 2 });
});

test('nothing in the application can change, remove or forge an entry', async () => {
	const database = await chainedDatabase();
	const door = database.openDoor();
	for (const statement of [
		'update journal set act = act',
		'delete from journal',
		'truncate journal',
		`insert into journal (org_id, seq, at, act, object_kind, object_id, prev_hash, hash) values (${ORG}, 7, now(), 'x', 'x', 'x', '', '')`,
		'update journal_head set seq = 0',
		'delete from journal_head'
	]) {
		await expect(
			door.asSystem('try', ({ sql }) => sql.unsafe(statement)),
			statement
		).rejects.toThrow(/permission denied/);
	}
	// Even the owner is stopped, as long as the triggers stand.
	for (const statement of [`update journal set act = 'x'`, 'delete from journal', 'truncate journal']) {
		await expect(
			database.adminSql.begin(async (tx) => {
				await tx`select set_config('app.system_reason', 'owner', true)`;
				await tx.unsafe(statement);
			}),
			statement
		).rejects.toThrow(/refused: what was recorded stays/);
	}
	expect(await broken(database)).toEqual([]);
});

test('twenty at once in one organisation and across several leave whole chains without gaps', async () => {
	const database = await testDatabase();
	const door = database.openDoor({ pool: 8 });
	await Promise.all(
		Array.from({ length: 20 }, (_, n) =>
			door.asActor(buildActor({ orgId: String(n % 3) }), (db) => writeJournal(db, { act: 'try', objectKind: 'export', objectId: String(n), article: null }))
		)
	);
	expect((await verifyJournal(database.url)).reduce((sum, chain) => sum + chain.entries, 0)).toBe(20);
	expect(await broken(database)).toEqual([]);
});

test('reading a masked contact is journalled, without the number; whom it is not for reads and leaves nothing', async () => {
	const database = await applicationDatabase();
	await openYear(database, 2026);
	const report = await buildReport(database, { channelId: '320000' });
	await database.adminSql`insert into enterprise_contact (enterprise_id, place, name, phone) values (${report.enterpriseId}, 1, '张三', '13812345678')`;
	const official = await buildOfficial(database, 'commerce', '320000');
	expect(await revealContact(official, report.enterpriseId, 1)).toEqual({ ok: true, name: '张三', phone: '13812345678', email: null });
	const gone = { ok: false, refusal: { code: 'not_found' } };
	expect(await revealContact(await buildOfficial(database, 'commerce', '330000'), report.enterpriseId, 1)).toEqual(gone);
	expect(await revealContact((await buildReport(database, { channelId: '320000' })).filer, report.enterpriseId, 1)).toEqual(gone);
	expect(await revealContact(official, report.enterpriseId, 2)).toEqual(gone);
	expect(await revealContact(official, "1'--", 1)).toEqual(gone);
	const entries = await database.adminSql`select org_id::text as org, after from journal where act = 'reveal-contact'`;
	expect(entries).toEqual([{ org: official.orgId, after: { place: 1 } }]);
});
