/**
 * What stood as 无法报送 before a ministry had to confirm it (domain.md 2), carried over by migration 0026 with the rows there were: in an open year the
 * ministries still decide, in a closed one it counts as confirmed, and what the system made at a merger or an end stays.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, readMigrations } from '#db/migrate.ts';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { outcomeOf } from '#lib/domain/report/year-outcome.ts';
import { openDoor } from '#lib/server/db/door.ts';
import { viewReport } from '#lib/server/store/report/annual-report.ts';
import { startTestServer, type TestServer } from '../../support/database-server.ts';

const LAST_BEFORE = 25;
const DECLARED = '2026-11-20T02:00:00.000Z';
const CLOSED = '2026-04-02T02:00:00.000Z';
let server: TestServer;
let folder: string;
let sql: postgres.Sql;
const ids: Record<string, string> = {};
let firms = 0;

interface Before {
	readonly year?: number;
	readonly state?: 'excused' | 'draft' | 'not_started';
	readonly draft?: boolean;
	/** Who declared it, and when that was taken back. */
	readonly declared?: 'enterprise' | 'commerce';
	readonly liftedAt?: string;
}

async function report(name: string, { year = 2026, state = 'excused', draft = false, declared, liftedAt }: Before): Promise<void> {
	firms += 1;
	const [row] = await sql<{ id: string }[]>`
		with e as (insert into enterprise (credit_code, name, channel_id) values (${syntheticCreditCode(900_000 + firms)}, ${name}, '320000')
				returning id, credit_code),
			d as (insert into designation (enterprise_id, category, cohort_year, announced_on, announcement_no)
				select id, 'manufacturing', 2022, '2022-06-01', '示例公告' from e returning id)
		insert into annual_report (designation_id, enterprise_id, year, category, cohort_year, channel_id, channel_kind, enterprise_name, credit_code, state,
			closed_at)
		select d.id, e.id, ${year}, 'manufacturing', 2022, '320000', 'province', ${name}, e.credit_code, ${state}, ${year === 2025 ? CLOSED : null}::timestamptz
		from e, d returning id::text`;
	const id = String(row?.id);
	ids[name] = id;
	if (draft) await sql`insert into annual_report_draft (report_id, form_version, started_by, last_edited_by) values (${id}, '2026-1', 'p', 'p')`;
	if (declared)
		await sql`insert into report_excuse (report_id, reason_code, remark, declared_by, person_id, person_name, declared_at, lifted_at, lifted_by_name)
			values (${id}, 'closed', '已办理注销。', ${declared}, 'p', '王填报', ${DECLARED}, ${liftedAt ?? null}, ${liftedAt ? '王填报' : null})`;
}

beforeAll(async () => {
	server = await startTestServer({ durable: false });
	folder = await mkdtemp(join(tmpdir(), 'keyent-excuses-'));
	await cp(fileURLToPath(new URL('../../../db/migrations', import.meta.url)), folder, { recursive: true });
	for (const { name } of (await readMigrations()).slice(LAST_BEFORE)) await rm(join(folder, name));
	// As on a managed server: the owner is no superuser, so its own migration is bound by the second lock.
	const owner = postgres(server.urlOf('postgres'), { max: 1, onnotice: () => undefined });
	await owner`create role keeper login createrole password 'kept'`;
	await owner`create database carried owner keeper`;
	await owner.end({ timeout: 1 });
	const url = urlOfKeeper();
	await migrate({ url, folder });
	sql = postgres(server.urlOf('carried'), { max: 1, onnotice: () => undefined });
	await sql`insert into channel (id, kind, name_zh, short_zh, name_en, gdp_tier, quota_per_category)
		values ('320000', 'province', '江苏省', '江苏', 'Jiangsu', 'a', 5)`;
	await sql`insert into policy (version, valid_from_on, content) values ('2026-1', '2026-01-01', '{}') on conflict do nothing`;
	for (const [year, closedAt] of [
		[2025, CLOSED],
		[2026, null]
	] as const)
		await sql`insert into reporting_year (year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on, form_version,
				policy_version, opened_by, closed_at)
			values (${year}, ${`${year}-10-08`}, ${`${year}-11-15`}, ${`${year}-11-30`}, ${`${year}-12-31`}, ${`${year + 1}-03-31`}, '2026-1',
				'2026-1', 'test', ${closedAt})`;
	await report('declared', { declared: 'enterprise' });
	await report('begun', { declared: 'commerce', draft: true });
	await report('merged', {});
	await report('lifted', { state: 'draft', draft: true, declared: 'enterprise', liftedAt: DECLARED });
	await report('closed', { year: 2025, declared: 'enterprise' });
	await report('closed by merger', { year: 2025 });
	await report('untouched', { state: 'not_started' });
	const { applied } = await migrate({ url });
	expect(applied.length).toBe((await readMigrations()).length - LAST_BEFORE);
});
afterAll(async () => {
	await sql.end({ timeout: 1 });
	await server.remove();
	await rm(folder, { recursive: true, force: true });
});

