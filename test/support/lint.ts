import { spawn } from 'node:child_process';
import { migrate } from '#db/migrate.ts';
import { removeLeftOvers, startTestServer } from './database-server.ts';

/** `npm run lint`: brings a migrated database for the SQL to be checked against, then runs ESLint on it; arguments are handed on. */
await removeLeftOvers();
const server = await startTestServer({ durable: false });
let code = 1;
try {
	await migrate({ url: server.url });
	const args = process.argv.slice(2);
	const everything = args.every((arg) => arg.startsWith('--'));
	const eslint = spawn('eslint', ['--max-warnings', '0', ...args, ...(everything ? ['.'] : [])], {
		stdio: 'inherit',
		env: { ...process.env, SAFEQL_DATABASE_URL: server.url }
	});
	code = await new Promise<number>((resolve) => eslint.once('close', (status) => resolve(status ?? 1)));
} finally {
	await server.remove();
}
process.exit(code);
