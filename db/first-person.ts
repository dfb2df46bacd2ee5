import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { linkHash, newLink, newPersonId } from '#lib/server/auth/link.ts';
import { hashPassword } from '#lib/server/auth/password.ts';

/**
 * The first people of a new system. Accounts come from invitations, and the first ones have nobody to invite them: the first administrator,
 * and the first approver of each ministry, whom no administrator may appoint alone. Works only while the office has nobody.
 */
export const FIRST_OFFICES = ['administration', 'mofcom', 'miit', 'audit'] as const;
export type FirstOffice = (typeof FIRST_OFFICES)[number];

/** Said in one sentence to whoever typed the command. */
export class FirstPersonRefused extends Error {
	override name = 'FirstPersonRefused';
}

const HOURS = 24;

/**
 * Opens an account with approver duty and returns the path of a link, good once and for a day, by which the person sets a password.
 * Nobody ever knows the password it begins with.
 *
 * @throws FirstPersonRefused when the office has people already, or name or address is taken.
 */
export async function openFirstPerson({
	url,
	office,
	name,
	email,
	username
}: {
	url: string;
	office: FirstOffice;
	name: string;
	email: string;
	username: string;
}): Promise<{ path: string }> {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		return await sql.begin(async (tx) => {
			await tx`select set_config('app.system_reason', 'first person of an office', true)`;
			const [known] = await tx<{ id: string; used: boolean }[]>`
				select o.id, exists (select from membership m where m.org_id = o.id) as used from organisation o where o.kind = ${office} for update`;
			if (!known) throw new FirstPersonRefused(`The office ${office} does not exist yet; run \`npm run seed\` first.`);
			if (known.used) throw new FirstPersonRefused(`The office ${office} has people already: they invite the others.`);
			const personId = newPersonId();
			const { token } = newLink();
			const hash = await hashPassword(randomBytes(32).toString('base64url'));
			await tx`insert into person (id, name, email) values (${personId}, ${name}, ${email})`;
			await tx`select account_open(${personId}, ${name}, ${email}, ${username}, ${hash})`;
			await tx`insert into membership (person_id, org_id, duty) values (${personId}, ${known.id}, 'approver')`;
			await tx`
				insert into password_reset (token_hash, person_id, requested_at, expires_at)
				values (${linkHash(token)}, ${personId}, app_now(), app_now() + ${HOURS} * interval '1 hour')`;
			await tx`select journal_write('open-first-person', 'person', ${personId}, null, null, ${JSON.stringify({ office, duty: 'approver' })}::text::jsonb)`;
			return { path: `/password/${token}` };
		});
	} catch (error) {
		const constraint = error instanceof postgres.PostgresError ? error.constraint_name : undefined;
		if (constraint === 'person_email_once' || constraint === 'user_email_once')
			throw new FirstPersonRefused(`The address ${email} belongs to another account.`);
		if (constraint === 'user_username_once') throw new FirstPersonRefused(`The user name ${username} belongs to another account.`);
		if (constraint === 'user_username_shape')
			throw new FirstPersonRefused('A user name has 2 to 40 lower-case letters, digits, dots, hyphens or underscores and begins with a letter or digit.');
		throw error;
	} finally {
		await sql.end({ timeout: 5 });
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [office, name, email, username] = process.argv.slice(2);
	const url = process.env['MIGRATE_DATABASE_URL'] || process.env['DATABASE_URL'];
	try {
		if (!url) throw new FirstPersonRefused('Set DATABASE_URL to the database of the new system.');
		if (!name || !email || !username || !FIRST_OFFICES.some((one) => one === office)) {
			throw new FirstPersonRefused(`Usage: npm run first-person -- <${FIRST_OFFICES.join('|')}> <name> <e-mail> <user name>`);
		}
		const { path } = await openFirstPerson({ url, office: office as FirstOffice, name, email, username });
		console.log(`Within ${HOURS} hours, once: ${process.env['ORIGIN'] ?? ''}${path}`);
	} catch (error) {
		console.error(error instanceof FirstPersonRefused ? error.message : error);
		process.exit(1);
	}
}
