import { expect, test } from 'vitest';
import { GUESSES_OF_ADDRESS, guessOfPerson, signIn } from '#lib/server/acts/people/sign-in.ts';
import { isKnownDevice, withDevice } from '#lib/server/auth/known-devices.ts';
import { personOfSession } from '#lib/server/auth/session.ts';
import { applicationDatabase, openOffice, PASSWORD, seatPerson } from '../../support/people.ts';

const trace = { address: '203.0.113.7', requestId: 'r-1' };
const agent = 'a browser';
const minutes = (n: number, from: Date) => new Date(from.getTime() + n * 60_000);

test('name or address open the same account, and the session knows person and office', async () => {
	const database = await applicationDatabase();
	const office = await openOffice(database, 'mofcom');
	await seatPerson(database, office, 'li.na', 'approver');
	for (const identifier of ['li.na', ' LI.NA ', 'li.na@example.cn', 'Li.Na@Example.cn']) {
		const outcome = await signIn({ identifier, password: PASSWORD, agent }, trace);
		expect(outcome, identifier).toMatchObject({ ok: true, personId: 'person-li.na' });
		if (!outcome.ok) continue;
		const person = await personOfSession(outcome.cookie);
		expect(person).toMatchObject({ id: 'person-li.na', seat: { kind: 'mofcom', duty: 'approver', orgId: office.orgId } });
		expect(await personOfSession(`${outcome.cookie.slice(0, -3)}abc`)).toBeNull();
	}
	const entries = await database.adminSql`select act, person_id, address, after from journal where object_id = 'person-li.na'`;
	expect(entries).toHaveLength(4);
	expect(entries[0]).toMatchObject({ person_id: 'person-li.na', address: '203.0.113.7', after: { outcome: 'right' } });
	expect(await database.adminSql`select reason from journal_verify() where broken_seq is not null`).toHaveLength(0);
});

test('of 40 guesses at once exactly five are verified, then the account is locked, also for the right password', async () => {
	const database = await applicationDatabase();
	await seatPerson(database, await openOffice(database, 'audit'), 'zhou');
	const at = new Date();
	const outcomes = await Promise.all(
		Array.from({ length: 40 }, (_, index) => signIn({ identifier: 'zhou', password: `wrong guess number ${index}`, agent }, trace, at))
	);
	expect(outcomes.every((outcome) => !outcome.ok)).toBe(true);
	// each verified guess leaves one entry; a guess that was only refused leaves none
	expect(await database.adminSql`select 1 from journal where object_id = 'person-zhou'`).toHaveLength(5);
	expect(await database.adminSql`select 1 from journal where object_id = 'person-zhou' and after ? 'lockedUntil'`).toHaveLength(1);
	const right = { identifier: 'zhou', password: PASSWORD, agent };
	expect(await signIn(right, trace, minutes(1, at))).toMatchObject({ ok: false, why: 'locked' });
	expect(await signIn({ ...right, identifier: 'zhou@example.cn' }, trace, new Date(minutes(15, at).getTime() - 1))).toMatchObject({ ok: false, why: 'locked' });
	expect(await signIn(right, trace, minutes(15, at))).toMatchObject({ ok: true });
});

test('forty people with the right password at once are let in, also on one account', async () => {
	const database = await applicationDatabase();
	const office = await openOffice(database, 'administration');
	for (let index = 0; index < 20; index += 1) await seatPerson(database, office, `person${index}`);
	const outcomes = await Promise.all([
		...Array.from({ length: 20 }, (_, index) => signIn({ identifier: `person${index}`, password: PASSWORD, agent }, trace)),
		...Array.from({ length: 12 }, () => signIn({ identifier: 'person0', password: PASSWORD, agent }, trace))
	]);
	expect(outcomes.filter((outcome) => !outcome.ok)).toEqual([]);
});

