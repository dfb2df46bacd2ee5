import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { startEmbedded, removeEmbedded, type EmbeddedDatabase } from '#db/embedded.ts';
import { migrate, MigrationRefused } from '#db/migrate.ts';
import { loadReference } from '#db/seed/reference/load.ts';
import { formFor, keysOf } from '#lib/domain/form/annual-report-form.ts';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { METRICS } from '#lib/domain/form/figure-metric.ts';
import { readFigures } from '#lib/domain/form/figures.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { canonicalJson, readContent } from '#lib/domain/form/report-content.ts';
import { figureRowOf, type FigureColumns } from '#lib/server/store/report/annual-figure.ts';
import { answersOf } from '../domain/form/filing-examples.ts';

/** Firms at scale 1 (what the notice's quotas come to over some cohorts) and at the scale the goals are stated for. */
export const FIRMS = { 1: 1_500, 100: 50_000 } as const;
export type Scale = keyof typeof FIRMS;

/** The last of the ten years, and the instant the application is told it is: reports of that year are being filed. */
export const LAST_YEAR = 2031;
export const APP_NOW = '2031-11-24T09:00:00+08:00';

const COHORTS = [2021, 2022, 2025, 2028];
const GROUPS = Array.from({ length: 12 }, (_, index) => `g${String(index + 1).padStart(3, '0')}`);

/** A run that was ended half way leaves a database without this mark; the next run makes it anew. */
const READY = 'bench.ready';

function homeOf(scale: Scale): string {
	const checkout = fileURLToPath(new URL('../..', import.meta.url));
	// Root's own folders may be closed to the account the server runs as.
	if (process.getuid?.() === 0) return join('/var/tmp', `keyent-bench-${createHash('sha256').update(checkout).digest('hex').slice(0, 8)}-${scale}`);
	return join(checkout || tmpdir(), '.data', 'bench', String(scale));
}

/** A server of the bench's own with the data of the scale, kept from run to run. Durable, as in production: a submission waits for the disk. */
export async function startBench({
	scale,
	fresh,
	settings = {}
}: {
	scale: Scale;
	fresh: boolean;
	settings?: Record<string, string>;
}): Promise<EmbeddedDatabase> {
	const home = homeOf(scale);
	if (fresh && existsSync(home) && !(await removeEmbedded(home))) throw new Error(`Another bench is running in ${home}.`);
	const server = await startEmbedded({
		home,
		settings: {
			shared_buffers: '1GB',
			effective_cache_size: '4GB',
			max_wal_size: '8GB',
			checkpoint_timeout: '30min',
			random_page_cost: '1.1',
			autovacuum: 'off',
			max_parallel_workers_per_gather: '0',
			...settings
		}
	});
	try {
		if (!(await isReady(server.url)) || !(await isCurrent(server.url))) {
			await rebuild(server);
			await fill(server.url, scale);
		}
	} catch (error) {
		await server.stop();
		throw error;
	}
	return server;
}

async function isReady(url: string): Promise<boolean> {
	return withOwner(url, async (sql) => (await sql`select to_regclass(${READY}) is not null as ready`)[0]?.['ready'] === true);
}

/** Kept data follows new migrations; where an unreleased one was edited the data is made anew. */
async function isCurrent(url: string): Promise<boolean> {
	try {
		const { applied } = await migrate({ url });
		if (applied.length > 0) await withOwner(url, (sql) => sql.unsafe('analyze'));
		return true;
	} catch (error) {
		if (error instanceof MigrationRefused) return false;
		throw error;
	}
}

async function rebuild(server: EmbeddedDatabase): Promise<void> {
	await withOwner(server.urlOf('postgres'), async (sql) => {
		await sql.unsafe('drop database if exists keyent with (force)');
		await sql.unsafe('create database keyent');
	});
	await migrate({ url: server.url });
	await loadReference({ url: server.url });
}