function urlOfKeeper(): string {
	const url = new URL(server.urlOf('carried'));
	url.username = 'keeper';
	url.password = 'kept';
	return url.href;
}

test('a standing declaration of an open year is pending: state and court as before it, dated as it was declared', async () => {
	const rows = await sql<{ name: string; state: string; court: string; pending: boolean; row_version: number }[]>`
		select enterprise_name as name, state, court, excuse_pending as pending, row_version from annual_report order by id`;
	expect(rows.map(({ name, state, court, pending, row_version: version }) => [name, state, court, pending, version])).toEqual([
		['declared', 'not_started', 'enterprise', true, 2],
		['begun', 'draft', 'enterprise', true, 2],
		['merged', 'excused', 'nobody', false, 1],
		['lifted', 'draft', 'enterprise', false, 1],
		['closed', 'excused', 'nobody', false, 1],
		['closed by merger', 'excused', 'nobody', false, 1],
		['untouched', 'not_started', 'enterprise', false, 1]
	]);
	const events = await sql<{ report_id: string; at: Date; state: string; court: string }[]>`
		select report_id, at, state, court from report_event where act = 'excuse-to-be-confirmed' order by report_id`;
	expect(events.map((event) => [event.report_id, event.at.toISOString(), event.state, event.court])).toEqual([
		[ids['declared'], DECLARED, 'not_started', 'enterprise'],
		[ids['begun'], DECLARED, 'draft', 'enterprise']
	]);
});

test('of a closed year it counts as confirmed at the close, by no ministry; what was taken back stays taken back', async () => {
	const rows = await sql<{ report_id: string; verdict: string | null; decided_at: Date | null; decided_ministry: string | null }[]>`
		select report_id, verdict, decided_at, decided_ministry from report_excuse order by report_id`;
	expect(rows.map((row) => [row.report_id, row.verdict, row.decided_at?.toISOString() ?? null, row.decided_ministry])).toEqual([
		[ids['declared'], null, null, null],
		[ids['begun'], null, null, null],
		[ids['lifted'], null, null, null],
		[ids['closed'], 'confirmed', CLOSED, null]
	]);
});

test('the rules of today read them so, and the kept counts are those of the rows', async () => {
	const door = openDoor(urlOfKeeper(), { pool: 2 });
	try {
		const outcomes = await door.asSystem('test', async (db) => {
			const found: Record<string, string> = {};
			for (const [name, id] of Object.entries(ids)) {
				const one = await viewReport(db, id);
				if (one) found[name] = outcomeOf(one.case, new Date('2026-12-05T02:00:00Z'));
			}
			return found;
		});
		expect(outcomes).toEqual({
			declared: 'excuse_pending',
			begun: 'excuse_pending',
			merged: 'excused',
			lifted: 'late',
			closed: 'excused',
			'closed by merger': 'excused',
			untouched: 'late'
		});
	} finally {
		await door.close();
	}
	const kept =
		await sql`select year, state, court, excuse_pending, sum(n)::int as n from report_tally group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4`;
	const counted = await sql`select year, state, court, excuse_pending, count(*)::int as n from annual_report group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
	expect([...kept]).toEqual([...counted]);
});
