import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateDemonstration } from '#db/seed/demo/generate.ts';
import { DemonstrationRefused, seedDemonstration, type DemonstrationAccount } from '#db/seed/demo/load.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { blocking, runChecks } from '#lib/domain/check/checks.ts';
import type { ChannelKind } from '#lib/domain/parties.ts';
import { courtOf } from '#lib/domain/report/court.ts';
import { NEED_STATES } from '#lib/domain/need-state.ts';
import { isCreditCode } from '#lib/domain/credit-code.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { canonicalJson, draftOf, readContent } from '#lib/domain/form/report-content.ts';
import { answerReturnComment } from '#lib/server/acts/report/answer-return-comment.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { giveOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import { submitAnnualReport } from '#lib/server/acts/report/submit-annual-report.ts';
import { verifyPassword } from '#lib/server/auth/password.ts';
import { folderStore, type FileStore } from '#lib/server/files/files.ts';
import { lockReports } from '#lib/server/store/report/annual-report.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { actorOf as actorIn, historyByDesignation, referenceParties } from '../../support/demonstration.ts';
import { halfWidthMarks } from '../../support/half-width.ts';
import { applicationDatabase } from '../../support/people.ts';

const AS_OF = new Date('2026-11-24T09:00:00+08:00');
const RESERVED = /@(?:[a-z0-9-]+\.)*(?:example\.(?:com|net|org)|invalid|example)$/;

let database: TestDatabase;
/** The second run, which the acts themselves work on. */
let again: TestDatabase;
let accounts: readonly DemonstrationAccount[];
let files: FileStore;
let folder: string;
let seededIn = 0;

beforeAll(async () => {
	process.env['APP_NOW'] = '2026-11-24T09:00:00+08:00';
	[database, again] = await Promise.all([createTestDatabase(), applicationDatabase()]);
	folder = await mkdtemp(join(tmpdir(), 'keyent-demonstration-'));
	files = folderStore(folder);
	const started = performance.now();
	({ accounts } = await seedDemonstration({ url: database.url, asOf: AS_OF, files }));
	seededIn = performance.now() - started;
	await seedDemonstration({ url: again.url, asOf: AS_OF, files });
}, 120_000);

afterAll(async () => {
	await Promise.all([database.drop(), rm(folder, { recursive: true, force: true })]);
});

const actorOf = (username: string) => actorIn(again, username);

/** The only number of a one-row answer. */
async function count(query: string): Promise<number> {
	const [row] = await database.adminSql.unsafe<{ n: number }[]>(`select (${query})::int as n`);
	return row?.n ?? -1;
}

