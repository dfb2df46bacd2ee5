import { afterAll, expect } from 'vitest';
import { hashPassword } from '#lib/server/auth/password.ts';
import { closeAuth } from '#lib/server/auth/auth.ts';
import type { Duty, OrganisationKind } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { closeDoor } from '#lib/server/db/door.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { halfWidthMarks } from './half-width.ts';

/** What everybody in these tests signs in with; hashed once, because hashing is made to be slow. */
export const PASSWORD = '玉兰花开时 42 次';
let hashed: Promise<string> | undefined;

let shared: Promise<TestDatabase> | undefined;

/**
 * A database that the application's own doors lead to, for acts that open them by themselves: one per test file, because settings are
 * read once per process. Closed when the file ends.
 */
export function applicationDatabase(): Promise<TestDatabase> {
	return (shared ??= createTestDatabase().then((database) => {
		process.env['DATABASE_URL'] = database.url;
		process.env['SESSION_SECRET'] ??= 'a secret for tests that nobody else uses';
		return database;
	}));
}

/** Half-width marks beside Chinese in the mails of a database: whatever wrote them, all are looked at. */
async function marksInMails({ adminSql }: TestDatabase): Promise<string[]> {
	const mails = await adminSql<{ text: string }[]>`
		select distinct unnest(array[subject, text_body, regexp_replace(html_body, '<[^>]*>', ' ', 'g'), ics]) as text from mail where locale = 'zh-CN'`;
	// A line of a calendar begins with its property's name and a colon.
	return halfWidthMarks(mails.flatMap(({ text }) => (text === null ? [] : text.split('\n').map((line) => line.replace(/^[A-Z-]{4,}:/, '')))));
}

afterAll(async () => {
	const database = await shared;
	const marks = database ? await marksInMails(database) : [];
	await closeDoor();
	await closeAuth();
	await database?.drop();
	expect(marks, 'half-width marks in mails').toEqual([]);
});

export type Office = { orgId: string; kind: OrganisationKind; channelId: string | null; enterpriseId: string | null };

/** Opens an office as the owner of the database; an enterprise comes with its organisation. */
export async function openOffice(
	{ adminSql }: TestDatabase,
	kind: OrganisationKind,
	{ channelId = null, creditCode = '91320000MA1ABCDE0X' }: { channelId?: string | null; creditCode?: string } = {}
): Promise<Office> {
	let enterpriseId: string | null = null;
	if (kind === 'enterprise') {
		const [row] = await adminSql<
			{ id: string }[]
		>`insert into enterprise (credit_code, name, channel_id) values (${creditCode}, ${`企业${creditCode}`}, ${channelId}) returning id`;
		enterpriseId = row?.id ?? null;
	}
	const ofChannel = kind === 'commerce' || kind === 'industry' || kind === 'group';
	const [row] = await adminSql<{ id: string }[]>`
		insert into organisation (kind, channel_id, enterprise_id, name_zh)
			values (${kind}, ${ofChannel ? channelId : null}, ${enterpriseId}, ${`${kind} ${channelId ?? ''}`})
		on conflict do nothing returning id`;
	const [known] = row
		? [row]
		: await adminSql<{ id: string }[]>`select id from organisation where kind = ${kind} and channel_id is not distinct from ${ofChannel ? channelId : null}`;
	return { orgId: String(known?.id), kind, channelId, enterpriseId };
}

/** A person with an account, sitting in the office; signs in with the name or `<name>@example.cn`, and {@link PASSWORD}. */
export async function seatPerson({ adminSql }: TestDatabase, office: Office, username: string, duty: Duty = 'approver'): Promise<Actor> {
	hashed ??= hashPassword(PASSWORD);
	const id = `person-${username}`;
	await adminSql`insert into person (id, name, email) values (${id}, ${username}, ${`${username}@example.cn`}) on conflict do nothing`;
	const hash = await hashed;
	const [known] = await adminSql`select 1 from auth."user" where id = ${id}`;
	if (!known) await adminSql`select account_open(${id}, ${username}, ${`${username}@example.cn`}, ${username}, ${hash})`;
	await adminSql`insert into membership (person_id, org_id, duty) values (${id}, ${office.orgId}, ${duty})`;
	return {
		personId: id,
		personName: username,
		orgId: office.orgId,
		orgKind: office.kind,
		duty,
		channelId: office.channelId,
		enterpriseId: office.enterpriseId,
		requestId: 'request-1',
		address: '203.0.113.7'
	};
}
