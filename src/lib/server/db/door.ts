import postgres from 'postgres';
import { dutyRefusal, type Act } from '#lib/domain/duties.ts';
import { refuse, type Decision, type Refusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { clockOffsetMs } from '#lib/server/clock.ts';
import { config } from '#lib/server/config.ts';
import { pageRefusal } from '#lib/server/page-mark.ts';
import { databaseUnavailable, faultOf, isDatabaseUnavailable } from './unavailable.ts';
import { within, type Party, type Within } from './scope.ts';

/** What a piece of work gets: a tagged template that runs inside its transaction, who acts, and what that actor may see. */
export type Db = { sql: postgres.TransactionSql; within: Within };
export type ActorDb = Db & { actor: Actor };

export type WorkOptions = {
	/** Refuse every write. */
	readOnly?: boolean;
	/** One snapshot for several statements; read committed otherwise. */
	isolation?: 'repeatable read' | 'serializable';
	/** Run again, at most three times, when PostgreSQL says serialization failure or deadlock. Only for work that does nothing outside the database. */
	retry?: boolean;
	/** Milliseconds for the whole of it, waiting included. Longer only for exports and jobs. */
	deadlineMs?: number;
};

/** The one door to the rows. Every call is one transaction. */
export type Door = {
	/** @throws DatabaseUnavailable; PostgresError with `constraint_name` for what the database refuses */
	asActor: <T>(actor: Actor, work: (db: ActorDb) => Promise<T>, options?: WorkOptions) => Promise<T>;
	/** For jobs, tools and the steps before anyone is known; the reason is journalled. */
	asSystem: <T>(reason: string, work: (db: Db) => Promise<T>, options?: WorkOptions) => Promise<T>;
	/**
	 * One question outside any transaction, in one round trip instead of three. For the session alone, which every request asks about before anybody
	 * is known: the database's function says itself what it may see, and nothing else answers a stranger.
	 *
	 * @throws DatabaseUnavailable
	 */
	ask: <Rows extends readonly unknown[]>(question: (sql: postgres.Sql) => PromiseLike<Rows>) => Promise<Rows>;
	/** For pages that need no sign-in: the public register (方案第十条). Reads only. */
	asVisitor: <T>(work: (db: Db) => Promise<T>, options?: WorkOptions) => Promise<T>;
	close: () => Promise<void>;
};

export type DoorOptions = {
	/** Connections; 16 by default. */
	pool?: number;
	/** Milliseconds added to the database's clock (APP_NOW); 0 by default. */
	clockOffsetMs?: () => number;
	/** The role every connection takes on; it owns nothing. */
	role?: string;
};

/** Nobody waits longer than this for an answer, a frozen server included. */
const DEADLINE_MS = 9_500;

/** Opens a pool of connections to `url`. Connects when first used. */
export function openDoor(url: string, { pool = 16, clockOffsetMs: offset = () => 0, role = 'keyent_app' }: DoorOptions = {}): Door {
	const connections = postgres(url, {
		max: pool,
		connect_timeout: 5,
		// The driver's own waits grow to 20 s; a server that is back must be noticed within 5.
		backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1),
		connection: {
			application_name: 'keyent',
			role,
			TimeZone: 'UTC',
			statement_timeout: DEADLINE_MS,
			lock_timeout: 5_000,
			idle_in_transaction_session_timeout: 15_000
		},
		onnotice: () => undefined,
		types: {
			// A day is text, never an instant. timestamptz stays a Date; bigint and numeric are text by the driver's default.
			day: { to: 1082, from: [1082], serialize: String, parse: (text: string) => text }
		}
	});

	async function transact<T>(party: Party, work: (db: Db) => Promise<T>, options: WorkOptions): Promise<T> {
		for (let attempt = 1; ; attempt += 1) {
			try {
				return await transaction(connections, party, work, options, offset());
			} catch (error) {
				const code = error instanceof postgres.PostgresError ? error.code : '';
				if (!options.retry || attempt === 3 || (code !== '40001' && code !== '40P01')) throw error;
			}
		}
	}

	return {
		asActor: (actor, work, options = {}) => transact({ actor }, (db) => work({ ...db, actor }), options),
		asSystem: (systemReason, work, options = {}) => transact({ systemReason }, work, options),
		asVisitor: (work, options = {}) => transact({ visitor: true }, work, { ...options, readOnly: true }),
		ask: async (question) => {
			const limit = deadline({ begun: true, finished: false }, DEADLINE_MS);
			try {
				return await Promise.race([question(connections), limit.passed]);
			} catch (error) {
				const fault = faultOf(error);
				throw fault ? databaseUnavailable(fault, 'not_done', error) : error;
			} finally {
				limit.clear();
			}
		},
		close: () => connections.end({ timeout: 5 })
	};
}

