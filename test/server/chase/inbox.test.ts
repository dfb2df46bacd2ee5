/** The number at the inbox is the number of unread messages in it: what can still be taken back, or was, is in neither. */
import { expect, test } from 'vitest';
import { markInboxRead } from '#lib/server/acts/people/mark-inbox-read.ts';
import { remindChannels } from '#lib/server/acts/chase/remind-channels.ts';
import { signIn } from '#lib/server/acts/people/sign-in.ts';
import { undoReminders } from '#lib/server/acts/chase/undo-reminders.ts';
import { personOfSession, type Person } from '#lib/server/auth/session.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { queueMail } from '#lib/server/mail/mail.ts';
import { inboxOf } from '#lib/server/reads/person/mailbox.ts';
import { applicationDatabase, openOffice, PASSWORD, seatPerson } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear } from '../../support/scene.ts';

/** A working hour: reminders by hand are refused at night, and a test must not depend on when it runs. */
process.env['APP_NOW'] = '2026-11-24T10:00:00+08:00';
process.env['APP_ENV'] = 'demonstration';

async function reader(username: string, channelId: string) {
	const owner = await applicationDatabase();
	await openYear(owner, 2026);
	const actor = await seatPerson(owner, await openOffice(owner, 'commerce', { channelId }), username, 'handler');
	const entered = await signIn({ identifier: username, password: PASSWORD, agent: 'a browser' }, { address: '203.0.113.7', requestId: 'r-1' });
	if (!entered.ok) throw new Error('not let in');
	const seen = async (): Promise<Person> => {
		const person = await personOfSession(entered.cookie);
		if (!person) throw new Error('no session');
		return person;
	};
	/** The number at the inbox; and the unread ones in it, which must be as many. */
	const unread = async () => {
		const person = await seen();
		const shown = (await inboxOf(person, null)).mails.filter((mail) => mail.unread).length;
		expect(person.unread).toBe(shown);
		return shown;
	};
	const write = (template: string) =>
		asSystem('test', (db) =>
			queueMail(db, {
				template,
				locale: 'zh-CN',
				to: `${username}@example.cn`,
				personId: actor.personId,
				name: username,
				subject: '示例',
				paragraphs: ['示例']
			})
		);
	return { owner, actor, seen, unread, write };
}

test('a reminder by hand counts once its half minute is over, and never when it was taken back', async () => {
	const { owner, unread } = await reader('inbox-one', '420000');
	const mofcom = await buildOfficial(owner, 'mofcom');
	await buildReport(owner, { channelId: '420000' });
	const done = await remindChannels(mofcom, { year: 2026, channelIds: ['420000'], category: null, cohort: null, matter: null, remark: '' });
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	expect(await unread()).toBe(0);
	await owner.adminSql`update mail set not_before = not_before - interval '31 seconds'`;
	expect(await unread()).toBe(1);
	await owner.adminSql`update mail set not_before = not_before + interval '31 seconds'`;
	expect(await undoReminders(mofcom, done.batchId)).toEqual({ ok: true, mails: 1 });
	await owner.adminSql`update mail set not_before = not_before - interval '31 seconds'`;
	expect(await unread()).toBe(0);
});

test('what is kept back is not read by looking at what came after it; a link for a password is counted nowhere', async () => {
	const { owner, actor, seen, unread, write } = await reader('inbox-two', '430000');
	await write('receipt');
	await owner.adminSql`update mail set not_before = app_now() + interval '1 hour' where person_id = ${actor.personId}`;
	await write('receipt');
	await write('password_reset');
	expect(await unread()).toBe(1);
	const [newest] = (await inboxOf(await seen(), null)).mails;
	await markInboxRead(await seen(), newest?.id ?? '');
	expect(await unread()).toBe(0);
	await owner.adminSql`update mail set not_before = null where person_id = ${actor.personId}`;
	expect(await unread()).toBe(1);
});