describe('what is in it', () => {
	test('Chinese is set with full-width marks in every text of every table', async () => {
		// What is searched in is normalised, marks included, and shown to nobody.
		const columns = await database.adminSql<{ place: string; query: string }[]>`
			select format('%I.%I', table_name, column_name) as place, format('select distinct %s as said from %I where %I::text ~ %L',
				case data_type when 'ARRAY' then format('array_to_string(%I, chr(10))', column_name) else format('%I::text', column_name) end,
				table_name, column_name, '[一-龥]') as query
			from information_schema.columns join information_schema.tables using (table_schema, table_name)
			where table_schema = 'public' and table_type = 'BASE TABLE' and data_type in ('text', 'jsonb', 'json', 'ARRAY') and column_name not like 'searched%'`;
		expect(columns.length).toBeGreaterThan(100);
		const found: Record<string, string[]> = {};
		for (const { place, query } of columns) {
			const marks = halfWidthMarks((await database.adminSql.unsafe<{ said: string }[]>(query)).map(({ said }) => said));
			if (marks.length > 0) found[place] = marks.slice(0, 5);
		}
		expect(found).toEqual({});
	});

	test('about 300 firms in all 32 provinces and 12 groups, of two cohorts', async () => {
		expect(await count(`select count(*) from enterprise`)).toBeGreaterThan(270);
		expect(await count(`select count(*) from enterprise`)).toBeLessThan(330);
		expect(await count(`select count(distinct channel_id) from enterprise join channel c on c.id = channel_id where c.kind = 'province'`)).toBe(32);
		expect(await count(`select count(distinct channel_id) from enterprise join channel c on c.id = channel_id where c.kind = 'central_group'`)).toBe(12);
		expect(await count(`select count(distinct cohort_year) from designation where cohort_year in (2022, 2025)`)).toBe(2);
		expect(await count(`select count(*) from (select from designation group by enterprise_id having count(distinct category) = 2) x`)).toBeGreaterThanOrEqual(
			3
		);
		expect(seededIn).toBeLessThan(60_000);
	});

	test('方案第七条: no channel has more designations of a cohort and category than its quota, where it recommended them and where they are now', async () => {
		for (const channel of [
			`coalesce((select v.before->>'channelId' from enterprise_event v where v.enterprise_id = e.id and v.kind = 'moved' order by v.effective_on
				limit 1), e.channel_id)`,
			'e.channel_id'
		]) {
			const over = await database.adminSql.unsafe(`
				select c.id, d.cohort_year, d.category, count(*) from designation d join enterprise e on e.id = d.enterprise_id
				join channel c on c.id = ${channel} group by c.id, d.cohort_year, d.category having count(*) > max(c.quota_per_category)`);
			expect(over).toEqual([]);
		}
	});

	test('nobody in it is real: marked names, valid codes of a division that does not exist, reserved addresses, telephones without a network', async () => {
		const firms = await database.adminSql<{ name: string; credit_code: string }[]>`select name, credit_code from enterprise`;
		expect(firms.filter(({ name, credit_code }) => !name.includes('（演示）') || !isCreditCode(credit_code) || !credit_code.startsWith('91990000'))).toEqual(
			[]
		);
		expect(new Set(firms.map(({ name }) => name)).size).toBe(firms.length);
		expect(await count(`select count(*) from person where not synthetic or name !~ '示' or phone !~ '^000-\\d{4}-\\d{4}$'`)).toBe(0);
		expect(await count(`select count(*) from enterprise_contact where phone !~ '^000-'`)).toBe(0);
		const addresses = await database.adminSql<{ email: string }[]>`
			select email from person union select email from enterprise_contact union select email from auth."user"
			union select (regexp_matches(content, '"([^\\s"@]+@[^\\s"]+\\.[^\\s"]+)"', 'g'))[1] from annual_report_version`;
		expect(addresses.length).toBeGreaterThan(600);
		expect(addresses.filter(({ email }) => !RESERVED.test(email))).toEqual([]);
	});

	test('every office of a lane has somebody with a telephone who handles and somebody who approves', async () => {
		expect(
			await count(`select count(*) from organisation o where o.phone is null or (select count(distinct m.duty) from membership m join person p
				on p.id = m.person_id and p.phone is not null
				where m.org_id = o.id and m.duty in ('handler', 'approver')) < 2`)
		).toBe(0);
		expect(
			await count(`select count(*) from enterprise e where (select count(distinct name) from enterprise_contact c where c.enterprise_id = e.id) < 2`)
		).toBe(0);
	});

	test('nothing has happened after the instant it is made for', async () => {
		const columns = await database.adminSql<{ table_name: string; column_name: string }[]>`
			select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
			where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'timestamp with time zone' and c.table_name not
				in ('migration', 'policy', 'working_calendar')`;
		expect(columns.length).toBeGreaterThan(40);
		for (const { table_name, column_name } of columns) {
			const [row] = await database.adminSql.unsafe<{ latest: Date | null }[]>(`select max(${column_name}) as latest from ${table_name}`);
			expect(row?.latest?.getTime() ?? 0, `${table_name}.${column_name}`).toBeLessThanOrEqual(AS_OF.getTime());
		}
		for (const [table, column] of [
			['enterprise_event', 'effective_on'],
			['designation', 'announced_on'],
			['designation', 'ended_on'],
			['forwarding', 'letter_on']
		]) {
			expect(await count(`select count(*) from ${table} where ${column} > '2026-11-24'`), `${table}.${column}`).toBe(0);
		}
	});

	test('attachments have bytes behind them', async () => {
		const stored = await database.adminSql<{ sha256: string; size_bytes: string }[]>`select distinct sha256, size_bytes from attachment`;
		expect(stored.length).toBeGreaterThan(8);
		for (const { sha256, size_bytes } of stored) {
			const stream = await files.open(sha256);
			const bytes = Buffer.from(await new Response(stream).arrayBuffer());
			expect(bytes.length).toBe(Number(size_bytes));
			expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
		}
	});
});

