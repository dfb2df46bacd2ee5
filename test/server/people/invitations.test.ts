import { expect, test } from 'vitest';
import { acceptInvitation } from '#lib/server/acts/people/accept-invitation.ts';
import { cancelInvitation } from '#lib/server/acts/people/cancel-invitation.ts';
import { confirmInvitation } from '#lib/server/acts/people/confirm-invitation.ts';
import { invitePerson } from '#lib/server/acts/people/invite-person.ts';
import { ANSWER_MS, requestPasswordReset } from '#lib/server/acts/people/request-password-reset.ts';
import { personOfResetLink, resetPassword } from '#lib/server/acts/people/reset-password.ts';
import { signIn } from '#lib/server/acts/people/sign-in.ts';
import { personOfSession } from '#lib/server/auth/session.ts';
import { applicationDatabase, openOffice, PASSWORD, seatPerson } from '../../support/people.ts';

const trace = { address: '203.0.113.7', requestId: 'r-1' };
const later = (days: number) => new Date(Date.now() + days * 86_400_000);

/** The secret of the newest link mailed to an address, as its reader would click it. */
async function linkMailedTo(address: string, path: string): Promise<string | undefined> {
	const { adminSql } = await applicationDatabase();
	const [mail] = await adminSql<
		{ text_body: string }[]
	>`select text_body from mail where to_address = ${address} and text_body like ${`%/${path}/%`} order by id desc limit 1`;
	return new RegExp(`/${path}/([\\w-]+)`).exec(mail?.text_body ?? '')?.[1];
}

const newcomer = (username: string) => ({ name: '赵新', username, password: '春眠不觉晓 处处闻啼鸟', locale: 'zh-CN' as const });

test('an invitation by link opens an account, and ten clicks at once open one', async () => {
	const database = await applicationDatabase();
	const admin = await seatPerson(database, await openOffice(database, 'administration'), 'admin1');
	const audit = await openOffice(database, 'audit');
	expect(await invitePerson(admin, { orgId: audit.orgId, name: '赵新', email: 'zhao@example.cn', duty: 'reader' })).toEqual({
		ok: true,
		awaitsConfirmation: false
	});
	const token = (await linkMailedTo('zhao@example.cn', 'invitation')) ?? '';
	expect(await database.adminSql`select 1 from invitation where token_hash = ${token}`, 'the table must not hold the link itself').toHaveLength(0);
	const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => acceptInvitation(token, newcomer(`zhao${index}`), trace)));
	expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
	expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal.code === 'link_spent')).toHaveLength(9);
	expect(await database.adminSql`select 1 from auth."user" where email = 'zhao@example.cn'`).toHaveLength(1);
	const signedIn = await signIn({ identifier: 'zhao@example.cn', password: '春眠不觉晓 处处闻啼鸟', agent: '' }, trace);
	if (!signedIn.ok) throw new Error(signedIn.why);
	expect(await personOfSession(signedIn.cookie)).toMatchObject({ seat: { orgId: audit.orgId, duty: 'reader' } });
	expect(await database.adminSql`select act from journal where act in ('invite-person', 'accept-invitation') order by act`).toMatchObject([
		{ act: 'accept-invitation' },
		{ act: 'invite-person' }
	]);
});

test('a name that is taken refuses the account and leaves the invitation open', async () => {
	const database = await applicationDatabase();
	const admin = await seatPerson(database, await openOffice(database, 'administration'), 'admin2');
	const pool = await openOffice(database, 'expert_pool');
	await invitePerson(admin, { orgId: pool.orgId, name: '钱', email: 'qian@example.cn', duty: 'reader' });
	const token = (await linkMailedTo('qian@example.cn', 'invitation')) ?? '';
	expect(await acceptInvitation(token, newcomer('admin2'), trace)).toEqual({ ok: false, refusal: { code: 'taken', field: 'username' } });
	expect(await database.adminSql`select 1 from person where email = 'qian@example.cn'`).toHaveLength(0);
	expect(await acceptInvitation(token, newcomer('qian'), trace)).toMatchObject({ ok: true });
});

