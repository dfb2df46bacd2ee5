import { expect, test } from 'vitest';
import { acceptInvitation } from '#lib/server/acts/people/accept-invitation.ts';
import { changeDuty } from '#lib/server/acts/people/change-duty.ts';
import { disablePerson } from '#lib/server/acts/people/disable-person.ts';
import { endMembership } from '#lib/server/acts/people/end-membership.ts';
import { handOver } from '#lib/server/acts/people/hand-over.ts';
import { invitePerson } from '#lib/server/acts/people/invite-person.ts';
import { openOrganisation } from '#lib/server/acts/people/open-organisation.ts';
import { changePassword } from '#lib/server/acts/people/reset-password.ts';
import { signIn } from '#lib/server/acts/people/sign-in.ts';
import { actorOf, personOfSession } from '#lib/server/auth/session.ts';
import { applicationDatabase, openOffice, PASSWORD, seatPerson } from '../../support/people.ts';

const trace = { address: '203.0.113.7', requestId: 'r-1' };
const code = (refusal: string) => ({ ok: false, refusal: { code: refusal } });

async function channels() {
	const database = await applicationDatabase();
	await database.adminSql`
		insert into channel (id, kind, name_zh, short_zh, name_en, gdp_tier, quota_per_category)
		values ('320000', 'province', '江苏省', '江苏', 'Jiangsu', '>5', 10), ('330000', 'province', '浙江省', '浙江', 'Zhejiang', '>5', 10)
		on conflict do nothing`;
	return database;
}

test('a channel invites people of its own enterprises and nobody else', async () => {
	const database = await channels();
	const commerce = await seatPerson(database, await openOffice(database, 'commerce', { channelId: '320000' }), 'js.commerce', 'handler');
	const reader = await seatPerson(database, await openOffice(database, 'industry', { channelId: '320000' }), 'js.reader', 'reader');
	const own = await openOffice(database, 'enterprise', { channelId: '320000', creditCode: '91320000MA10000011' });
	const foreign = await openOffice(database, 'enterprise', { channelId: '330000', creditCode: '91330000MA10000012' });
	const wish = { name: '陈', email: 'chen@example.cn', duty: 'approver' as const };
	expect(await invitePerson(commerce, { ...wish, orgId: own.orgId })).toEqual({ ok: true, awaitsConfirmation: false });
	expect(await invitePerson(commerce, { ...wish, orgId: foreign.orgId })).toEqual(code('not_found'));
	expect(await invitePerson(commerce, { ...wish, orgId: commerce.orgId })).toMatchObject(code('not_your_duty'));
	expect(await invitePerson(reader, { ...wish, email: 'other@example.cn', orgId: own.orgId })).toEqual(code('not_found'));
	expect(await database.adminSql`select 1 from invitation where org_id in (${foreign.orgId}, ${commerce.orgId})`).toHaveLength(0);
});

test('in an enterprise a filer makes no approver, and the last who can act stays', async () => {
	const database = await channels();
	const office = await openOffice(database, 'enterprise', { channelId: '320000', creditCode: '91320000MA10000002' });
	const approver = await seatPerson(database, office, 'e2.approver', 'approver');
	const filer = await seatPerson(database, office, 'e2.filer', 'handler');
	const reader = await seatPerson(database, office, 'e2.reader', 'reader');
	const at = (personId: string) => ({ orgId: office.orgId, personId });
	expect(await changeDuty(filer, { ...at(filer.personId), duty: 'approver' })).toMatchObject(code('not_your_duty'));
	expect(await changeDuty(reader, { ...at(filer.personId), duty: 'reader' })).toMatchObject(code('not_your_duty'));
	expect(await invitePerson(filer, { orgId: office.orgId, name: '分身', email: 'puppet@example.cn', duty: 'approver' })).toMatchObject(code('not_your_duty'));
	expect(await endMembership(filer, at(approver.personId))).toMatchObject(code('not_your_duty'));
	expect(await changeDuty(approver, { ...at(reader.personId), duty: 'handler' })).toEqual({ ok: true });
	expect(await endMembership(approver, at(reader.personId))).toEqual({ ok: true });
	expect(await endMembership(approver, at(filer.personId))).toEqual({ ok: true });
	expect(await endMembership(approver, at(approver.personId))).toEqual({ ok: false, refusal: { code: 'invalid_input', fields: { person: 'last' } } });
	expect(await changeDuty(approver, { ...at(approver.personId), duty: 'reader' })).toMatchObject(code('invalid_input'));
	const entries = await database.adminSql`select act, before, after from journal where org_id = ${office.orgId} order by seq`;
	expect(entries).toMatchObject([
		{ act: 'change-duty', before: { duty: 'reader' }, after: { duty: 'handler' } },
		{ act: 'end-membership', before: { duty: 'handler' }, after: { ended: true } },
		{ act: 'end-membership', before: { duty: 'handler' } }
	]);
});

