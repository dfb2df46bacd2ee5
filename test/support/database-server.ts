import { existsSync } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeEmbedded, startEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from '#db/embedded.ts';

/** Root's own temporary folder may be closed to the account that the server runs as. */
const BASE = process.getuid?.() === 0 ? '/var/tmp' : tmpdir();
const PREFIX = 'keyent-test-';

/** An empty folder of its own for one test server. */
export function temporaryHome(): Promise<string> {
	return mkdtemp(join(BASE, PREFIX));
}

/** A test run that was killed leaves a server behind; the next one clears it away. */
export async function removeLeftOvers(): Promise<void> {
	for (const name of await readdir(BASE)) {
		const home = join(BASE, name);
		// Without a lock it may be one that another run is making at this moment.
		if (name.startsWith(PREFIX) && existsSync(join(home, 'owner.lock'))) await removeEmbedded(home).catch(() => false);
	}
}

export type TestServer = EmbeddedDatabase & { remove: () => Promise<void> };

/** A server of one's own, empty. */
export async function startTestServer(options: EmbeddedOptions = {}): Promise<TestServer> {
	const home = options.home ?? (await temporaryHome());
	const server = await startEmbedded({ ...options, home });
	return {
		...server,
		remove: async () => {
			await server.stop('immediate');
			await removeEmbedded(home);
		}
	};
}
