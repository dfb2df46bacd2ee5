import type postgres from 'postgres';
import { beforeAll, describe, expect, test } from 'vitest';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { returnAnnualReport } from '#lib/server/acts/report/return-annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { openDoor, type Door } from '#lib/server/db/door.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { none, both, type Expectation, type Party, type Row, type Rule } from '../../support/row-rules.ts';
import { REPORT_TABLES } from '../../support/row-expectations.ts';
import { TIMETABLE_TABLES } from '../../support/row-expectations-timetable.ts';
import { TREND_TABLES } from '../../support/row-expectations-trend.ts';
import { setTimetableScene } from '../../support/row-scene-timetable.ts';
import { setTrendScene } from '../../support/row-scene-trend.ts';
import { buildGroup, buildOfficial, buildReport, fillDraft, openYear, oweReport, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

/**
 * Who may see and change which row, asked of the database itself with the application's role: row level security must agree with the
 * table of expectations below, and with the clause the door adds. Then every policy is taken away once: the answers must change.
 */
const EXPECTED: Readonly<Record<string, Expectation>> = { ...REPORT_TABLES, ...TIMETABLE_TABLES, ...TREND_TABLES };

/** Looked at by tests of their own (people.test.ts), or the same for everybody. */
const ELSEWHERE = [
	'organisation',
	'person',
	'membership',
	'invitation',
	'channel',
	'migration',
	'demonstration',
	'report_tally',
	'report_flow',
	'report_reason',
	// Asked in test/server/trend: the ministries read them, the job writes them, nobody else.
	'trend_figure',
	'trend_cell',
	'trend_kept',
	'trend_change',
	'trend_benchmark',
	'trend_benchmark_year'
];

let database: TestDatabase;
let door: Door;
let parties: Party[];

beforeAll(async () => {
	database = await applicationDatabase();
	door = openDoor(database.url, { pool: 2 });
	const owner = database.adminSql;
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2099-11-15',
		ministryDueOn: '2099-11-30',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2100-03-31'
	});
	await openYear(database, 2027);
	const group = await buildGroup(database, 'g90');
	const offices = {
		commerceA: await buildOfficial(database, 'commerce', '320000'),
		industryA: await buildOfficial(database, 'industry', '320000'),
		commerceB: await buildOfficial(database, 'commerce', '440000'),
		industryB: await buildOfficial(database, 'industry', '440000'),
		group: await buildOfficial(database, 'group', group),
		mofcom: await buildOfficial(database, 'mofcom'),
		miit: await buildOfficial(database, 'miit'),
		experts: await buildOfficial(database, 'expert_pool'),
		administration: await buildOfficial(database, 'administration'),
		audit: await buildOfficial(database, 'audit')
	};
	const firms: SceneReport[] = [];
	for (const channelId of ['320000', '320000', '440000', group]) firms.push(await buildReport(database, { channelId }));
	const signers: Record<number, Actor[]> = { 0: [offices.commerceA, offices.industryA], 2: [offices.commerceB, offices.industryB], 3: [offices.group] };
	const letterOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
	for (const [index, firm] of firms.entries()) {
		await submitReport(database, firm);
		// Only form 2027-1 asks for revenue by field; the lock is asked of the version there is.
		await database.adminSql`
			insert into annual_field_revenue (report_id, version_no, figure_year, basis, designation_id, industry, revenue_wan)
			values (${firm.reportId}, 1, 2025, 'final', ${firm.designationId}, 'c34', 1)`;
		// The second firm's report stays with the channel: submitted, but not forwarded.
		for (const signer of signers[index] ?? []) await signReport(database, firm.reportId, [signer]);
		const [sender] = signers[index] ?? [];
		if (sender) {
			const sent = await forwardAnnualReports(sender, { reports: [{ id: firm.reportId, version: 1 }], letterNo: '1', letterOn, remark: '' });
			if (!sent.ok) throw new Error(JSON.stringify(sent.refusal));
			for (const ministry of [offices.mofcom, offices.miit]) await receiveAnnualReports(ministry, [{ id: firm.reportId, version: 1 }]);
		}
		await oweReport(database, { designationId: firm.designationId, year: 2027 });
		const [next] = await owner<{ id: string }[]>`select id from annual_report where designation_id = ${firm.designationId} and year = 2027`;
		await fillDraft(database, { ...firm, reportId: String(next?.id) });
		await owner`insert into enterprise_profile (enterprise_id, address) values (${firm.enterpriseId}, 'x') on conflict do nothing`;
		await owner`insert into enterprise_contact (enterprise_id, place, name, phone) values (${firm.enterpriseId}, 9, '联系人', '13800000000')`;
		await owner`insert into enterprise_event (enterprise_id, kind, effective_on, recorded_by)
			values (${firm.enterpriseId}, 'designated', '2025-06-01', 'test')`;
		await owner`insert into person (id, name, email) values (${firm.filer.personId}, '王填报', ${`${firm.filer.personId}@example.invalid`})`;
		await owner`
			insert into mail (person_id, to_address, template, locale, subject, text_body, html_body, message_id)
			values (${firm.filer.personId}, 'a@example.invalid', 't', 'en', 's', 't', 'h', ${`<${firm.reportId}@test>`})`;
		const departments = index === 3 ? ['group'] : ['commerce', 'industry'];
		for (const department of departments) {
			await owner`
				insert into explanation_mark (report_id, version_no, check_key, department, verdict, person_id, person_name)
				values (${firm.reportId}, 1, 'half_moved/revenue', ${department}, 'accepted', 'p', 'p')`;
			await owner`
				insert into late_reason (report_id, owner, version_no, from_on, until_on, reason_code, reason, org_kind, person_id, person_name, given_at)
				values (${firm.reportId}, ${department}, 1, '2026-12-01', '2026-12-02', 'other', 'x', ${department}, 'p', 'p', now())`;
		}
	}
	const [, second] = firms;
	const correctByOn = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
	const comments = [{ answerKey: 'revenue@final', remark: '请核对' }];
	await returnAnnualReport(offices.industryA, second?.reportId ?? '', { version: 1, reasonCode: 'other', remark: 'x', correctByOn, comments });
	await returnAnnualReport(offices.miit, firms[2]?.reportId ?? '', { version: 1, reasonCode: 'other', remark: 'x', correctByOn, comments });
	for (const channel of ['320000', '440000', group])
		await owner`insert into channel_year (channel_id, year, due_on, set_by) values (${channel}, 2026, '2026-11-10', 'test')`;
	for (const ministry of ['mofcom', 'miit'])
		await owner`insert into reporting_year_closing (year, ministry, person_id, person_name) values (2027, ${ministry}, 'p', 'p')`;
	for (const ministry of ['mofcom', 'miit'])
		await owner`
			insert into reporting_year_amendment (year, before, dates, document_no, reason, ministry, person_id, person_name, proposed_at)
			values (${ministry === 'mofcom' ? 2026 : 2027}, '{}', '{}', '文号', '理由', ${ministry}, 'p', 'p', now())`;
	for (const ministry of ['mofcom', 'miit'])
		await owner`
			insert into duty_settlement (year, effects_mark, effects, ministry, person_id, person_name, agreed_at)
			values (${ministry === 'mofcom' ? 2026 : 2027}, ${'a'.repeat(64)}, '[]', ${ministry}, 'p', 'p', now())`;
	await owner`insert into cohort_import (file_name, file_sha256, rows, counts, planned_by) values ('a.csv', 'x', '[]', '{}', 'test')`;
	await owner`insert into sign_in_account (account_key, last_at) values ('k', now())`;
	await owner`insert into sign_in_attempt (account_key, address, at) values ('k', '203.0.113.7', now())`;
	await owner`insert into receipt_check (asker_hash, since) values ('h', now())`;
	await owner`insert into password_reset (token_hash, person_id, requested_at, expires_at) values ('h', ${firms[0]?.filer.personId ?? ''}, now(), now())`;

	await setTimetableScene(
		database,
		firms.map(({ reportId, enterpriseId, filer }) => ({ reportId, enterpriseId, filer }))
	);

	await setTrendScene(
		database,
		firms.map(({ reportId }) => reportId)
	);

	// One answer of each draft stands for all sixty.
	await owner`delete from draft_answer d where answer_key <> (select min(x.answer_key) from draft_answer x where x.report_id = d.report_id)`;

	const named = (name: string, actor: Actor): Party => ({ name, kind: actor.orgKind, actor });
	parties = [
		...firms.map((firm, index) => named(`enterprise ${index}`, firm.filer)),
		...Object.entries(offices).map(([name, actor]) => named(name, actor)),
		{ name: 'system', kind: 'system', actor: null },
		{ name: 'public', kind: 'public', actor: null },
		{ name: 'nobody', kind: 'nobody', actor: null }
	];
	return () => door.close();
});

