import postgres from 'postgres';
import { readConfig } from '#lib/server/config.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { openFileStore } from '#lib/server/files/file-store.ts';
import type { FileStore } from '#lib/server/files/files.ts';
import { makeBenchmarks, unmadeYears } from '#lib/server/store/trend/benchmarks.ts';
import { CATEGORIES, type ChannelKind, type OrganisationKind } from '#lib/domain/parties.ts';
import { DEMONSTRATION_PASSWORD, type DemonstrationAccount, type SeatedAccount } from './accounts.ts';
import { generateDemonstration, type Demonstration } from './generate.ts';
import { phoneOf } from './names.ts';
import { DEMONSTRATION_SEED } from './random.ts';
import type { ReferenceParties } from './register.ts';
import { TABLES, type JournalLine, type Row, type Table } from './rows.ts';
import { keepFiles } from './synthetic-file.ts';

export type { DemonstrationAccount } from './accounts.ts';

/** The demonstration is for an empty database outside production, and for nothing else. */
export class DemonstrationRefused extends Error {
	override name = 'DemonstrationRefused';
}

/**
 * Fills a migrated database that holds the reference data and nobody yet with synthetic firms, people and reports up to `asOf`, all in
 * one transaction, and marks the database as a demonstration for good. Attachments go to `files`, by default where the settings say.
 *
 * @throws DemonstrationRefused in production, or when the database holds an enterprise or a person.
 */
export async function seedDemonstration({
	url,
	asOf,
	files
}: {
	url: string;
	asOf: Date;
	files?: FileStore;
}): Promise<{ accounts: readonly DemonstrationAccount[] }> {
	if (process.env['APP_ENV'] === 'production') throw new DemonstrationRefused('APP_ENV says production: demonstration data is never put into such a database.');
	const sql = postgres(url, { max: 1, onnotice: () => undefined });
	try {
		const hash = await hashPassword(DEMONSTRATION_PASSWORD);
		const demonstration = await sql.begin(async (tx) => {
			await asSystem(tx, asOf.getTime());
			await refuseUnlessEmpty(tx);
			const made = generateDemonstration(await referenceOf(tx), asOf);
			await keepFiles(files ?? ownStore(), made.files);
			await layDown(tx, made, asOf, hash);
			return made;
		});
		await sql`analyze`;
		return { accounts: demonstration.accounts.map(({ role, username, password, name, organisation }) => ({ role, username, password, name, organisation })) };
	} finally {
		await sql.end({ timeout: 5 });
	}
}

function ownStore(): FileStore {
	const reading = readConfig(process.env);
	if (!reading.ok) throw new DemonstrationRefused(reading.problems.join('\n'));
	return openFileStore(reading.config.files);
}

/** What stamps itself by the database's clock is stamped a moment before `asOf`, not with the real time. */
async function asSystem(tx: postgres.TransactionSql, asOf: number): Promise<void> {
	await tx`select set_config('app.system_reason', 'demonstration data', true),
		set_config('app.clock_offset_ms', floor(${asOf - 60_000}::float8 - extract(epoch from clock_timestamp()) * 1000)::bigint::text, true)`;
}

async function refuseUnlessEmpty(tx: postgres.TransactionSql): Promise<void> {
	await tx`select pg_advisory_xact_lock(hashtext('demonstration'))`;
	const [row] = await tx<
		{ used: boolean }[]
	>`select exists (select from enterprise) or exists (select from person) or exists (select from reporting_year) as used`;
	if (row?.used !== false) throw new DemonstrationRefused('The database is in use: demonstration data goes only into an empty one.');
}

async function referenceOf(tx: postgres.TransactionSql): Promise<ReferenceParties> {
	const channels = await tx<{ id: string; kind: ChannelKind; nameZh: string; shortZh: string; quota: number }[]>`
		select id, kind, name_zh as "nameZh", short_zh as "shortZh", quota_per_category as quota from channel where kind = 'province' order by id`;
	const offices = await tx<{ orgId: number; kind: OrganisationKind; channelId: string | null; nameZh: string }[]>`
		select id::int as "orgId", kind, channel_id as "channelId", name_zh as "nameZh" from organisation order by id`;
	return { channels: [...channels], offices: [...offices] };
}

