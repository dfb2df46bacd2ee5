/** Contacts kept reachable: who may confirm one, what that leaves behind, and that it counts for the number it was about and for no other. */
import { expect, test } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { checkContact } from '#lib/server/acts/chase/check-contact.ts';
import { channelContacts, type ContactsQuery } from '#lib/server/reads/channel/channel-contacts.ts';
import { PAGE_SIZE } from '#lib/server/reads/page.ts';
import { applicationDatabase, seatPerson } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear, type SceneReport } from '../../support/scene.ts';

process.env['APP_NOW'] = '2026-11-24T10:00:00+08:00';
const NOW = new Date(process.env['APP_NOW']);
const ALL: ContactsQuery = { list: null, q: '', after: null, before: null };
const PHONE = '13800001234';

async function province(channelId: string) {
	const owner = await applicationDatabase();
	await openYear(owner, 2026);
	return {
		owner,
		commerce: await buildOfficial(owner, 'commerce', channelId, 'handler'),
		industry: await buildOfficial(owner, 'industry', channelId),
		firm: await buildReport(owner, { channelId })
	};
}

async function name(firm: SceneReport, phone: string | null, email: string | null = null) {
	const { adminSql } = await applicationDatabase();
	await adminSql`
		insert into enterprise_contact (enterprise_id, place, name, phone, email) values (${firm.enterpriseId}, 1, '王联络', ${phone}, ${email})
		on conflict (enterprise_id, place) do update set phone = excluded.phone, email = excluded.email`;
}
const standings = async (who: Actor) => (await channelContacts(who, ALL, NOW)).rows.map(({ which, standing, doubt }) => [which, standing, doubt]);

test('handlers and approvers of either department confirm; readers, other provinces, ministries and the enterprise do not', async () => {
	const { owner, commerce, industry, firm } = await province('110000');
	await name(firm, PHONE, 'wang@example.cn');
	const given = { enterpriseId: firm.enterpriseId, which: 'c1', result: 'confirmed' } as const;
	const refused = { ok: false, refusal: { code: 'not_found' } };
	expect(await checkContact(await buildOfficial(owner, 'commerce', '110000', 'reader'), given)).toMatchObject({
		ok: false,
		refusal: { code: 'not_your_duty' }
	});
	for (const stranger of [await buildOfficial(owner, 'commerce', '120000'), await buildOfficial(owner, 'mofcom'), firm.filer])
		expect(await checkContact(stranger, given)).toEqual(refused);
	for (const which of ['c2', 'anobody']) expect(await checkContact(commerce, { ...given, which })).toEqual(refused);
	expect(await standings(commerce)).toEqual([['c1', 'never', null]]);
	expect(await owner.adminSql`select 1 from contact_check`).toHaveLength(0);
	expect(await owner.adminSql`select 1 from journal where act = 'check-contact'`).toHaveLength(0);
	expect(await checkContact(commerce, given)).toEqual({ ok: true, addresses: 2 });
	expect(await standings(industry)).toEqual([['c1', 'confirmed', null]]);
	expect(await checkContact(industry, { ...given, result: 'wrong' })).toEqual({ ok: true, addresses: 2 });
	expect(await standings(commerce)).toEqual([['c1', 'doubtful', 'wrong']]);
	expect(await checkContact(commerce, given)).toMatchObject({ ok: true });
	expect(await standings(commerce)).toEqual([['c1', 'confirmed', null]]);
});

