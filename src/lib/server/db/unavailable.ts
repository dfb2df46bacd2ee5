/**
 * The database could not do it now; nothing is wrong with what was asked. The hook answers 503.
 *
 * `outcome` is `unknown` when the connection went while COMMIT was on its way: it may stand. Acts are idempotent, so asking again is safe.
 */
export type DatabaseUnavailable = Error & {
	code: 'DATABASE_UNAVAILABLE';
	/** unreachable: no connection; busy: no free connection in time; lost: it went inside the transaction; slow: it took too long. */
	reason: 'unreachable' | 'busy' | 'lost' | 'slow';
	outcome: 'not_done' | 'unknown';
};

/** Whether an error says that the database is away, rather than that something is wrong. */
export function isDatabaseUnavailable(error: unknown): error is DatabaseUnavailable {
	return error instanceof Error && 'code' in error && error.code === 'DATABASE_UNAVAILABLE';
}

export function databaseUnavailable(reason: DatabaseUnavailable['reason'], outcome: DatabaseUnavailable['outcome'], cause?: unknown): DatabaseUnavailable {
	const error = new Error(`database ${reason}${outcome === 'unknown' ? ', outcome unknown' : ''}`, { cause });
	return Object.assign(error, { code: 'DATABASE_UNAVAILABLE' as const, reason, outcome });
}

const UNREACHABLE = new Set([
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ENOENT',
	'CONNECT_TIMEOUT',
	'CONNECTION_ENDED',
	'57P03', // the server is starting up or in recovery
	'53300' // too many connections
]);

const LOST = new Set([
	'CONNECTION_CLOSED',
	'CONNECTION_DESTROYED',
	'ECONNRESET',
	'EPIPE',
	'ETIMEDOUT',
	'57P01',
	'57P02', // terminated by an administrator; by a crash of another backend
	'57P05',
	'25P03',
	'25P04', // idle session, idle in transaction and transaction timeouts end the session
	'08000',
	'08003',
	'08006',
	'08001',
	'08004',
	'08P01'
]);

const SLOW = new Set([
	'57014', // statement_timeout
	'55P03' // lock_timeout
]);

/** What a failure of the connection is called; undefined for every other error, above all for refused rows. */
export function faultOf(error: unknown): DatabaseUnavailable['reason'] | undefined {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (UNREACHABLE.has(code)) return 'unreachable';
	if (LOST.has(code)) return 'lost';
	return SLOW.has(code) ? 'slow' : undefined;
}