test('a link ends after seven days, when withdrawn, and is unknown when made up', async () => {
	const database = await applicationDatabase();
	const admin = await seatPerson(database, await openOffice(database, 'administration'), 'admin3');
	const pool = await openOffice(database, 'expert_pool');
	await invitePerson(admin, { orgId: pool.orgId, name: '孙', email: 'sun@example.cn', duty: 'reader' });
	const token = (await linkMailedTo('sun@example.cn', 'invitation')) ?? '';
	const spent = { ok: false, refusal: { code: 'link_spent' } };
	expect(await acceptInvitation(token, newcomer('sun'), trace, later(7.01))).toEqual(spent);
	expect(await invitePerson(admin, { orgId: pool.orgId, name: '孙', email: 'sun@example.cn', duty: 'reader' })).toEqual({
		ok: false,
		refusal: { code: 'taken', field: 'email' }
	});
	const [row] = await database.adminSql<{ id: string }[]>`select id from invitation where email = 'sun@example.cn'`;
	expect(await cancelInvitation(admin, row?.id ?? '')).toEqual({ ok: true });
	expect(await cancelInvitation(admin, row?.id ?? '')).toEqual(spent);
	expect(await acceptInvitation(token, newcomer('sun'), trace)).toEqual(spent);
	for (const odd of ['', 'x', '\0', '../..', 'a'.repeat(32), 'é'.repeat(32), 'x'.repeat(1_000_000)])
		expect(await acceptInvitation(odd, newcomer('sun'), trace)).toEqual(spent);
	expect(await invitePerson(admin, { orgId: pool.orgId, name: '孙', email: 'sun@example.cn', duty: 'reader' })).toMatchObject({ ok: true });
});

test('somebody who has an account joins with it, and nobody else can', async () => {
	const database = await applicationDatabase();
	const admin = await seatPerson(database, await openOffice(database, 'administration'), 'admin4');
	const stranger = await seatPerson(database, await openOffice(database, 'audit'), 'stranger');
	const guest = await seatPerson(database, await openOffice(database, 'audit'), 'guest');
	const pool = await openOffice(database, 'expert_pool');
	await invitePerson(admin, { orgId: pool.orgId, name: 'guest', email: 'guest@example.cn', duty: 'handler' });
	const token = (await linkMailedTo('guest@example.cn', 'invitation')) ?? '';
	expect(await acceptInvitation(token, { personId: stranger.personId }, trace)).toEqual({ ok: false, refusal: { code: 'not_found' } });
	expect(await acceptInvitation(token, newcomer('guest.again'), trace)).toEqual({ ok: false, refusal: { code: 'taken', field: 'email' } });
	expect(await acceptInvitation(token, { personId: guest.personId }, trace)).toMatchObject({ ok: true });
	expect(await database.adminSql`select duty from membership where person_id = ${guest.personId} and org_id = ${pool.orgId}`).toMatchObject([
		{ duty: 'handler' }
	]);
});

test('a ministry role an administrator proposes waits for the ministry: no mail, no way in, until its approver confirms', async () => {
	const database = await applicationDatabase();
	const admin = await seatPerson(database, await openOffice(database, 'administration'), 'admin5');
	const mofcom = await openOffice(database, 'mofcom');
	const approver = await seatPerson(database, mofcom, 'approver5');
	const handler = await seatPerson(database, mofcom, 'handler5', 'handler');
	const miit = await openOffice(database, 'miit');
	const other = await seatPerson(database, miit, 'miit5');
	expect(await invitePerson(admin, { orgId: mofcom.orgId, name: '周', email: 'zhou5@example.cn', duty: 'approver' })).toEqual({
		ok: true,
		awaitsConfirmation: true
	});
	expect(await linkMailedTo('zhou5@example.cn', 'invitation')).toBeUndefined();
	expect(await database.adminSql`select 1 from mail where to_address = 'approver5@example.cn' and template = 'confirmation_awaited'`).toHaveLength(1);
	const [row] = await database.adminSql<{ id: string }[]>`select id from invitation where email = 'zhou5@example.cn'`;
	const id = row?.id ?? '';
	expect(await confirmInvitation(admin, id)).toMatchObject({ ok: false });
	expect(await confirmInvitation(handler, id)).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
	expect(await confirmInvitation(other, id)).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	expect(await confirmInvitation(approver, id)).toEqual({ ok: true });
	expect(await confirmInvitation(approver, id)).toEqual({ ok: false, refusal: { code: 'already_done' } });
	const token = (await linkMailedTo('zhou5@example.cn', 'invitation')) ?? '';
	expect(await acceptInvitation(token, newcomer('zhou5'), trace)).toMatchObject({ ok: true });
});