test('the journal of the office that checked names the place and the finding, never the number', async () => {
	const { owner, commerce, firm } = await province('130000');
	await name(firm, PHONE);
	const person = await seatPerson(
		owner,
		{ orgId: firm.filer.orgId, kind: 'enterprise', channelId: '130000', enterpriseId: firm.enterpriseId },
		'he-filer',
		'handler'
	);
	await checkContact(commerce, { enterpriseId: firm.enterpriseId, which: 'c1', result: 'wrong' });
	await checkContact(commerce, { enterpriseId: firm.enterpriseId, which: `a${person.personId}`, result: 'confirmed' });
	const entries =
		await owner.adminSql`select org_id::text as org, object_kind, after from journal where act = 'check-contact' and object_id = ${firm.enterpriseId}
			order by seq`;
	expect(entries).toMatchObject([
		{ org: commerce.orgId, object_kind: 'contact_check', after: { which: 'c1', result: 'wrong' } },
		{ org: commerce.orgId, object_kind: 'contact_check', after: { which: 'account', result: 'confirmed' } }
	]);
	expect(JSON.stringify(entries)).not.toMatch(/13800001234|he-filer/);
	expect(await standings(commerce)).toEqual([
		['c1', 'doubtful', 'wrong'],
		[`a${person.personId}`, 'confirmed', null]
	]);
});

test('a check counts for the number it was about: a new one starts unconfirmed, a doubted one is cleared by its successor', async () => {
	const { commerce, firm } = await province('140000');
	const check = (result: 'confirmed' | 'wrong') => checkContact(commerce, { enterpriseId: firm.enterpriseId, which: 'c1', result });
	await name(firm, PHONE);
	await check('confirmed');
	expect(await standings(commerce)).toEqual([['c1', 'confirmed', null]]);
	await name(firm, '13900005678');
	expect(await standings(commerce)).toEqual([['c1', 'never', null]]);
	await check('wrong');
	expect(await standings(commerce)).toEqual([['c1', 'doubtful', 'wrong']]);
	await name(firm, '13700009999', 'new@example.cn');
	expect(await standings(commerce)).toEqual([['c1', 'never', null]]);
	// The number that was found wrong is so still, should it come back.
	await name(firm, '13900005678');
	expect(await standings(commerce)).toEqual([['c1', 'doubtful', 'wrong']]);
});

test('what was confirmed in an earlier quarter is to be confirmed anew', async () => {
	const { owner, commerce, firm } = await province('150000');
	await name(firm, PHONE);
	await owner.adminSql`insert into contact_check (enterprise_id, address, result, checked_at, by_kind)
		values (${firm.enterpriseId}, ${PHONE}, 'confirmed', '2026-09-30T15:59:59Z', 'commerce')`;
	expect(await standings(commerce)).toEqual([['c1', 'stale', null]]);
	await checkContact(commerce, { enterpriseId: firm.enterpriseId, which: 'c1', result: 'confirmed' });
	expect(await standings(commerce)).toEqual([['c1', 'confirmed', null]]);
});

test('pages turn by key to and fro, also when those that were confirmed have left the list', async () => {
	const { owner, commerce, firm } = await province('210000');
	await name(firm, PHONE);
	for (let n = 0; n < PAGE_SIZE + 4; n += 1) await name(await buildReport(owner, { channelId: '210000' }), `138${String(n).padStart(8, '0')}`);
	const never: ContactsQuery = { ...ALL, list: 'never' };
	const first = await channelContacts(commerce, never, NOW);
	const second = await channelContacts(commerce, { ...never, after: first.next }, NOW);
	expect([first.rows.length, first.previous, second.rows.length, second.next]).toEqual([PAGE_SIZE, null, 5, null]);
	expect(new Set([...first.rows, ...second.rows].map(({ enterpriseId }) => enterpriseId)).size).toBe(PAGE_SIZE + 5);
	expect((await channelContacts(commerce, { ...never, before: second.previous }, NOW)).rows).toEqual(first.rows);
	// The last one of the first page is confirmed: the page after it stays the page after it.
	await checkContact(commerce, { enterpriseId: first.next?.id ?? '', which: 'c1', result: 'confirmed' });
	expect((await channelContacts(commerce, { ...never, after: first.next }, NOW)).rows).toEqual(second.rows);
	// All of the last page are: what is left is shown.
	for (const { enterpriseId } of second.rows) await checkContact(commerce, { enterpriseId, which: 'c1', result: 'confirmed' });
	const left = await channelContacts(commerce, { ...never, after: first.next }, NOW);
	expect([left.rows.length, left.next, left.previous]).toEqual([PAGE_SIZE - 1, null, null]);
});