/** Runs as the application's role with the settings of a party, on the owner's connection, and leaves nothing behind. */
async function as<T>(sql: postgres.TransactionSql, party: Party, work: () => Promise<T>): Promise<T> {
	const { actor, kind } = party;
	await sql`
		select set_config('role', 'keyent_app', true), set_config('app.person_id', ${actor?.personId ?? ''}, true), set_config('app.org_id', ${actor?.orgId ?? ''},
			true),
			set_config('app.org_kind', ${kind === 'system' || kind === 'nobody' ? '' : kind}, true), set_config('app.channel_id', ${actor?.channelId ?? ''}, true),
			set_config('app.enterprise_id', ${actor?.enterpriseId ?? ''}, true), set_config('app.system_reason', ${kind === 'system' ? 'test' : ''}, true)`;
	try {
		return await work();
	} finally {
		await sql`select set_config('role', 'none', true)`;
	}
}

class Undo extends Error {}
/** A transaction that is always taken back. */
async function passing<T>(work: (sql: postgres.TransactionSql) => Promise<T>): Promise<T> {
	let result: T | undefined;
	await database.adminSql
		.begin(async (sql) => {
			result = await work(sql);
			throw new Undo();
		})
		.catch((error: unknown) => {
			if (!(error instanceof Undo)) throw error;
		});
	return result as T;
}