test('two who end each other at once leave one', async () => {
	const database = await channels();
	const office = await openOffice(database, 'enterprise', { channelId: '320000', creditCode: '91320000MA10000003' });
	const one = await seatPerson(database, office, 'e3.one');
	const two = await seatPerson(database, office, 'e3.two');
	const outcomes = await Promise.all([
		endMembership(one, { orgId: office.orgId, personId: two.personId }),
		endMembership(two, { orgId: office.orgId, personId: one.personId })
	]);
	expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
	expect(await database.adminSql`select 1 from membership where org_id = ${office.orgId} and ended_at is null`).toHaveLength(1);
});

test('a hand-over to a colleague takes effect at once and passes the contact on', async () => {
	const database = await channels();
	const office = await openOffice(database, 'enterprise', { channelId: '320000', creditCode: '91320000MA10000004' });
	const approver = await seatPerson(database, office, 'e4.approver', 'approver');
	const filer = await seatPerson(database, office, 'e4.filer', 'handler');
	const wish = { orgId: office.orgId, personId: approver.personId, successor: { personId: filer.personId } };
	expect(await handOver(approver, wish)).toEqual({ ok: false, refusal: { code: 'contacts_missing', required: 2, actual: 0 } });
	await database.adminSql`insert into enterprise_contact (enterprise_id, place, name, email)
		values (${office.enterpriseId}, 1, '旧', 'e4.approver@example.cn'), (${office.enterpriseId}, 2, '另', 'other4@example.cn')`;
	expect(await handOver(filer, wish)).toMatchObject(code('not_your_duty'));
	expect(await handOver(approver, { ...wish, successor: { personId: approver.personId } })).toEqual(code('same_person'));
	expect(await handOver(approver, wish)).toEqual({ ok: true, invited: false });
	expect(
		await database.adminSql`select person_id, duty, ended_at is not null as ended from membership where org_id = ${office.orgId} order by person_id`
	).toMatchObject([
		{ person_id: approver.personId, ended: true },
		{ person_id: filer.personId, duty: 'approver', ended: false }
	]);
	expect(await database.adminSql`select email from enterprise_contact where enterprise_id = ${office.enterpriseId} order by place`).toEqual([
		{ email: 'e4.filer@example.cn' },
		{ email: 'other4@example.cn' }
	]);
});

test('a hand-over to somebody new ends the old role when, and only when, the invitation is accepted', async () => {
	const database = await channels();
	const office = await openOffice(database, 'enterprise', { channelId: '320000', creditCode: '91320000MA10000005' });
	const filer = await seatPerson(database, office, 'e5.filer', 'handler');
	await database.adminSql`insert into enterprise_contact (enterprise_id, place, name, email)
		values (${office.enterpriseId}, 1, '旧', 'e5.filer@example.cn'), (${office.enterpriseId}, 2, '另', 'other5@example.cn')`;
	expect(await handOver(filer, { orgId: office.orgId, personId: filer.personId, successor: { name: '继任', email: 'next5@example.cn' } })).toEqual({
		ok: true,
		invited: true
	});
	const active = () => database.adminSql`select person_id, duty from membership where org_id = ${office.orgId} and ended_at is null`;
	expect(await active()).toMatchObject([{ person_id: filer.personId }]);
	const [mail] = await database.adminSql<{ text_body: string }[]>`select text_body from mail where to_address = 'next5@example.cn'`;
	const token = /invitation\/([\w-]+)/.exec(mail?.text_body ?? '')?.[1] ?? '';
	const accepted = await acceptInvitation(token, { name: '继任', username: 'next5', password: '白日依山尽 黄河入海流', locale: 'en' }, trace);
	if (!accepted.ok) throw new Error(accepted.refusal.code);
	expect(await active()).toMatchObject([{ person_id: accepted.personId, duty: 'handler' }]);
	expect(await database.adminSql`select name from enterprise_contact where enterprise_id = ${office.enterpriseId} and place = 1`).toEqual([{ name: '继任' }]);
});

