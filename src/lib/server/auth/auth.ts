import { createHmac, timingSafeEqual } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { PostgresJSDialect } from 'kysely-postgres-js';
import postgres from 'postgres';
import { hashPassword, verifyPassword } from './password.ts';
import { now } from '#lib/server/clock.ts';
import { config } from '#lib/server/config.ts';

/** Whatever is done: twelve hours after sign-in one signs in again (quality.md 6). */
export const SESSION_HOURS = 12;

/** Carries the network address to better-auth, which would otherwise believe whatever a browser says of itself. */
const ADDRESS_HEADER = 'x-session-address';

/** Outside production and started without a secret, sessions end with the process. */
const PASSING_SECRET = crypto.randomUUID() + crypto.randomUUID();

/** The key of everything signed here. */
export function sessionSecret(): string {
	return config().sessionSecret ?? PASSING_SECRET;
}

function isHttps(): boolean {
	return config().origin?.startsWith('https://') ?? false;
}

/** The cookie that carries a session, by the name better-auth gives it. */
export function sessionCookieName(): string {
	return `${isHttps() ? '__Secure-' : ''}keyent.session_token`;
}

export function sessionCookieOptions(): { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean; maxAge: number } {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(), maxAge: SESSION_HOURS * 3600 };
}

function open() {
	const url = config().authDatabaseUrl ?? config().databaseUrl;
	if (url === undefined) throw new Error('No database is set: start with `npm start`, or set DATABASE_URL.');
	const connections = postgres(url, {
		max: 4,
		connect_timeout: 5,
		backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1),
		connection: { application_name: 'keyent-auth', role: 'keyent_auth', search_path: 'auth', TimeZone: 'UTC', statement_timeout: 9_500, lock_timeout: 5_000 },
		onnotice: () => undefined
	});
	const auth = betterAuth({
		baseURL: config().origin ?? 'http://localhost',
		secret: sessionSecret(),
		telemetry: { enabled: false },
		logger: { disabled: true },
		rateLimit: { enabled: false },
		database: { dialect: new PostgresJSDialect({ postgres: connections }), type: 'postgres', transaction: true },
		// Accounts come from an accepted invitation only; nothing of better-auth is reachable from outside, the form actions call it.
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			maxPasswordLength: 1_000,
			password: { hash: hashPassword, verify: verifyPassword }
		},
		user: {
			additionalFields: {
				username: { type: 'string', required: false, input: false },
				displayUsername: { type: 'string', required: false, input: false }
			}
		},
		session: {
			expiresIn: SESSION_HOURS * 3600,
			cookieCache: { enabled: false },
			additionalFields: { touchedAt: { type: 'date', required: true, input: false } }
		},
		advanced: {
			cookiePrefix: 'keyent',
			useSecureCookies: isHttps(),
			ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] }
		},
		databaseHooks: {
			session: {
				create: {
					// Both ends of a session are judged by the application's clock, so they are written by it.
					before: (session) => {
						const at = now();
						const expiresAt = new Date(at.getTime() + SESSION_HOURS * 3_600_000);
						return Promise.resolve({ data: { ...session, createdAt: at, updatedAt: at, touchedAt: at, expiresAt } });
					}
				}
			}
		}
	});
	return { auth, connections };
}

let opened: ReturnType<typeof open> | undefined;

function door(): ReturnType<typeof open> {
	return (opened ??= open());
}

/**
 * Verifies the password and opens a session. An address that nobody has costs the same work as one that somebody has.
 *
 * @returns the value of the session cookie, or null when name or password is wrong.
 */
export async function openSession({
	email,
	password,
	address,
	agent
}: {
	email: string;
	password: string;
	address: string;
	agent: string;
}): Promise<string | null> {
	const headers = new Headers({ [ADDRESS_HEADER]: address || '127.0.0.1', 'user-agent': agent.replace(/[^\x20-\x7e]/g, '').slice(0, 300) });
	try {
		const { response } = await door().auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true });
		return signed(response.token);
	} catch (error) {
		if (error instanceof APIError && (error.status === 'UNAUTHORIZED' || error.status === 'BAD_REQUEST')) return null;
		throw error;
	}
}

/** Whether this is the person's present password. Costs the same whether or not the person has one. */
export async function isPasswordOf(personId: string, password: string): Promise<boolean> {
	const context = await door().auth.$context;
	const accounts = await context.internalAdapter.findAccounts(personId);
	const hash = accounts.find((account) => account.providerId === 'credential')?.password;
	if (hash) return verifyPassword({ hash, password });
	await hashPassword(password);
	return false;
}

function signatureOf(token: string): string {
	return createHmac('sha256', sessionSecret()).update(token).digest('base64');
}

function signed(token: string): string {
	return `${token}.${signatureOf(token)}`;
}

/** The token in a session cookie, or null when we did not sign it: a copy of the table alone opens nothing. */
export function tokenOf(cookie: string | undefined): string | null {
	const cut = cookie?.lastIndexOf('.') ?? -1;
	if (!cookie || cut < 1 || cookie.length > 200) return null;
	const token = cookie.slice(0, cut);
	const given = Buffer.from(cookie.slice(cut + 1));
	const expected = Buffer.from(signatureOf(token));
	return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

/** Closes the connections; used when the process ends. */
export async function closeAuth(): Promise<void> {
	const closing = opened;
	opened = undefined;
	await closing?.connections.end({ timeout: 5 });
}