async function attempt(sql: postgres.TransactionSql, work: (inner: postgres.TransactionSql) => Promise<{ count: number }>): Promise<boolean> {
	let done = false;
	await sql
		.savepoint(async (inner) => {
			done = (await work(inner)).count > 0;
			throw new Undo();
		})
		.catch((error: unknown) => {
			// 42501 is row security or a missing grant; any other objection (a key that exists, an immutable row) comes after both let it pass.
			if (!(error instanceof Undo)) done = (error as { code?: string }).code !== '42501';
		});
	return done;
}

interface Answers {
	readonly sees: string[];
	readonly adds: string[];
	readonly changes: string[];
	readonly removes: string[];
}

/** What a party can see, add and change in a table, row by row. */
async function answersOf(
	sql: postgres.TransactionSql,
	table: string,
	party: Party,
	rows: readonly Row[],
	contents: ReadonlyMap<string, string>
): Promise<Answers> {
	const columns = await sql<{ column_name: string; granted: boolean }[]>`
		select column_name::text, is_identity = 'NO' and has_column_privilege('keyent_app', ${table}, column_name::text, 'update') as granted
		from information_schema.columns where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER' order by ordinal_position`;
	const list = columns.map(({ column_name }) => `"${column_name}"`).join(', ');
	const settable = columns.find(({ granted }) => granted)?.column_name;
	const sees: string[] = [];
	const adds: string[] = [];
	const changes: string[] = [];
	const removes: string[] = [];
	const [grant] = await sql<{ deletable: boolean }[]>`select has_table_privilege('keyent_app', ${table}, 'delete') as deletable`;
	await as(sql, party, async () => {
		for (const row of rows) {
			const content = contents.get(row.key) ?? '{}';
			const same = `t.ctid = '${(JSON.parse(content) as { ctid: string }).ctid}'::tid`;
			if (await attempt(sql, (inner) => inner.unsafe(`select 1 from ${table} t where ${same}`))) sees.push(row.key);
			if (settable && (await attempt(sql, (inner) => inner.unsafe(`update ${table} t set "${settable}" = "${settable}" where ${same}`)))) changes.push(row.key);
			if (
				await attempt(sql, (inner) =>
					inner.unsafe(`insert into ${table} (${list}) overriding system value select ${list} from jsonb_populate_record(null::${table}, $1::text::jsonb)`, [
						content
					])
				)
			)
				adds.push(row.key);
			if (grant?.deletable && (await attempt(sql, (inner) => inner.unsafe(`delete from ${table} t where ${same}`)))) removes.push(row.key);
		}
	});
	return { sees, adds, changes, removes };
}

