import { expect, test } from 'vitest';
import { FirstPersonRefused, openFirstPerson } from '#db/first-person.ts';
import { resetPassword } from '#lib/server/acts/people/reset-password.ts';
import { signIn } from '#lib/server/acts/people/sign-in.ts';
import { applicationDatabase, PASSWORD } from '../../support/people.ts';

const asked = { requestId: 'request-1', address: '203.0.113.7' };

test('the first approver of an office gets a link, sets a password and signs in; a second one is refused', async () => {
	const { url, adminSql } = await applicationDatabase();
	const first = { url, office: 'mofcom', name: '林一', email: 'lin@example.com', username: 'lin' } as const;
	const { path } = await openFirstPerson(first);
	const token = path.split('/').at(-1) ?? '';
	expect(await resetPassword(token, PASSWORD, asked)).toMatchObject({ ok: true });
	expect(await signIn({ identifier: 'lin', password: PASSWORD, agent: '' }, asked)).toMatchObject({ ok: true });
	const seats = await adminSql`select o.kind, m.duty from membership m join organisation o on o.id = m.org_id`;
	expect(seats).toEqual([{ kind: 'mofcom', duty: 'approver' }]);
	await expect(openFirstPerson({ ...first, email: 'other@example.com', username: 'other' })).rejects.toThrow(/has people already/);
	await expect(openFirstPerson({ ...first, office: 'miit', username: 'lin2' })).rejects.toThrow(/belongs to another account/);
	await expect(openFirstPerson({ ...first, office: 'miit', email: 'a@example.com', username: 'Not A Name' })).rejects.toThrow(FirstPersonRefused);
	const [journalled] = await adminSql<{ n: number }[]>`select count(*)::int as n from journal where act = 'open-first-person'`;
	expect(journalled?.n).toBe(1);
});