async function layDown(tx: postgres.TransactionSql, { harvest, accounts, register }: Demonstration, asOf: Date, hash: string): Promise<void> {
	for (const table of TABLES) await insertAll(tx, table, harvest.rows[table]);
	// Versions are laid down forwarded already: what the triggers keep at a forwarding is kept in one go.
	await tx`select keep_trend_figures(null)`;
	for (const year of await unmadeYears({ sql: tx })) await makeBenchmarks({ sql: tx }, year, CATEGORIES);
	for (const table of IDENTITIES) await tx`select setval(pg_get_serial_sequence(${table}, 'id'), greatest((select max(id) from ${tx(table)}), 1))`;
	// The offices of the reference data were made when the database was; in this story they stand since the beginning.
	const offices = register.offices.map(({ orgId }) => ({ id: orgId, phone: phoneOf(90_000_000 + orgId) }));
	await tx`
		update organisation o set phone = given.phone, created_at = least(o.created_at, (select min(created_at) from person))
		from json_to_recordset(${JSON.stringify(offices)}::text::json) as given (id bigint, phone text) where o.id = given.id`;
	await openAccounts(tx, accounts, hash);
	await tx`insert into demonstration (started_at, seed) values (${asOf}, ${DEMONSTRATION_SEED})`;
	await tx`select journal_write('load-demonstration', 'organisation', '0', null, null,
		${JSON.stringify({ seed: DEMONSTRATION_SEED, synthetic: true })}::text::jsonb)`;
	await writeJournal(tx, harvest.journal);
	await asSystem(tx, asOf.getTime());
}

const IDENTITIES = [
	'enterprise',
	'organisation',
	'designation',
	'enterprise_event',
	'annual_report',
	'opinion',
	'report_return',
	'return_comment',
	'forwarding',
	'report_event',
	'report_need',
	'report_need_answer',
	'follow_up',
	'follow_up_entry'
] as const satisfies readonly Table[];

/** One statement for some thousand rows: the table's own types read the JSON. */
async function insertAll(tx: postgres.TransactionSql, table: Table, rows: readonly Row[]): Promise<void> {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => `"${name}"`).join(', ');
	for (let from = 0; from < rows.length; from += 2000) {
		await tx.unsafe(
			`insert into ${table} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${table}, $1::text::json)`,
			[JSON.stringify(rows.slice(from, from + 2000))]
		);
	}
}

/** Credentials as the sign-in keeps them: one account per person. */
async function openAccounts(tx: postgres.TransactionSql, accounts: readonly SeatedAccount[], hash: string): Promise<void> {
	for (const { username, person } of accounts) await tx`select account_open(${person.id}, ${person.name}, ${person.email}, ${username}, ${hash})`;
}

/** Through `journal_write` like every act, each entry in the name of its actor and at its own time; the request says that it is synthetic. */
async function writeJournal(tx: postgres.TransactionSql, lines: readonly JournalLine[]): Promise<void> {
	await tx`create temporary table demonstration_journal (line json not null) on commit drop`;
	for (let from = 0; from < lines.length; from += 2000) {
		await tx`insert into demonstration_journal select value from json_array_elements(${JSON.stringify(lines.slice(from, from + 2000))}::text::json)`;
	}
	await tx.unsafe(`
		do $$
		declare
			l json;
		begin
			perform set_config('app.system_reason', '', true), set_config('app.request_id', 'demonstration', true);
			for l in select line from demonstration_journal loop
				perform set_config('app.org_kind', l->>'orgKind', true), set_config('app.org_id', l->>'orgId', true),
					set_config('app.person_id', l->>'personId', true), set_config('app.person_name', l->>'personName', true);
				perform set_config('app.clock_offset_ms', floor((l->>'at')::float8 - extract(epoch from clock_timestamp()) * 1000)::bigint::text, true);
				perform journal_write(l->>'act', l->>'objectKind', l->>'objectId', l->>'article', (l->>'before')::jsonb, (l->>'after')::jsonb);
			end loop;
			perform set_config('app.org_kind', '', true), set_config('app.org_id', '', true), set_config('app.person_id', '', true),
				set_config('app.person_name', '', true), set_config('app.request_id', '', true);
		end
		$$`);
}
