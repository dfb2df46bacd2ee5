import { asVisitor } from '#lib/server/db/door.ts';
import { isDatabaseUnavailable } from '#lib/server/db/unavailable.ts';

/** Powers /readyz. */
export async function isReady(): Promise<boolean> {
	try {
		const rows = await asVisitor(({ sql }) => sql<{ version: string }[]>`select version from policy limit 1`, { deadlineMs: 2_000 });
		return rows.length === 1;
	} catch (error) {
		if (isDatabaseUnavailable(error)) return false;
		throw error;
	}
}