/** Where one transaction stands. `over` is set once; from then on it accepts no statement. */
type Course = { over: Error | 'ended' | undefined; begun: boolean; finished: boolean; backend: { pid: number } | undefined; pid: number | undefined };

async function transaction<T>(connections: postgres.Sql, party: Party, work: (db: Db) => Promise<T>, options: WorkOptions, offsetMs: number): Promise<T> {
	const course: Course = { over: undefined, begun: false, finished: false, backend: undefined, pid: undefined };
	const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
	const attempt = connections.begin(modeOf(options), async (tx) => {
		refuseIfOver(course);
		course.begun = true;
		// Not awaited: it travels with the first statement of the work, which costs no round trip of its own.
		const context = setContext(tx, party, offsetMs, deadlineMs).then((rows) => {
			course.backend = rows.state as unknown as { pid: number };
			course.pid = course.backend.pid;
		});
		context.catch(() => undefined);
		const result = await work({ sql: guarded(tx, course), within: within(tx, party) });
		await context;
		if (isReplaced(course)) return await new Promise<never>(() => undefined); // neither COMMIT nor ROLLBACK may reach somebody else's transaction
		refuseIfOver(course);
		course.finished = true;
		return result;
	});
	attempt.catch(() => undefined);
	const limits = deadline(course, deadlineMs);
	try {
		return (await Promise.race([attempt, limits.passed])) as T;
	} catch (error) {
		const fault = faultOf(error);
		const failure = fault && !isDatabaseUnavailable(error) ? databaseUnavailable(fault, course.finished ? 'unknown' : 'not_done', error) : error;
		course.over = failure instanceof Error ? failure : 'ended';
		throw failure;
	} finally {
		limits.clear();
		course.over ??= 'ended';
	}
}

function refuseIfOver({ over }: Course): void {
	if (over) throw over === 'ended' ? new Error('This transaction has ended: a statement came too late.') : over;
}

function modeOf({ isolation, readOnly }: WorkOptions): string {
	return [isolation ? `isolation level ${isolation}` : '', readOnly ? 'read only' : ''].join(' ').trim();
}

/** A connection object outlives its connection; its backend's number shows that another one stands behind it now. */
function isReplaced(course: Course): boolean {
	return course.backend !== undefined && course.backend.pid !== course.pid;
}

/** Waiting for a connection and working on it are bounded here, because a frozen server keeps no time limit of its own. */
function deadline(course: Pick<Course, 'begun' | 'finished'>, deadlineMs: number): { passed: Promise<never>; clear: () => void } {
	let timers: NodeJS.Timeout[] = [];
	const passed = new Promise<never>((_, reject) => {
		timers = [
			setTimeout(() => course.begun || reject(databaseUnavailable('busy', 'not_done')), Math.min(deadlineMs, DEADLINE_MS)),
			setTimeout(() => reject(databaseUnavailable('slow', course.finished ? 'unknown' : 'not_done')), deadlineMs)
		];
	});
	return { passed, clear: () => timers.forEach((timer) => clearTimeout(timer)) };
}

/**
 * Says who acts, for this transaction only. One statement, always the same text, so it is prepared once per connection; counting the answers makes them one
 * column to read.
 */
