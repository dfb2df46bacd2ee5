import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openSession } from '#lib/server/auth/auth.ts';
import { isKnownDevice } from '#lib/server/auth/known-devices.ts';
import { leaveTrace, type Trace } from '#lib/server/auth/trace.ts';
import { now } from '#lib/server/clock.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

export const GUESSES = 5;
export const LOCK_MINUTES = 15;
/** Wrong guesses from one address in the same time, over all accounts: far above what an office of people mistypes. */
export const GUESSES_OF_ADDRESS = 300;
/** How long a guess waits for others on the same account to be decided before it is refused. */
const PATIENCE_MS = 4_000;

export type SignInOutcome =
	| { ok: true; cookie: string; personId: string }
	/** `until`: when the account may be tried again. */
	| { ok: false; why: 'wrong' | 'address' }
	| { ok: false; why: 'locked'; until: Date };

type Account = { personId: string; email: string; personName: string; disabled: boolean };
type Reservation =
	{ kind: 'reserved'; attemptId: string; account: Account | null; key: string } | { kind: 'busy' } | { kind: 'address' } | { kind: 'locked'; until: Date };

/**
 * Signs a person in by name or address and password.
 *
 * The guess is reserved in a transaction of its own before the password is looked at, so that five wrong ones in fifteen minutes lock the
 * account however many come at once (quality.md 6). A name nobody has is locked, and answered, like one that somebody has.
 *
 * Too many wrong guesses from one address, over all accounts, lock the address, but not the browsers on which the person signed in before.
 *
 * @param devices the cookie by which a browser is known
 * @param at the instant the limits are judged by; the application's clock unless a test says otherwise.
 */
export async function signIn(
	{ identifier, password, agent, devices }: { identifier: string; password: string; agent: string; devices?: string | undefined },
	trace: Trace,
	at: Date = now()
): Promise<SignInOutcome> {
	const typed = identifier.normalize('NFKC').trim().toLowerCase();
	const begun = Date.now();
	for (;;) {
		const reserved = await reserve(typed, trace, at, { devices });
		if (reserved.kind === 'locked') return { ok: false, why: 'locked', until: reserved.until };
		if (reserved.kind === 'address') return { ok: false, why: 'address' };
		if (reserved.kind === 'reserved') return decide(reserved, password, agent, trace, at);
		if (Date.now() - begun > PATIENCE_MS) return { ok: false, why: 'locked', until: new Date(at.getTime() + LOCK_MINUTES * 60_000) };
		await pause(40);
	}
}

/**
 * The same limit for a password asked again inside a session: whoever finds an unlocked screen does not get to guess.
 *
 * @returns null when no guess is left.
 */
export async function guessOfPerson<T>(personId: string, trace: Trace, at: Date, guess: () => Promise<T | null>): Promise<{ value: T | null } | null> {
	const reserved = await reserve(personId, trace, at, { personId });
	if (reserved.kind !== 'reserved') return null;
	const value = await guess();
	await settle(reserved, value !== null, 'confirm-password', trace, at);
	return { value };
}