test('a name nobody has is answered and locked like one that somebody has', async () => {
	const database = await applicationDatabase();
	await seatPerson(database, await openOffice(database, 'audit'), 'known');
	const at = new Date();
	const answers = async (identifier: string) => {
		const said: unknown[] = [];
		for (let index = 0; index < 6; index += 1) said.push(await signIn({ identifier, password: 'not the password', agent }, trace, at));
		return said;
	};
	expect(await answers('nobody')).toEqual(await answers('known'));
});

test('four wrong guesses and a right one leave five new guesses; wrong ones fade after a quarter of an hour', async () => {
	const database = await applicationDatabase();
	await seatPerson(database, await openOffice(database, 'audit'), 'wu');
	const at = new Date();
	const wrong = (when: Date) => signIn({ identifier: 'wu', password: 'not the password', agent }, trace, when);
	const right = (when: Date) => signIn({ identifier: 'wu', password: PASSWORD, agent }, trace, when);
	for (let index = 0; index < 4; index += 1) expect(await wrong(at)).toEqual({ ok: false, why: 'wrong' });
	expect(await right(at)).toMatchObject({ ok: true });
	for (let index = 0; index < 4; index += 1) expect(await wrong(at)).toEqual({ ok: false, why: 'wrong' });
	expect(await wrong(minutes(15, at))).toEqual({ ok: false, why: 'wrong' });
	expect(await right(minutes(15, at))).toMatchObject({ ok: true });
});

test('thirty minutes without use and twelve hours in all end a session, to the millisecond', async () => {
	const database = await applicationDatabase();
	await seatPerson(database, await openOffice(database, 'audit'), 'he');
	const outcome = await signIn({ identifier: 'he', password: PASSWORD, agent }, trace);
	if (!outcome.ok) throw new Error(outcome.why);
	const [session] = await database.adminSql<
		{ start: Date; end: Date }[]
	>`select "touchedAt" as start, "expiresAt" as "end" from auth.session where "userId" = 'person-he'`;
	if (!session) throw new Error('no session');
	expect(session.end.getTime() - session.start.getTime()).toBe(12 * 3_600_000);
	const before = (date: Date) => new Date(date.getTime() - 1);

	expect(await personOfSession(outcome.cookie, minutes(30, session.start))).toBeNull();
	expect(await personOfSession(outcome.cookie, before(minutes(30, session.start)))).not.toBeNull();
	// that use kept it awake: the half hour now counts from there
	expect(await personOfSession(outcome.cookie, minutes(59, session.start))).not.toBeNull();
	for (let at = minutes(80, session.start); at < session.end; at = minutes(29, at)) expect(await personOfSession(outcome.cookie, at)).not.toBeNull();
	expect(await personOfSession(outcome.cookie, before(session.end))).not.toBeNull();
	expect(await personOfSession(outcome.cookie, session.end)).toBeNull();
});

test('using a session writes at most once a minute', async () => {
	const database = await applicationDatabase();
	await seatPerson(database, await openOffice(database, 'audit'), 'luo');
	const outcome = await signIn({ identifier: 'luo', password: PASSWORD, agent }, trace);
	if (!outcome.ok) throw new Error(outcome.why);
	const touched = async () =>
		(await database.adminSql<{ at: Date }[]>`select "touchedAt" as at from auth.session where "userId" = 'person-luo'`)[0]?.at ?? new Date(0);
	const start = await touched();
	await personOfSession(outcome.cookie, new Date(start.getTime() + 59_999));
	expect(await touched()).toEqual(start);
	await personOfSession(outcome.cookie, minutes(1, start));
	expect(await touched()).toEqual(minutes(1, start));
});

test('somebody disabled is gone on the next request and cannot come back', async () => {
	const database = await applicationDatabase();
	await seatPerson(database, await openOffice(database, 'audit'), 'gone');
	const outcome = await signIn({ identifier: 'gone', password: PASSWORD, agent }, trace);
	if (!outcome.ok) throw new Error(outcome.why);
	expect(await personOfSession(outcome.cookie)).not.toBeNull();
	await database.adminSql`update person set disabled_at = now() where id = 'person-gone'`;
	expect(await personOfSession(outcome.cookie)).toBeNull();
	expect(await signIn({ identifier: 'gone', password: PASSWORD, agent }, trace)).toEqual({ ok: false, why: 'wrong' });
});

