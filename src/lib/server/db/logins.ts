import postgres from 'postgres';
import { config, type Config } from '#lib/server/config.ts';

/** What an operator can mend, by what the server or the network says; the setting's name goes before it. */
const SENTENCES: Readonly<Record<string, string>> = {
	'28P01': 'names a user or password that the database refuses.',
	'28000': 'names a user that the database does not let in.',
	'3D000': 'names a database that does not exist.',
	'53300': 'names a database that has no connection left; raise its max_connections or lower DATABASE_POOL.',
	'57P03': 'names a database that is still starting.',
	'42501': 'names a user that is not a member of keyent_app and keyent_auth, or may not read their tables.',
	'22023': 'names a user that is not a member of keyent_app and keyent_auth, or a database that was never migrated.',
	'42P01': 'names a database that was never migrated; run `npm run migrate`.',
	'3F000': 'names a database that was never migrated; run `npm run migrate`.'
};

/** Connects as the application will, in its role, and asks for one thing that only a migrated database answers. */
async function problemOf(url: string, role: string, question: string): Promise<string | null> {
	const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined, connection: { application_name: 'keyent-start', role } });
	let late: NodeJS.Timeout | undefined;
	try {
		// A server that takes the connection and then says nothing keeps no time limit of its own.
		const tooLate = new Promise<never>((_, reject) => {
			late = setTimeout(() => reject(Object.assign(new Error('no answer'), { code: 'NO_ANSWER' })), 8_000);
		});
		await Promise.race([sql.unsafe(question), tooLate]);
		return null;
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		return SENTENCES[code] ?? `names a database that does not answer (${code || 'no PostgreSQL'}); check host and port, and that the server runs.`;
	} finally {
		clearTimeout(late);
		await sql.end({ timeout: 0 });
	}
}

/**
 * Whether both logins of the application answer, asked once at the start: a process that says it is ready can be used.
 *
 * @returns one sentence per setting that names a login which does not
 */
export async function loginProblems({ databaseUrl, authDatabaseUrl }: Pick<Config, 'databaseUrl' | 'authDatabaseUrl'>): Promise<string[]> {
	if (databaseUrl === undefined) return ['DATABASE_URL must be set; `npm start` brings a database of its own for trying out.'];
	const [rows, sessions] = await Promise.all([
		problemOf(databaseUrl, 'keyent_app', 'select version from policy limit 1'),
		problemOf(authDatabaseUrl ?? databaseUrl, 'keyent_auth', 'select 1 from auth.session limit 1')
	]);
	const named = [
		['DATABASE_URL', rows],
		[authDatabaseUrl === undefined ? 'DATABASE_URL' : 'AUTH_DATABASE_URL', sessions]
	] as const;
	return [...new Set(named.flatMap(([setting, problem]) => (problem === null ? [] : [`${setting} ${problem}`])))];
}

/**
 * The settings of a process that begins; when one is wrong, one sentence for each on the error output, and the end.
 *
 * @param asksDatabase false for what takes the place of a process that ended: the database may be away just then
 */
export async function settingsOrEnd({ asksDatabase = true } = {}): Promise<Config> {
	try {
		const settings = config();
		const problems = asksDatabase ? await loginProblems(settings) : [];
		if (problems.length === 0) return settings;
		console.error(problems.join('\n'));
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
	}
	process.exit(1);
}