test('方案第十二条: what enterprises ask for is shown in every state, synthetic throughout, and answers stand with the text they answered', async () => {
	const states = await database.adminSql<{ state: string; n: number }[]>`select state, count(*)::int as n from report_need group by state`;
	expect(states.map(({ state }) => state).sort()).toEqual([...NEED_STATES].sort());
	expect(states.filter(({ state, n }) => n < (state === 'withdrawn' ? 2 : 5))).toEqual([]);
	const [odd] = await database.adminSql<{ texts: number; answers: number; hidden: number; lost: number }[]>`
		select (select count(*)::int from report_need where text <> '' and text not like '（演示内容）%') as texts,
			(select count(*)::int from report_need_answer where text not like '（演示内容）%') as answers,
			(select count(*)::int from report_need n join annual_report_version v on v.report_id = n.report_id and v.no = n.version_no
				where v.forwarded_at is null) as hidden,
			(select count(*)::int from report_need n where n.state = 'answered' and not exists (
				select from report_need_answer a where a.need_id = n.id and a.version_no = n.version_no)) as lost`;
	expect(odd).toEqual({ texts: 0, answers: 0, hidden: 0, lost: 0 });
});

describe('what the rules say of it', () => {
	test('every submitted version passes the checks of its own day: no error, every warning explained', async () => {
		const history = await historyByDesignation(database);
		const versions = await database.adminSql<
			{ designation_id: string; year: number; channel_kind: ChannelKind; content: string; warnings: number; content_hash: string }[]
		>`
			select r.designation_id, r.year, r.channel_kind, v.content, v.warnings, v.content_hash
			from annual_report_version v join annual_report r on r.id = v.report_id`;
		expect(versions.length).toBeGreaterThan(700);
		for (const { designation_id, year, channel_kind: channelKind, content: text, warnings } of versions) {
			const content = readContent(text);
			const form = formFor(content.formVersion, content.category);
			if (form === null) throw new Error('no form');
			const earlier = (history.get(designation_id) ?? []).filter((row) => row.reportYear < year);
			const { attachments } = content;
			const checks = runChecks({ form, year, channelKind, answers: draftOf(content), history: earlier, attachments, policy: DEFAULT_POLICY });
			expect(blocking(checks).map(({ key, detail }) => `${content.enterprise.name} ${year} ${key} ${detail ?? ''}`)).toEqual([]);
			expect(checks.filter(({ level }) => level === 'warning').length).toBe(warnings);
			expect(canonicalJson(content)).toBe(text);
		}
	});

	test('the court in the database is the court of the rules, for every report', async () => {
		const door = database.openDoor();
		const ids = (await database.adminSql<{ id: string }[]>`select id from annual_report order by id`).map(({ id }) => id);
		const reports = await door.asSystem('test', (db) => lockReports(db, ids), { deadlineMs: 30_000 });
		const stored = new Map(
			(await database.adminSql<{ id: string; court: string; state: string }[]>`select id, court, state from annual_report`).map((row) => [row.id, row.court])
		);
		expect(reports.length).toBe(stored.size);
		expect(reports.filter((report) => courtOf(report.case) !== stored.get(report.id)).map(({ id }) => id)).toEqual([]);
	});

	test('each report has its steps in order, and ends where its steps end', async () => {
		expect(await count(`select count(*) from (select at < lag(at) over (partition by report_id order by id) as back from report_event) x where back`)).toBe(0);
		expect(
			await count(`select count(*) from annual_report r left join lateral (select state, court from report_event v where v.report_id = r.id order by id desc
				limit 1) last on true
				where coalesce(last.state, 'not_started') <> r.state or coalesce(last.court, 'enterprise') <> r.court`)
		).toBe(0);
		expect(
			await count(`select count(*) from annual_report r where r.state in ('draft') and not exists (select from annual_report_draft d where d.report_id = r.id)`)
		).toBe(0);
		expect(
			await count(
				`select count(*) from annual_report_draft d join annual_report r on r.id = d.report_id where r.state not in ('draft', 'returned', 'not_filed')`
			)
		).toBe(0);
		expect(
			await count(
				`select count(*) from annual_report r where r.state in ('forwarded', 'received') and not exists (select from forwarding_item i where i.report_id = r.id
					and i.version_no = r.current_version)`
			)
		).toBe(0);
		expect(
			await count(
				`select count(*) from annual_report r where r.state = 'received' and (select count(*) from reception c where c.report_id = r.id
					and c.version_no = r.current_version) <> 2`
			)
		).toBe(0);
	});

	test('a designation owes each year from the one after its announcement, and a firm that ceased owes nothing more', async () => {
		expect(
			await count(
				`select count(*) from designation d cross join reporting_year y where d.status = 'active' and extract(year from d.announced_on) < y.year
					and not exists (select from annual_report r where r.designation_id = d.id and r.year = y.year)`
			)
		).toBe(0);
		expect(
			await count(
				`select count(*) from annual_report r join designation d on d.id = r.designation_id where extract(year from d.announced_on) >= r.year
					or d.ended_on <= make_date(r.year, 11, 30)`
			)
		).toBe(0);
		expect(await count(`select count(*) from designation where status = 'ceased' and ended_on is not null`)).toBe(1);
	});
});