test('the first approver of a ministry is confirmed by the other ministry', async () => {
	const database = await applicationDatabase();
	const admin = await seatPerson(database, await openOffice(database, 'administration'), 'admin6');
	const mofcom = await openOffice(database, 'mofcom');
	await database.adminSql`update membership set ended_at = now() where org_id = ${mofcom.orgId}`;
	const other = await seatPerson(database, await openOffice(database, 'miit'), 'miit6');
	await invitePerson(admin, { orgId: mofcom.orgId, name: '吴', email: 'wu6@example.cn', duty: 'approver' });
	const [row] = await database.adminSql<{ id: string }[]>`select id from invitation where email = 'wu6@example.cn'`;
	expect(await confirmInvitation(other, row?.id ?? '')).toEqual({ ok: true });
});

test('a link for a new password works once within thirty minutes, ends every session and lifts a lock', async () => {
	const database = await applicationDatabase();
	await seatPerson(database, await openOffice(database, 'audit'), 'forgetful');
	const signedIn = await signIn({ identifier: 'forgetful', password: PASSWORD, agent: '' }, trace);
	if (!signedIn.ok) throw new Error(signedIn.why);
	for (let index = 0; index < 5; index += 1) await signIn({ identifier: 'forgetful', password: 'not it at all', agent: '' }, trace);
	await requestPasswordReset('Forgetful@example.cn', trace);
	const first = (await linkMailedTo('forgetful@example.cn', 'password')) ?? '';
	await requestPasswordReset('forgetful', trace);
	const token = (await linkMailedTo('forgetful@example.cn', 'password')) ?? '';
	expect(await personOfResetLink(first), 'a newer link replaces the older').toBeNull();
	expect(await personOfResetLink(token)).toMatchObject({ personId: 'person-forgetful' });
	expect(await database.adminSql`select 1 from password_reset where token_hash = ${token}`).toHaveLength(0);
	const spent = { ok: false, refusal: { code: 'link_spent' } };
	expect(await resetPassword(token, '床前明月光 疑是地上霜', trace, new Date(Date.now() + 30 * 60_000))).toEqual(spent);
	const outcomes = await Promise.all(Array.from({ length: 5 }, () => resetPassword(token, '床前明月光 疑是地上霜', trace)));
	expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
	expect(await personOfSession(signedIn.cookie)).toBeNull();
	expect(await signIn({ identifier: 'forgetful', password: PASSWORD, agent: '' }, trace)).toMatchObject({ ok: false });
	expect(await signIn({ identifier: 'forgetful', password: '床前明月光 疑是地上霜', agent: '' }, trace)).toMatchObject({ ok: true });
});

test('nobody learns from asking for a link whether an account exists, and nobody is flooded', async () => {
	const database = await applicationDatabase();
	await seatPerson(database, await openOffice(database, 'audit'), 'flooded');
	await requestPasswordReset('who.is.this', trace);
	await Promise.all(Array.from({ length: 10 }, () => requestPasswordReset('flooded', trace)));
	expect(await database.adminSql`select 1 from mail where to_address = 'flooded@example.cn'`).toHaveLength(3);
	for (const odd of ['', '\0', 'x'.repeat(1_000_000), '\u202e', 'flooded']) {
		const begun = performance.now();
		await requestPasswordReset(odd, trace);
		expect(performance.now() - begun, 'the time an answer takes says nothing either').toBeGreaterThanOrEqual(ANSWER_MS - 2);
	}
});