async function fill(url: string, scale: Scale): Promise<void> {
	const began = Date.now();
	const said = (what: string) => console.log(`  ${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}`);
	await withOwner(url, async (sql) => {
		await sql`select set_config('app.system_reason', 'bench data', false)`;
		await sql`select set_config('synchronous_commit', 'off', false)`;
		await loadGroups(sql);
		await loadFirms(sql, FIRMS[scale]);
		await loadTemplates(sql);
		const indexes = await dropIndexes(sql);
		const script = await readFile(new URL('./data.sql', import.meta.url), 'utf8');
		for (const statement of script.split(/;\n(?=\n|insert|create|analyze|set|select|update)/)) {
			if (statement.trim() === '') continue;
			await sql.unsafe(statement);
			const table = /^\s*(?:--.*\n)*insert into ([a-z_]+)|^\s*(?:--.*\n)*create unlogged table ([a-z_.]+)/.exec(statement);
			if (table) said(table[1] ?? table[2] ?? '');
		}
		for (const { indexdef } of indexes) await sql.unsafe(indexdef);
		said(`${indexes.length} indexes`);
		await sql.unsafe('set session_replication_role = origin');
		await verifySample(sql);
		await sql.unsafe('vacuum (analyze)');
		await sql.unsafe('checkpoint');
		await sql.unsafe(`create table ${READY} as select now() as at`);
		said('analysed and verified');
	});
}

async function loadGroups(sql: postgres.Sql): Promise<void> {
	for (const id of GROUPS) {
		await sql`insert into channel (id, kind, name_zh, short_zh, name_en, quota_per_category)
			values (${id}, 'central_group', ${`示例集团${id}`}, ${`示例${id}`}, ${`Example group ${id}`}, 1)`;
		await sql`insert into organisation (kind, channel_id, name_zh, name_en) values ('group', ${id}, ${`示例集团${id}总部`}, ${`Example group ${id}, head office`})`;
	}
}

/** Firms by number: channels by their quota, so that large provinces have most, and groups one in thirteen. */
async function loadFirms(sql: postgres.Sql, count: number): Promise<void> {
	const channels = await sql<{ id: string; short_zh: string; quota: number }[]>`select id, short_zh, quota_per_category as quota from channel order by id`;
	const seats = channels.flatMap(({ id, short_zh, quota }) => Array.from({ length: quota }, () => ({ id, short: short_zh })));
	const firms = Array.from({ length: count }, (_, index) => {
		const number = index + 1;
		// A multiplier without a common factor spreads neighbours over the country, the same way each time.
		const seat = seats[(number * 7_919) % seats.length] ?? { id: '110000', short: '北京' };
		const trade = ['启明', '远航', '恒信', '云程', '智造', '博汇', '华芯', '中科', '天工', '联创'][(number * 31) % 10];
		const category: Category = (number * 17) % 5 < 3 ? 'manufacturing' : 'it_outsourcing';
		return {
			id: number,
			credit_code: syntheticCreditCode(number) as string,
			name: `${seat.short}${trade}示例${category === 'manufacturing' ? '制造' : '软件'}${String(number).padStart(5, '0')}有限公司`,
			channel_id: seat.id,
			category,
			cohort_year: COHORTS[(number * 13) % COHORTS.length] ?? 2021
		};
	});
	await sql.unsafe('create schema if not exists bench');
	await sql.unsafe(
		'create unlogged table bench.firm (id bigint primary key, credit_code text, name text, channel_id text, category text, cohort_year integer)'
	);
	for (let from = 0; from < firms.length; from += 5_000) await sql`insert into bench.firm ${sql(firms.slice(from, from + 5_000))}`;
}

/** Long enough to be a real answer; the same for all, because nothing that is measured looks inside. */
const NARRATIVE =
	'本年度按照推进计划实施了生产线数字化改造,与外包服务商共同完成了制造执行系统的升级,主要设备已联网,产品一次合格率和交付周期较上年均有改善;下一年度将继续完善数据治理和人员培训。';