describe('histories differ', () => {
	test.each<[string, string, number]>([
		[
			'years before are closed',
			`select count(*) from reporting_year where closed_at is not null and (select count(*) from reporting_year_closing c
				where c.year = reporting_year.year) = 2`,
			3
		],
		['the running year is open', `select count(*) from reporting_year where year = 2026 and closed_at is null`, 1],
		['not filed', `select count(*) from annual_report where state = 'not_filed'`, 10],
		['not begun', `select count(*) from annual_report where year = 2026 and state = 'not_started'`, 10],
		[
			'half-filled',
			`select count(*) from annual_report_draft d join annual_report r on r.id = d.report_id where r.year = 2026 and answers_filled between 5
				and answers_asked - 1`,
			20
		],
		['waiting at both departments', `select count(*) from annual_report where court = 'departments'`, 5],
		['waiting at one department', `select count(*) from annual_report where court in ('commerce', 'industry')`, 10],
		['waiting at a group', `select count(*) from annual_report where court = 'group'`, 1],
		['approved and not forwarded', `select count(*) from annual_report where court = 'channel'`, 10],
		['at the ministries', `select count(*) from annual_report where court = 'ministries'`, 20],
		['received this year', `select count(*) from annual_report where year = 2026 and state = 'received'`, 20],
		['returned and open', `select count(*) from annual_report where state = 'returned'`, 3],
		[
			'corrected with answers',
			`select count(*) from report_return t where answered_at is not null and not exists (select from return_comment c where c.return_id = t.id and c.answer
				is null)`,
			30
		],
		['returned by a ministry', `select count(*) from report_return where returned_by in ('mofcom', 'miit')`, 5],
		['withdrawn', `select count(distinct report_id) from report_event where act = 'withdraw-annual-report'`, 5],
		['late by the enterprise', `select count(*) from annual_report where first_submitted_at >= make_timestamptz(year, 12, 1, 0, 0, 0, 'Asia/Shanghai')`, 10],
		[
			'late by a department',
			`select count(*) from annual_report where first_submitted_at < make_timestamptz(year, 11, 20, 0, 0, 0, 'Asia/Shanghai')
				and greatest(commerce_approved_at, industry_approved_at, group_approved_at) >= make_timestamptz(year, 12, 1, 0, 0, 0, 'Asia/Shanghai')`,
			5
		],
		[
			'late by the channel',
			`select count(*) from annual_report where greatest(commerce_approved_at, industry_approved_at, group_approved_at) < make_timestamptz(year, 11, 25, 0, 0,
				0, 'Asia/Shanghai') and first_forwarded_at >= make_timestamptz(year, 12, 1, 0, 0, 0, 'Asia/Shanghai')`,
			3
		],
		['late with its reason', `select count(*) from annual_report_version where late_reason_code is not null`, 10],
		['late days a department has explained', `select count(*) from late_reason where owner <> 'channel'`, 5],
		['late days a channel has explained', `select count(*) from late_reason where owner = 'channel'`, 3],
		['unit slips explained', `select count(*) from annual_report_version where content like '%"checkKey":"unit_slip/%'`, 5],
		['forecasts missed', `select count(*) from annual_report_version where content like '%"checkKey":"forecast_missed/%'`, 20],
		['below a criterion', `select count(*) from annual_report_version where criteria_unmet > 0`, 30],
		[
			'last year restated after audit',
			`select count(*) from annual_figure a join annual_figure b using (report_id, figure_year, basis) where b.version_no = a.version_no + 1
				and basis = 'final' and abs(b.revenue_wan / a.revenue_wan - 1) between 0.03 and 0.2`,
			3
		],
		['explanations queried', `select count(*) from explanation_mark where verdict = 'queried'`, 10],
		['channel dates of their own', `select count(*) from channel_year where year = 2026`, 5],
		['first reports of cohort 2025', `select count(*) from annual_report where cohort_year = 2025 and year = 2026 and current_version > 0`, 50],
		[
			'a threshold lost and regained, audited',
			`select count(distinct a.designation_id) from annual_figure a
				join annual_figure b on b.designation_id = a.designation_id and b.basis = 'final' and b.figure_year > a.figure_year
				join annual_figure c on c.designation_id = a.designation_id and c.basis = 'final' and c.figure_year > b.figure_year
				where a.basis = 'final' and a.informatisation_wan >= 0.05 * a.revenue_wan and b.informatisation_wan < 0.05 * b.revenue_wan
					and c.informatisation_wan >= 0.05 * c.revenue_wan`,
			1
		],
		[
			'a province whose networking rate rises every audited year, from below 60 % to above 70 %',
			`select count(*) from (
				select bool_and(rate > before) and min(rate) < 0.6 and max(rate) > 0.7 as improved from (
					select figure_year, sum(equipment_networked) / sum(equipment_total) as rate,
						coalesce(lag(sum(equipment_networked) / sum(equipment_total)) over (order by figure_year), 0) as before
					from annual_figure f join annual_report r on r.id = f.report_id
					where r.channel_id = '420000' and r.cohort_year = 2022 and f.basis = 'final' and f.equipment_total > 0 group by figure_year) y) x
				where improved`,
			1
		],
		[
			'renamed: old years keep the old name',
			`select count(*) from enterprise e where (select count(distinct enterprise_name) from annual_report r where r.enterprise_id = e.id) = 2`,
			1
		],
		[
			'moved: old years stay with the old province',
			`select count(*) from enterprise e where (select count(distinct channel_id) from annual_report r where r.enterprise_id = e.id) = 2`,
			1
		]
	])('%s', async (_, query, least) => {
		expect(await count(query)).toBeGreaterThanOrEqual(least);
	});

	test('some networking rates climb, others fall below their criterion', async () => {
		const change = `select d.id, (l.equipment_networked / l.equipment_total) as later, (f.equipment_networked / f.equipment_total) as earlier from designation d
			join lateral (select a.* from annual_figure a where a.designation_id = d.id and basis = 'final' and figure_year = 2022 order by version_no desc
				limit 1) f on true
			join lateral (select a.* from annual_figure a where a.designation_id = d.id and basis = 'final' and figure_year = 2024 order by version_no desc
				limit 1) l on true where d.category = 'manufacturing'`;
		expect(await count(`select count(*) from (${change}) x where later > earlier + 0.03`)).toBeGreaterThanOrEqual(8);
		expect(await count(`select count(*) from (${change}) x where earlier >= 0.6 and later < 0.6`)).toBeGreaterThanOrEqual(1);
	});
});