/** @param known the person of a session, or the cookie of the browser: neither is kept out by what strangers do at the same address */
function reserve(typed: string, trace: Trace, at: Date, known: { personId?: string; devices?: string | undefined }): Promise<Reservation> {
	const { personId } = known;
	return asSystem('sign-in', async (db) => {
		const { sql } = db;
		const [found] =
			personId === undefined && typed !== '' && !typed.includes('\0')
				? await sql<
						{ person_id: string | null; email: string | null; person_name: string | null; disabled: boolean | null }[]
					>`select person_id, email, person_name, disabled from account_of(${typed})`
				: [];
		const account: Account | null = found
			? { personId: found.person_id as string, email: found.email as string, personName: found.person_name as string, disabled: found.disabled === true }
			: null;
		const key = personId ?? account?.personId ?? `unknown:${createHash('sha256').update(typed).digest('hex')}`;
		const since = new Date(at.getTime() - LOCK_MINUTES * 60_000);

		await sql`
			insert into sign_in_account as a (account_key, last_at) values (${key}, ${at})
			on conflict (account_key) do update set last_at = greatest(a.last_at, excluded.last_at)`;
		const [lock] = await sql<{ locked_until: Date | null }[]>`select locked_until from sign_in_account where account_key = ${key} for update`;
		if (lock?.locked_until && lock.locked_until > at) return { kind: 'locked', until: lock.locked_until };

		const [count] = await sql<{ used: number | null; from_address: number | null }[]>`
			select
				(select count(*)::int from sign_in_attempt where account_key = ${key} and at > ${since}) as used,
				(select count(*)::int from sign_in_attempt where address = ${trace.address} and at > ${since} and outcome = 'wrong') as from_address`;
		const isKnown = personId !== undefined || (account !== null && isKnownDevice(known.devices, account.personId));
		if (!isKnown && (count?.from_address ?? 0) >= GUESSES_OF_ADDRESS) return { kind: 'address' };
		if ((count?.used ?? 0) >= GUESSES) return { kind: 'busy' };
		const [attempt] = await sql<{ id: string }[]>`insert into sign_in_attempt (account_key, address, at) values (${key}, ${trace.address}, ${at}) returning id`;
		if (!attempt) throw new Error('a guess could not be reserved');
		return { kind: 'reserved', attemptId: attempt.id, account, key };
	});
}

async function decide(reserved: Extract<Reservation, { kind: 'reserved' }>, password: string, agent: string, trace: Trace, at: Date): Promise<SignInOutcome> {
	const { account } = reserved;
	// Nobody's address costs the same work: better-auth hashes what was typed either way.
	const email = account && !account.disabled ? account.email : 'nobody@account.invalid';
	const cookie = await openSession({ email, password, address: trace.address, agent });
	const lockedUntil = await settle(reserved, cookie !== null, 'sign-in', trace, at);
	if (cookie !== null && account) return { ok: true, cookie, personId: account.personId };
	return lockedUntil ? { ok: false, why: 'locked', until: lockedUntil } : { ok: false, why: 'wrong' };
}

/** Right: the account's wrong guesses are forgotten. Wrong: it stays, and the fifth one locks. */
function settle(reserved: Extract<Reservation, { kind: 'reserved' }>, right: boolean, act: string, trace: Trace, at: Date): Promise<Date | null> {
	const { account, key, attemptId } = reserved;
	return asSystem('sign-in', async (db) => {
		const { sql } = db;
		await leaveTrace(db, trace, account ? { personId: account.personId, personName: account.personName } : undefined);
		await sql<{ account_key: string }[]>`select account_key from sign_in_account where account_key = ${key} for update`;
		const objectId = account?.personId ?? key;
		if (right) {
			await sql`delete from sign_in_attempt where account_key = ${key} and (id = ${attemptId}::bigint or outcome = 'wrong')`;
			await sql`delete from sign_in_account a where a.last_at < ${new Date(at.getTime() - 86_400_000)} and not exists (select from sign_in_attempt t
				where t.account_key = a.account_key and t.at > ${new Date(at.getTime() - 86_400_000)})`;
			await writeJournal(db, { act, objectKind: 'person', objectId, article: null, after: { outcome: 'right' } });
			return null;
		}
		await sql`update sign_in_attempt set outcome = 'wrong' where id = ${attemptId}::bigint`;
		const [count] = await sql<{ wrong: number }[]>`
			select count(*)::int as wrong from sign_in_attempt
			where account_key = ${key} and outcome = 'wrong' and at > ${new Date(at.getTime() - LOCK_MINUTES * 60_000)}`;
		const locked = (count?.wrong ?? 0) >= GUESSES;
		const until = new Date(at.getTime() + LOCK_MINUTES * 60_000);
		if (locked) {
			await sql`update sign_in_account set locked_until = ${until} where account_key = ${key}`;
			await sql`delete from sign_in_attempt where account_key = ${key} and at <= ${new Date(at.getTime() - LOCK_MINUTES * 60_000)}`;
		}
		await writeJournal(db, {
			act,
			objectKind: 'person',
			objectId,
			article: null,
			after: locked ? { outcome: 'wrong', lockedUntil: until.toISOString() } : { outcome: 'wrong' }
		});
		return locked ? until : null;
	});
}