test.each(['', '\0', 'a\0b', '\u202eevil', 'x'.repeat(1_000_000), "' or 1=1 --"])('odd names are simply wrong (%#)', async (identifier) => {
	await applicationDatabase();
	expect(await signIn({ identifier, password: 'whatever it is', agent }, trace)).toMatchObject({ ok: false });
	expect(await signIn({ identifier: 'x', password: identifier || '\0', agent }, trace)).toMatchObject({ ok: false });
});

test('an address that guessed too often is locked for strangers, and for nobody on a browser they signed in on before', async () => {
	const database = await applicationDatabase();
	const office = await openOffice(database, 'administration');
	for (const name of ['ann', 'ben']) await seatPerson(database, office, name);
	const at = new Date();
	const proxy = { address: '198.51.100.200', requestId: 'r-2' };
	await database.adminSql`insert into sign_in_account (account_key, last_at) select 'unknown:' || n, ${at} from generate_series(1, ${GUESSES_OF_ADDRESS}) n`;
	await database.adminSql`insert into sign_in_attempt (account_key, address, at, outcome)
		select 'unknown:' || n, ${proxy.address}, ${at}, 'wrong' from generate_series(1, ${GUESSES_OF_ADDRESS}) n`;
	const as = (identifier: string, devices?: string, password = PASSWORD) => signIn({ identifier, password, agent, devices }, proxy, at);
	const annHere = withDevice(undefined, 'person-ann');

	expect(await as('ann')).toEqual({ ok: false, why: 'address' });
	expect(await as('nobody-has-this')).toEqual({ ok: false, why: 'address' });
	expect(await as('ann', annHere)).toMatchObject({ ok: true });
	// Known is the person on the browser, not the browser: a colleague's cookie opens nothing, nor does one nobody signed.
	expect(await as('ben', annHere)).toEqual({ ok: false, why: 'address' });
	expect(await as('ann', 'A'.repeat(43))).toEqual({ ok: false, why: 'address' });
	expect(await as('ann', annHere.slice(0, -1))).toEqual({ ok: false, why: 'address' });
	expect(await as('ben', withDevice(annHere, 'person-ben'))).toMatchObject({ ok: true });
	// What locks an account locks it on every browser.
	for (let guess = 0; guess < 4; guess += 1) expect(await as('ann', annHere, 'not the password')).toEqual({ ok: false, why: 'wrong' });
	expect(await as('ann', annHere, 'not the password')).toMatchObject({ ok: false, why: 'locked' });
	expect(await as('ann', annHere)).toMatchObject({ ok: false, why: 'locked' });
	// Whoever is signed in already is asked for the password again behind the same address.
	expect(await guessOfPerson('person-ben', proxy, at, () => Promise.resolve('right'))).toEqual({ value: 'right' });
});

test('a browser that many share remembers its last eight people, the newest first', async () => {
	await applicationDatabase();
	let cookie: string | undefined;
	for (let n = 0; n < 12; n += 1) cookie = withDevice(cookie, `person-${n}`);
	cookie = withDevice(cookie, 'person-5');
	const known = Array.from({ length: 12 }, (_, n) => n).filter((n) => isKnownDevice(cookie, `person-${n}`));
	expect(known).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
	expect((cookie ?? '').split('.')).toHaveLength(8);
	for (const broken of [undefined, '', '.', 'x'.repeat(100_000), `${'é'.repeat(43)}`]) expect(isKnownDevice(broken, 'person-5')).toBe(false);
});

test('the application itself can read neither passwords nor sessions', async () => {
	const database = await applicationDatabase();
	const door = database.openDoor();
	await expect(door.asSystem('test', ({ sql }) => sql`select 1 from auth.account`)).rejects.toThrow(/permission denied/);
	await expect(door.asSystem('test', ({ sql }) => sql`select 1 from auth.session`)).rejects.toThrow(/permission denied/);
});