test('an administrator disables, enables, and grants no ministry role alone', async () => {
	const database = await channels();
	const admin = await seatPerson(database, await openOffice(database, 'administration'), 'p.admin');
	const mofcom = await openOffice(database, 'mofcom');
	const official = await seatPerson(database, mofcom, 'p.official', 'reader');
	await seatPerson(database, mofcom, 'p.approver', 'approver');
	expect(await changeDuty(admin, { orgId: mofcom.orgId, personId: official.personId, duty: 'approver' })).toMatchObject(code('not_your_duty'));
	const signedIn = await signIn({ identifier: 'p.official', password: PASSWORD, agent: '' }, trace);
	if (!signedIn.ok) throw new Error(signedIn.why);
	expect(await disablePerson(official, admin.personId, true)).toEqual(code('not_found'));
	expect(await disablePerson(admin, admin.personId, true)).toEqual(code('same_person'));
	expect(await disablePerson(admin, official.personId, true)).toEqual({ ok: true });
	expect(await personOfSession(signedIn.cookie)).toBeNull();
	expect(await disablePerson(admin, official.personId, true)).toEqual(code('already_done'));
	expect(await disablePerson(admin, official.personId, false)).toEqual({ ok: true });
	expect(await personOfSession(signedIn.cookie), 'the ended session stays ended').toBeNull();
	expect(await signIn({ identifier: 'p.official', password: PASSWORD, agent: '' }, trace)).toMatchObject({ ok: true });
});

test('an administrator opens organisations: a listed enterprise, a central group, a department, each once', async () => {
	const database = await channels();
	const admin = await seatPerson(database, await openOffice(database, 'administration'), 'p.admin2');
	await database.adminSql`insert into enterprise (credit_code, name, channel_id) values ('91320000MA10000009', '江苏乙公司', '320000')`;
	expect(await openOrganisation(admin, { kind: 'enterprise', creditCode: '91320000MA10000009' })).toMatchObject({ ok: true });
	expect(await openOrganisation(admin, { kind: 'enterprise', creditCode: '91320000MA10000009' })).toEqual({
		ok: false,
		refusal: { code: 'taken', field: 'creditCode' }
	});
	expect(await openOrganisation(admin, { kind: 'enterprise', creditCode: '91320000MA1NOWHERE' })).toMatchObject(code('invalid_input'));
	expect(await openOrganisation(admin, { kind: 'group', nameZh: '某新集团', shortZh: '某新', nameEn: 'New Group' })).toMatchObject({ ok: true });
	expect(await openOrganisation(admin, { kind: 'group', nameZh: '某新集团', shortZh: '某新', nameEn: 'New Group' })).toEqual({
		ok: false,
		refusal: { code: 'taken', field: 'nameZh' }
	});
	await database.adminSql`delete from organisation where kind = 'industry' and channel_id = '330000'`;
	const department = { kind: 'industry' as const, channelId: '330000', nameZh: '浙江省工业和信息化主管部门', nameEn: '' };
	expect(await openOrganisation(admin, department)).toMatchObject({ ok: true });
	expect(await openOrganisation(admin, department)).toEqual({ ok: false, refusal: { code: 'taken', field: 'channelId' } });
	expect(await openOrganisation(admin, { kind: 'industry', channelId: '999999', nameZh: '某厅', nameEn: '' })).toEqual(code('not_found'));
	const official = await seatPerson(database, await openOffice(database, 'mofcom'), 'p.mof2');
	expect(await openOrganisation(official, { kind: 'group', nameZh: '别的集团', shortZh: '别', nameEn: 'x' })).toEqual(code('not_found'));
});

test('a password is changed with the present one only; other sessions end, guesses are counted', async () => {
	const database = await channels();
	await seatPerson(database, await openOffice(database, 'audit'), 'changer');
	const session = async () => {
		const outcome = await signIn({ identifier: 'changer', password: PASSWORD, agent: '' }, trace);
		if (!outcome.ok) throw new Error(outcome.why);
		return outcome.cookie;
	};
	const [mine, elsewhere] = [await session(), await session()];
	const person = await personOfSession(mine);
	if (!person) throw new Error('no person');
	expect(actorOf(person, trace)).toMatchObject({ orgKind: 'audit', requestId: 'r-1' });
	expect(await changePassword(person, { current: 'not it', password: '会当凌绝顶 一览众山小' }, trace)).toEqual({
		ok: false,
		refusal: { code: 'invalid_input', fields: { current: 'wrong' } }
	});
	expect(await changePassword(person, { current: PASSWORD, password: '会当凌绝顶 一览众山小' }, trace)).toEqual({ ok: true });
	expect(await personOfSession(mine)).not.toBeNull();
	expect(await personOfSession(elsewhere)).toBeNull();
	for (let index = 0; index < 5; index += 1) await changePassword(person, { current: 'not it', password: '会当凌绝顶 一览众山小' }, trace);
	expect(await changePassword(person, { current: '会当凌绝顶 一览众山小', password: PASSWORD }, trace)).toMatchObject({
		refusal: { fields: { current: 'locked' } }
	});
});
