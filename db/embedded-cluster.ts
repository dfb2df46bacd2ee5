import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAs, type Binaries, type ServerAccount } from './embedded-binaries.ts';

/** The role that owns the cluster and everything in it. */
export const OWNER = 'keyent_owner';

export type EmbeddedDatabaseRefusal =
	'platform_unsupported' | 'no_unprivileged_account' | 'folder_unwritable' | 'already_running' | 'made_by_other_version' | 'not_created' | 'not_started';

/** Why the embedded database cannot run here. The message is one sentence for whoever typed the command. */
export class EmbeddedDatabaseRefused extends Error {
	override name = 'EmbeddedDatabaseRefused';
	readonly code: EmbeddedDatabaseRefusal;
	constructor(code: EmbeddedDatabaseRefusal, message: string, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
	}
}

/**
 * Makes the data folder and its password the first time.
 *
 * @returns whether it was made now.
 * @throws EmbeddedDatabaseRefused
 */
export async function createCluster(home: string, binaries: Binaries, account: ServerAccount, durable: boolean): Promise<boolean> {
	const data = join(home, 'data');
	const made = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
	const major = binaries.version.split('.')[0];
	if (made !== '' && made !== major) {
		throw new EmbeddedDatabaseRefused(
			'made_by_other_version',
			`The data in ${data} was made by PostgreSQL ${made}, and this release brings ${binaries.version}; dump it with the earlier release and restore it here.`
		);
	}
	if (made !== '') return false;
	const password = join(home, 'password');
	await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
	if (account) await chown(password, account.uid, account.gid);
	// Built under another name and renamed, so a start that was killed half way leaves nothing that looks finished.
	const unfinished = join(home, 'data.unfinished');
	const common = [
		`--pgdata=${unfinished}`,
		`--username=${OWNER}`,
		'--auth=scram-sha-256',
		`--pwfile=${password}`,
		'--encoding=UTF8',
		'--locale=C',
		'--no-instructions',
		...(durable ? [] : ['--no-sync'])
	];
	let output = '';
	for (const locale of [
		['--locale-provider=icu', '--icu-locale=zh-CN'],
		['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
	]) {
		await rm(unfinished, { recursive: true, force: true });
		const run = spawnSync(binaries.initdb, [...common, ...locale], { ...runAs(account), encoding: 'utf8' });
		if (run.status === 0) {
			await rename(unfinished, data);
			return true;
		}
		output = `${run.stderr ?? ''}${run.error?.message ?? ''}`.trim();
		if (!/ICU/.test(output)) break;
	}
	throw new EmbeddedDatabaseRefused('not_created', `The embedded database could not be created in ${home}: ${output.split('\n').at(-1) ?? ''}`);
}