describe('how it is made', () => {
	test('two runs make the same rows', async () => {
		const tables = [
			'enterprise',
			'designation',
			'organisation',
			'person',
			'membership',
			'annual_report',
			'annual_report_version',
			'annual_figure',
			'draft_answer',
			'report_event',
			'attachment',
			'return_comment',
			'forwarding_item',
			'reception'
		];
		for (const table of tables) {
			const digest = `select md5(string_agg(t::text, ',' order by t::text)) as digest from ${table} t`;
			const [first, second] = await Promise.all(
				[database, again].map(async ({ adminSql }) => (await adminSql.unsafe<{ digest: string }[]>(digest))[0]?.digest)
			);
			expect(first, table).toBeTruthy();
			expect(second, table).toBe(first);
		}
	});

	test('the journal has every act in the name of who did it, and every chain holds', async () => {
		const chains = await database.adminSql<{ entries: string; broken_seq: string | null }[]>`select entries, broken_seq from journal_verify()`;
		expect(chains.length).toBeGreaterThan(300);
		expect(chains.filter(({ broken_seq }) => broken_seq !== null)).toEqual([]);
		expect(await count(`select count(*) from journal where request_id is distinct from 'demonstration' and act <> 'load-demonstration'`)).toBe(0);
		for (const [act, event] of [
			['submit-annual-report', 'submit-annual-report'],
			['forward-annual-reports', 'forward-annual-reports'],
			['give-opinion', 'give-opinion'],
			['receive-annual-reports', 'receive-annual-reports']
		]) {
			expect(await count(`select (select count(*) from journal where act = '${act}') - (select count(*) from report_event where act = '${event}')`), act).toBe(
				0
			);
		}
		expect(await count(`select count(*) from journal j join membership m on m.person_id = j.person_id where m.org_id <> j.org_id`)).toBe(0);
	});

	test('whoever is printed can sign in, sits in an office, and finds the state promised', async () => {
		expect(accounts.length).toBeGreaterThanOrEqual(25);
		expect(new Set(accounts.map(({ password }) => password)).size).toBe(1);
		for (const { username, password, name } of accounts) {
			const [row] = await database.adminSql<{ hash: string; name: string; seats: number }[]>`
				select a.password as hash, p.name, (select count(*)::int from membership m where m.person_id = p.id) as seats
				from auth."user" u join auth.account a on a."userId" = u.id join person p on p.id = u.id where u.username = ${username}`;
			expect(row?.name, username).toBe(name);
			expect(row?.seats).toBe(1);
			if (username === 'admin') expect(await verifyPassword({ hash: row?.hash ?? '', password })).toBe(true);
		}
		const states = await database.adminSql<{ username: string; state: string; court: string; years: number }[]>`
			select u.username, r.state, r.court, (select count(*)::int from annual_report x where x.designation_id = r.designation_id and x.current_version > 0
				and x.year < 2026) as years
			from auth."user" u join membership m on m.person_id = u.id join organisation o on o.id = m.org_id
			join annual_report r on r.enterprise_id = o.enterprise_id and r.year = 2026 where u.username like '%-filer' order by u.username`;
		expect(states.map(({ username, state, court }) => `${username} ${state} ${court}`)).toEqual([
			'gd-maker-filer not_started enterprise',
			'group-maker-filer submitted group',
			'js-it-filer returned enterprise',
			'js-maker-filer draft enterprise'
		]);
		expect(states.find(({ username }) => username === 'js-maker-filer')?.years).toBe(3);
	});

	test('people go on where it stops: the returned report is corrected, signed twice, forwarded and received', async () => {
		const filer = await actorOf('js-it-filer');
		const [open] = await again.adminSql<{ id: string; comments: string[] }[]>`
			select r.id, array_agg(c.id::text order by c.id) as comments from annual_report r join report_return t on t.report_id = r.id join return_comment c
				on c.return_id = t.id
			where r.enterprise_id = ${filer.enterpriseId} and r.year = 2026 group by r.id`;
		if (!open) throw new Error('nothing was returned');
		for (const comment of open.comments) expect(await answerReturnComment(filer, open.id, comment, '已核对并补充。')).toMatchObject({ ok: true });
		expect(await saveAnswers(filer, open.id, [{ key: 'core_products', typed: '核心产品为自主研发的排程平台（演示）。', baseVersion: 0 }])).toMatchObject({
			ok: true,
			conflicts: []
		});
		expect(await submitAnnualReport(await actorOf('js-it-approver'), open.id, { afterVersion: 1, lateReasonCode: null, lateReason: '' })).toMatchObject({
			ok: true,
			versionNo: 2,
			fresh: true
		});
		expect(await giveOpinion(await actorOf('js-commerce-approver'), open.id, { version: 2, remark: '同意报送。' })).toMatchObject({
			ok: true,
			approvedByAll: false
		});
		expect(await giveOpinion(await actorOf('js-industry-approver'), open.id, { version: 2, remark: '同意报送。' })).toMatchObject({
			ok: true,
			approvedByAll: true
		});
		expect(
			await forwardAnnualReports(await actorOf('js-commerce-approver'), {
				reports: [{ id: open.id, version: 2 }],
				letterNo: '演示 1 号',
				letterOn: '2026-11-24',
				remark: ''
			})
		).toMatchObject({ ok: true, count: 1, late: 0 });
		for (const ministry of ['mofcom-handler', 'miit-handler'])
			expect(await receiveAnnualReports(await actorOf(ministry), [{ id: open.id, version: 2 }])).toMatchObject({ ok: true, refused: [] });
		expect((await again.adminSql<{ state: string }[]>`select state from annual_report where id = ${open.id}`)[0]?.state).toBe('received');
		expect((await again.adminSql`select 1 from journal_verify() where broken_seq is not null`).length).toBe(0);
	});

	test('it marks its database for good, and never goes into one that is used or in production', async () => {
		expect(await count(`select count(*) from demonstration`)).toBe(1);
		await expect(database.adminSql`delete from demonstration`).rejects.toMatchObject({ constraint_name: 'demonstration_is_immutable' });
		await expect(seedDemonstration({ url: database.url, asOf: AS_OF, files })).rejects.toBeInstanceOf(DemonstrationRefused);
		const before = process.env['APP_ENV'];
		process.env['APP_ENV'] = 'production';
		try {
			await expect(seedDemonstration({ url: again.url, asOf: AS_OF, files })).rejects.toThrow('production');
		} finally {
			if (before === undefined) delete process.env['APP_ENV'];
			else process.env['APP_ENV'] = before;
		}
	});

	test.each([
		'2022-03-01T09:00:00+08:00',
		'2024-10-09T09:00:00+08:00',
		'2026-01-15T09:00:00+08:00',
		'2026-10-10T09:00:00+08:00',
		'2026-12-02T09:00:00+08:00',
		'2027-06-30T09:00:00+08:00'
	])('it can be made for %s too', async (text) => {
		const asOf = new Date(text);
		const { harvest } = generateDemonstration(await referenceParties(database), asOf);
		const instants = [
			...harvest.rows.report_event.map((row) => String(row['at'])),
			...harvest.rows.reporting_year.map((row) => String(row['opened_at'])),
			...harvest.journal.map(({ at }) => new Date(at).toISOString())
		];
		expect(instants.filter((at) => at > asOf.toISOString())).toEqual([]);
		expect(Math.max(0, ...harvest.rows.reporting_year.map((row) => Number(row['year'])))).toBe(
			text < '2023' ? 0 : text < '2026-09' ? Number(text.slice(0, 4)) - (text.slice(5, 7) === '10' ? 0 : 1) : 2026
		);
	});

	test('in November 2027 its reports are on form 2027-1 with revenue by field, and the years before stay as they were filed', async () => {
		const { harvest } = generateDemonstration(await referenceParties(database), new Date('2027-11-20T09:00:00+08:00'));
		const formOfYear = harvest.rows.reporting_year.map((row) => [row['year'], row['form_version']]);
		expect(formOfYear).toContainEqual([2026, '2026-1']);
		expect(formOfYear).toContainEqual([2027, '2027-1']);
		const yearOf = new Map(harvest.rows.annual_report.map((row) => [row['id'], row['year']]));
		const versions = harvest.rows.annual_report_version;
		expect(versions.filter((row) => (row['form_version'] === '2027-1') !== (yearOf.get(row['report_id']) === 2027))).toEqual([]);
		const fields = harvest.rows.annual_field_revenue;
		expect(fields.length).toBeGreaterThan(20);
		expect([...new Set(fields.map((row) => yearOf.get(row['report_id'])))]).toEqual([2027]);
	});
});