async function load(sql: postgres.TransactionSql, table: string): Promise<{ rows: Row[]; contents: Map<string, string> }> {
	const expectation = EXPECTED[table];
	if (!expectation) throw new Error(`no expectation for ${table}`);
	const rows = (await sql.unsafe(expectation.rows.replace('%T', table))) as unknown as Row[];
	const row = /from %T t\b/.test(expectation.rows) ? 't' : table;
	const keyed = await sql.unsafe(
		expectation.rows.replace('%T', table).replace(/ as key,/, ` as key, to_jsonb(${row}) || jsonb_build_object('ctid', ${row}.ctid::text) as content,`)
	);
	return { rows, contents: new Map((keyed as unknown as { key: string; content: unknown }[]).map(({ key, content }) => [key, JSON.stringify(content)])) };
}

test('every table of the database is locked or named as an exception, forced and without a view that goes round', async () => {
	const tables = await database.adminSql<{ relname: string; locked: boolean }[]>`
		select relname::text, relrowsecurity and relforcerowsecurity as locked from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
			order by 1`;
	const unknown = tables.filter(({ relname }) => !EXPECTED[relname] && !ELSEWHERE.includes(relname));
	expect(unknown).toEqual([]);
	expect(tables.filter(({ relname, locked }) => EXPECTED[relname] && !locked)).toEqual([]);
	const views = await database.adminSql`
		select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and
			not coalesce(reloptions, '{}') @> '{security_invoker=true}'`;
	expect(views).toEqual([]);
});

describe('row level security agrees with who may see and change what', () => {
	test.each(Object.keys(EXPECTED))('%s', async (table) => {
		await passing(async (sql) => {
			const { rows, contents } = await load(sql, table);
			expect(rows.length, `${table} has rows to ask about`).toBeGreaterThan(0);
			const expectation = EXPECTED[table] as Expectation;
			for (const party of parties) {
				const given = await answersOf(sql, table, party, rows, contents);
				const wanted = (rule: Rule) => rows.filter((row) => rule(party, row)).map(({ key }) => key);
				// Whoever changes a row must also see it.
				expect({ party: party.name, ...given }).toEqual({
					party: party.name,
					sees: wanted(expectation.sees),
					adds: wanted(expectation.adds),
					changes: wanted(both(expectation.changes, expectation.sees)),
					removes: wanted(both(expectation.removes ?? none, expectation.sees))
				});
			}
		});
	});
});

describe('the first lock agrees with the second', () => {
	test.each(['report', 'enterprise'] as const)('within.%s', async (name) => {
		const table = name === 'report' ? 'annual_report' : 'enterprise';
		for (const party of parties) {
			if (!party.actor) continue;
			const seen = await door.asActor(party.actor, async ({ sql, within }) => {
				const clause =
					name === 'report'
						? await sql<{ id: string }[]>`select r.id from annual_report r where ${within.report} order by r.id`
						: await sql<{ id: string }[]>`select e.id from enterprise e where ${within.enterprise} order by e.id`;
				const policy = await sql<{ id: string }[]>`select id from ${sql(table)} order by id`;
				return { clause: clause.map(({ id }) => id), policy: policy.map(({ id }) => id) };
			});
			expect({ party: party.name, ids: seen.clause }).toEqual({ party: party.name, ids: seen.policy });
		}
	});
});

describe('no policy is idle: taking any one away changes an answer', () => {
	test('each of them', { timeout: 300_000 }, async () => {
		const policies = await database.adminSql<
			{ tablename: string; policyname: string }[]
		>`select tablename::text, policyname::text from pg_policies where schemaname = 'public' order by 1, 2`;
		const idle: string[] = [];
		const baseline = new Map<string, string>();
		for (const { tablename, policyname } of policies) {
			if (!EXPECTED[tablename]) continue;
			// journal_write() acts as the owner: its policies are the owner's, and journal.test.ts asks for them.
			if (tablename === 'journal' || tablename === 'journal_head') continue;
			const changed = await passing(async (sql) => {
				const { rows, contents } = await load(sql, tablename);
				const ask = async () =>
					JSON.stringify(
						await parties.reduce<Promise<Answers[]>>(
							async (before, party) => [...(await before), await answersOf(sql, tablename, party, rows, contents)],
							Promise.resolve([])
						)
					);
				// The same table answers the same until a policy goes.
				const before = baseline.get(tablename) ?? (await ask());
				baseline.set(tablename, before);
				await sql.unsafe(`drop policy ${policyname} on ${tablename}`);
				return (await ask()) !== before;
			});
			if (!changed) idle.push(`${tablename}.${policyname}`);
		}
		expect(policies.length).toBeGreaterThan(50);
		expect(idle).toEqual([]);
	});
});
