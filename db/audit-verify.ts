import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { addressOfRunning, EmbeddedDatabaseRefused, startEmbedded } from './embedded.ts';

/** The state of one organisation's chain. `brokenSeq` is the first entry that does not hold, null when all do. */
export interface ChainVerdict {
	/** Text of a bigint; 0 is the system itself. */
	readonly orgId: string;
	readonly entries: number;
	readonly brokenSeq: string | null;
	/**
	 * `content`: an entry was changed. `link`: it does not follow the one before it. `gap`: one is missing. `end`: the chain's end is missing or was replaced.
	 * `head_missing`.
	 */
	readonly reason: 'content' | 'link' | 'gap' | 'end' | 'head_missing' | null;
	/** Hash of the last entry: kept outside (on paper, in another system), it shows later that nobody rewrote the whole chain. */
	readonly lastHash: string;
}

interface StoredEntry {
	org_id: string;
	seq: string;
	at_micros: string | null;
	person_id: string | null;
	person_name: string | null;
	address: string | null;
	request_id: string | null;
	act: string;
	object_kind: string;
	object_id: string;
	article: string | null;
	before: string | null;
	after: string | null;
	prev_hash: Uint8Array;
	hash: Uint8Array;
}

const BATCH = 5_000;

/**
 * Recomputes every hash of the journal by itself, without the database's own functions: a function that was replaced together with the
 * entries would agree with them. Reads one snapshot in batches.
 */
export async function verifyJournal(url: string): Promise<readonly ChainVerdict[]> {
	const sql = postgres(url, { max: 1, onnotice: () => undefined, fetch_types: false });
	try {
		return await sql.begin('isolation level repeatable read read only', async (tx) => {
			// Row security is forced on the owner too.
			await tx`select set_config('app.system_reason', 'verify the journal', true)`;
			const heads = await tx<{ org_id: string; seq: string; hash: Uint8Array }[]>`select org_id, seq, hash from journal_head order by org_id`;
			const chains = new Map<string, ChainState>(heads.map((head) => [head.org_id, newChain(head)]));
			let after = { org: '-9223372036854775808', seq: '-9223372036854775808' };
			for (;;) {
				const rows = await tx<StoredEntry[]>`
					select org_id, seq, (extract(epoch from at) * 1000000)::bigint::text as at_micros, person_id, person_name, address, request_id,
						act, object_kind, object_id, article, before::text as before, after::text as after, prev_hash, hash
					from journal where (org_id, seq) > (${after.org}::bigint, ${after.seq}::bigint) order by org_id, seq limit ${BATCH}`;
				for (const row of rows) {
					const chain = chains.get(row.org_id) ?? newChain(undefined);
					chains.set(row.org_id, chain);
					follow(chain, row);
				}
				const last = rows.at(-1);
				if (!last || rows.length < BATCH) break;
				after = { org: last.org_id, seq: last.seq };
			}
			return [...chains].map(([orgId, chain]) => verdictOf(orgId, chain)).sort((a, b) => (BigInt(a.orgId) < BigInt(b.orgId) ? -1 : 1));
		});
	} finally {
		await sql.end({ timeout: 5 });
	}
}

interface ChainState {
	readonly head: { readonly seq: string; readonly hash: Uint8Array } | undefined;
	entries: number;
	seq: bigint;
	hash: Uint8Array;
	broken: { seq: string; reason: 'content' | 'link' | 'gap' } | null;
}

function newChain(head: ChainState['head']): ChainState {
	return { head, entries: 0, seq: 0n, hash: new Uint8Array(), broken: null };
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

function follow(chain: ChainState, row: StoredEntry): void {
	chain.entries += 1;
	if (chain.broken === null) {
		if (BigInt(row.seq) !== chain.seq + 1n) chain.broken = { seq: String(chain.seq + 1n), reason: 'gap' };
		else if (!same(row.prev_hash, chain.hash)) chain.broken = { seq: row.seq, reason: 'link' };
		else if (!same(row.hash, hashOf(row))) chain.broken = { seq: row.seq, reason: 'content' };
	}
	chain.seq = BigInt(row.seq);
	chain.hash = row.hash;
}

function verdictOf(orgId: string, chain: ChainState): ChainVerdict {
	const base = { orgId, entries: chain.entries, lastHash: Buffer.from(chain.hash).toString('hex') };
	if (chain.broken !== null) return { ...base, brokenSeq: chain.broken.seq, reason: chain.broken.reason };
	if (chain.head === undefined) return { ...base, brokenSeq: '1', reason: 'head_missing' };
	const ends = BigInt(chain.head.seq) === chain.seq && (chain.seq === 0n || same(chain.head.hash, chain.hash));
	if (ends) return { ...base, brokenSeq: null, reason: null };
	return { ...base, brokenSeq: String(BigInt(chain.head.seq) === chain.seq ? chain.seq : chain.seq + 1n), reason: 'end' };
}

/** SHA-256 of the previous hash and the entry as PostgreSQL writes a jsonb array: `[1, 2, "…", null]`. */
function hashOf(row: StoredEntry): Uint8Array {
	const texts = [row.person_id, row.person_name, row.address, row.request_id, row.act, row.object_kind, row.object_id, row.article];
	const parts = [
		row.org_id,
		row.seq,
		JSON.stringify(instantText(row.at_micros)),
		...texts.map((text) => JSON.stringify(text)),
		row.before ?? 'null',
		row.after ?? 'null'
	];
	return createHash('sha256')
		.update(row.prev_hash)
		.update(`[${parts.join(', ')}]`, 'utf8')
		.digest();
}

/** 2026-11-30T15:59:59.999999Z: JavaScript's instants keep no microseconds. */
function instantText(micros: string | null): string {
	if (micros === null) return '';
	const all = BigInt(micros);
	const whole = all / 1_000_000n;
	return `${new Date(Number(whole) * 1000).toISOString().slice(0, 19)}.${String(all - whole * 1_000_000n).padStart(6, '0')}Z`;
}

async function main(): Promise<number> {
	// Beside a running `npm start` the journal is read where it is being written.
	const given = process.env['MIGRATE_DATABASE_URL'] || process.env['DATABASE_URL'] || process.env['EMBEDDED_DATABASE_URL'] || (await addressOfRunning());
	const embedded = given ? undefined : await startEmbedded();
	try {
		const verdicts = await verifyJournal(given ?? embedded?.url ?? '');
		for (const { orgId, entries, brokenSeq, reason, lastHash } of verdicts) {
			console.log(
				brokenSeq === null
					? `organisation ${orgId}: ${entries} entries, whole, ends with ${lastHash}`
					: `organisation ${orgId}: BROKEN at entry ${brokenSeq} (${reason ?? ''})`
			);
		}
		const broken = verdicts.filter((verdict) => verdict.brokenSeq !== null).length;
		console.log(broken === 0 ? `All ${verdicts.length} chains are whole.` : `${broken} of ${verdicts.length} chains are broken.`);
		return broken === 0 ? 0 : 1;
	} finally {
		await embedded?.stop();
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		process.exitCode = await main();
	} catch (error) {
		// Whoever asks whether the journal is whole must never read a failure as "yes".
		const noTable = error instanceof postgres.PostgresError && error.code === '42P01';
		console.error(
			noTable
				? 'This database holds no journal yet; `npm start` or `npm run migrate` makes one.'
				: error instanceof EmbeddedDatabaseRefused
					? error.message
					: error
		);
		process.exitCode = 2;
	}
}
