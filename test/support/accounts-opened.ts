import { hashPassword } from '#lib/server/auth/password.ts';
import type { Application } from './application.ts';

/** Opens accounts in an application that began empty: each called by its username, all with one password and one duty. */
export async function accountsFor({ adminSql: sql }: Application, password: string, duty: 'handler' | 'approver') {
	const hash = await hashPassword(password);
	const account = async (username: string, orgId: string) => {
		await sql`insert into person (id, name, email) values (${username}, ${username}, ${`${username}@example.com`})`;
		await sql`select account_open(${username}, ${username}, ${`${username}@example.com`}, ${username}, ${hash})`;
		await sql`insert into membership (person_id, org_id, duty) values (${username}, ${orgId}, ${duty})`;
	};
	/** Somebody of an office, called like its kind. */
	const official = async (kind: 'mofcom' | 'miit' | 'commerce' | 'industry', channelId: string | null = null) => {
		const [office] = await sql<{ id: string }[]>`select id from organisation where kind = ${kind} and channel_id is not distinct from ${channelId}`;
		if (!office) throw new Error(`no office ${kind} of ${channelId ?? 'the state'}`);
		await account(kind, office.id);
	};
	return { account, official };
}