/** The frozen text of each category with numbered holes for what differs, as data.sql fills them; and the answers of a draft that are no figures. */
async function loadTemplates(sql: postgres.Sql): Promise<void> {
	await sql.unsafe('create unlogged table bench.template (category text primary key, text text)');
	await sql.unsafe('create unlogged table bench.answer (category text, answer_key text, typed text)');
	for (const category of CATEGORIES) {
		const form = formFor('2026-1', category);
		if (!form) throw new Error('form 2026-1 is gone');
		const texts: Record<string, string> = {};
		const answers: Record<string, string> = {};
		const example = answersOf(category);
		for (const field of form.fields) {
			const place = METRICS.findIndex(({ fieldId }) => fieldId === field.id);
			for (const key of keysOf(field)) {
				const typed = example[key];
				if (typed === undefined) continue;
				if (place < 0) texts[key] = field.kind === 'narrative' ? NARRATIVE : typed;
				answers[key] = place < 0 ? (texts[key] ?? '') : `<${(key.endsWith('@final') ? 12 : 12 + METRICS.length) + place}>`;
			}
		}
		const frozen = canonicalJson({
			layout: 1,
			reportYear: '<#1>',
			version: '<#2>',
			formVersion: '2026-1',
			policyVersion: '2026-1',
			category,
			enterprise: { name: '<3>', creditCode: '<4>' },
			channel: { id: '<5>', name: '<6>' },
			answers,
			attachments: [{ id: '<10>', slotId: 'audited_statements', name: '审计报告.pdf', sha256: '<11>', sizeBytes: 1024, contentType: 'application/pdf' }],
			declaration: { personName: '钱某', declaredAt: '<7>' },
			late: '<#8>',
			explained: '<#9>'
		});
		const text = frozen
			.replaceAll('%', '%%')
			.replace(/"<#(\d+)>"|<(\d+)>/g, (_, bare: string | undefined, quoted: string | undefined) => `%${bare ?? quoted}$s`);
		await sql`insert into bench.template (category, text) values (${category}, ${text})`;
		await sql`insert into bench.answer ${sql(Object.entries(texts).map(([answer_key, typed]) => ({ category, answer_key, typed })))}`;
	}
}

const LARGE_TABLES = 'annual_report annual_figure report_event opinion attachment forwarding_item enterprise enterprise_event membership'.split(' ');

/** Half a million rows go in faster without their indexes; what a constraint stands on stays. */
async function dropIndexes(sql: postgres.Sql): Promise<{ indexname: string; indexdef: string }[]> {
	const indexes = await sql<{ indexname: string; indexdef: string }[]>`
		select indexname, indexdef from pg_indexes
		where schemaname = 'public'
			and tablename = any(${LARGE_TABLES})
			and not exists (select from pg_constraint c where c.conname = indexname)`;
	for (const { indexname } of indexes) await sql.unsafe(`drop index ${indexname}`);
	return indexes;
}

/** That what the server made is what a submission would have made: canonical bytes, and figures as the content states them. */
async function verifySample(sql: postgres.Sql): Promise<void> {
	const rows = await sql<(FigureColumns & { content: string; basis: 'final' | 'forecast'; category: Category; year: number })[]>`
		select v.content, f.basis, r.category, r.year, f.* from annual_report_version v
		join annual_figure f on f.report_id = v.report_id and f.version_no = v.no join annual_report r on r.id = v.report_id
		where v.report_id % 7919 = 5 limit 200`;
	if (rows.length === 0) throw new Error('the sample is empty');
	for (const row of rows) {
		const content = readContent(row.content);
		if (canonicalJson(content) !== row.content) throw new Error('the frozen text is not canonical');
		const form = formFor('2026-1', row.category);
		if (!form) throw new Error('form 2026-1 is gone');
		const stated = readFigures(form, row.year, content.answers).rows[row.basis];
		for (const [metric, value] of Object.entries(figureRowOf(row))) {
			const said = stated[metric as keyof typeof stated];
			if ((value === null) !== (said === null) || Number(value) !== Number(said))
				throw new Error(`${metric}: the figure is ${String(value)}, the content says ${String(said)}`);
		}
	}
}

/** One connection as the owner, past row level security. */
export async function withOwner<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
	const sql = postgres(url, { max: 1, onnotice: () => undefined, idle_timeout: 0 });
	try {
		return await work(sql);
	} finally {
		await sql.end({ timeout: 5 });
	}
}
