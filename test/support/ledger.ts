import { setTimeout as wait } from 'node:timers/promises';
import { isDatabaseUnavailable } from '#lib/server/db/unavailable.ts';
import type { Door } from '#lib/server/db/door.ts';

/** What the writers were told about each of their transfers, by name. */
export type Ledger = {
	acknowledged: Set<string>;
	/** Told that it was not done: it must not be there. */
	refused: Set<string>;
	/** The connection went with the COMMIT: it may be there or not, but whole. */
	unknown: Set<string>;
	/** Thrown away by the writer itself. */
	withdrawn: Set<string>;
	/** Everything that was neither acknowledged nor called unavailable. */
	surprises: unknown[];
	slowestMs: number;
};

/** One row of a transfer: the transaction it was written for, and the one it was written in. */
export type Entry = { transfer: string; leg: number; meant_for: string; written_in: string };

export type Verdict = { lost: string[]; half: string[]; risen: string[]; strayed: string[] };

/** Two rows belong to every transfer, written together by one transaction. Owner's SQL. */
export const LEDGER_TABLE = `
	create table entry (
		transfer text not null,
		leg integer not null,
		meant_for text not null,
		written_in text not null default pg_current_xact_id()::text,
		primary key (transfer, leg)
	);
	grant select, insert on entry to keyent_app`;

/** Holds what stands in the table against what the writers were told. */
export function judge(ledger: Ledger, entries: Entry[]): Verdict {
	const legs = Map.groupBy(entries, (entry) => entry.transfer);
	return {
		lost: [...ledger.acknowledged].filter((name) => !legs.has(name)),
		half: [...legs].filter(([, rows]) => rows.length !== 2).map(([name]) => name),
		risen: [...ledger.refused, ...ledger.withdrawn].filter((name) => legs.has(name)),
		strayed: entries.filter((entry) => entry.meant_for !== entry.written_in).map((entry) => `${entry.transfer}/${entry.leg}`)
	};
}

/** One transfer: two rows with a pause between them, so that faults fall inside transactions; every seventh is thrown away. */
async function transfer(door: Door, ledger: Ledger, name: string, n: number): Promise<void> {
	const begun = performance.now();
	const withdrawn = new Error('withdrawn');
	try {
		await door.asSystem('ledger', async ({ sql }) => {
			const [row] = await sql<{ xid: string }[]>`select pg_current_xact_id()::text as xid`;
			if (!row) throw new Error('no transaction id');
			await sql`insert into entry (transfer, leg, meant_for) values (${name}, 1, ${row.xid})`;
			await wait((n * 7) % 15);
			await sql`insert into entry (transfer, leg, meant_for) values (${name}, 2, ${row.xid})`;
			if (n % 7 === 0) throw withdrawn;
		});
		ledger.acknowledged.add(name);
	} catch (error) {
		if (error === withdrawn) ledger.withdrawn.add(name);
		else if (isDatabaseUnavailable(error)) (error.outcome === 'unknown' ? ledger.unknown : ledger.refused).add(name);
		else ledger.surprises.push(error);
	}
	ledger.slowestMs = Math.max(ledger.slowestMs, performance.now() - begun);
}

export type Writers = {
	ledger: Ledger;
	/** Resolves after so many further acknowledgements, with the milliseconds that took until the first; throws after 20 s. */
	acknowledged: (more: number) => Promise<number>;
	/** Lets each finish its transfer. */
	stop: () => Promise<void>;
};

/** So many writers, each one transfer after the other. */
export function startWriters(door: Door, count: number): Writers {
	const ledger: Ledger = { acknowledged: new Set(), refused: new Set(), unknown: new Set(), withdrawn: new Set(), surprises: [], slowestMs: 0 };
	let going = true;
	const all = Array.from({ length: count }, async (_, writer) => {
		for (let n = 1; going; n += 1) await transfer(door, ledger, `${writer}-${n}`, n + writer);
	});
	return {
		ledger,
		acknowledged: async (more) => {
			const before = ledger.acknowledged.size;
			const begun = performance.now();
			let first = 0;
			while (ledger.acknowledged.size < before + more) {
				if (performance.now() - begun > 20_000) throw new Error(`only ${ledger.acknowledged.size - before} of ${more} were acknowledged in 20 s`);
				await wait(5);
				if (first === 0 && ledger.acknowledged.size > before) first = performance.now() - begun;
			}
			return first;
		},
		stop: async () => {
			going = false;
			await Promise.all(all);
		}
	};
}