function setContext(tx: postgres.TransactionSql, party: Party, offsetMs: number, deadlineMs: number) {
	const actor = 'actor' in party ? party.actor : undefined;
	return tx<{ settings: number | null }[]>`
		select num_nonnulls(
			set_config('app.person_id', ${actor?.personId ?? ''}, true),
			set_config('app.person_name', ${actor?.personName ?? ''}, true),
			set_config('app.org_id', ${actor?.orgId ?? ''}, true),
			set_config('app.org_kind', ${actor?.orgKind ?? ('visitor' in party ? 'public' : '')}, true),
			set_config('app.channel_id', ${actor?.channelId ?? ''}, true),
			set_config('app.enterprise_id', ${actor?.enterpriseId ?? ''}, true),
			set_config('app.duty', ${actor?.duty ?? ''}, true),
			set_config('app.request_id', ${actor?.requestId ?? ''}, true),
			set_config('app.address', ${actor?.address ?? ''}, true),
			set_config('app.clock_offset_ms', ${String(Math.round(offsetMs))}, true),
			set_config('app.system_reason', ${'systemReason' in party ? party.systemReason : ''}, true),
			set_config('statement_timeout', ${String(deadlineMs)}, true),
			-- PostgreSQL 15 and 16 do not know it and would refuse.
			case when current_setting('server_version_num')::int >= 170000 then set_config('transaction_timeout', ${String(deadlineMs + 5_000)}, true) end
		)::int as settings`;
}

/** The transaction's own template, which refuses once the transaction is over or its connection was replaced. */
function guarded(tx: postgres.TransactionSql, course: Course): postgres.TransactionSql {
	const check = () => {
		refuseIfOver(course);
		if (isReplaced(course)) throw databaseUnavailable('lost', 'not_done');
	};
	return new Proxy(tx, {
		apply(target, self, args) {
			check();
			return Reflect.apply(target, self, args) as unknown;
		},
		get(target, name) {
			const member = Reflect.get(target, name) as unknown;
			if (name === 'savepoint') {
				return (...args: unknown[]) => {
					check();
					const inner = args.pop() as (sql: postgres.TransactionSql) => Promise<unknown>;
					return (member as (...args: unknown[]) => unknown)(...args, (sql: postgres.TransactionSql) => inner(guarded(sql, course)));
				};
			}
			if (name !== 'unsafe' && name !== 'file') return member;
			return (...args: unknown[]) => {
				check();
				return (member as (...args: unknown[]) => unknown)(...args);
			};
		}
	});
}

let appDoor: Door | undefined;

/** The application's own door, opened when first used. */
function door(): Door {
	if (appDoor) return appDoor;
	const { databaseUrl, databasePool } = config();
	if (databaseUrl === undefined) throw new Error('No database is set: start with `npm start`, or set DATABASE_URL.');
	return (appDoor = openDoor(databaseUrl, { pool: databasePool, clockOffsetMs }));
}

/** One transaction on behalf of a person. */
export const asActor: Door['asActor'] = (actor, work, options) => door().asActor(actor, work, options);

/** Why this person may not do the act from where they are, whatever its object: another's page, or another's duty. */
export function officeRefusal(actor: Actor, act: Act): Refusal | null {
	return pageRefusal(actor) ?? dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, act);
}

/**
 * How every act of an office begins: page, duty, instant, and only then what it locks. The instant is read before anything is waited for,
 * so that waiting for a lock makes nobody late. An act on reports begins with `onReport`, which is this and the lock.
 */
export async function asOffice<T extends object>(
	actor: Actor,
	act: Act,
	work: (db: ActorDb, now: Date) => Promise<Decision<T>>,
	options?: WorkOptions
): Promise<Decision<T>> {
	const refusal = officeRefusal(actor, act);
	if (refusal) return refuse(refusal);
	return asActor(actor, async (db) => work(db, await instantOf(db)), options);
}

/** The instant an act is judged and recorded by: the database's clock, read in the act's own transaction (quality: the deadline is an instant). */
export async function instantOf({ sql }: Db): Promise<Date> {
	const [row] = await sql<{ at: Date | null }[]>`select app_now()::timestamptz as at`;
	if (!row?.at) throw new Error('the database gave no time');
	return row.at;
}

/** One transaction on behalf of the timetable, a tool, or a step before anyone is known. */
export const asSystem: Door['asSystem'] = (reason, work, options) => door().asSystem(reason, work, options);

/** One question outside any transaction: who stands behind a session. */
export const ask: Door['ask'] = (question) => door().ask(question);

/** One reading transaction for a page that needs no sign-in. */
export const asVisitor: Door['asVisitor'] = (work, options) => door().asVisitor(work, options);

/** Lets what is under way finish, at most five seconds, and closes the connections. */
export async function closeDoor(): Promise<void> {
	const open = appDoor;
	appDoor = undefined;
	await open?.close();
}
