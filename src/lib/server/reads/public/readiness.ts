import { asVisitor } from '#lib/server/db/door.ts';

/** Powers /readyz. Whatever the reason, a process that cannot ask cannot answer: a refused login or a missing table is no fault of the question. */
export async function isReady(): Promise<boolean> {
	try {
		const rows = await asVisitor(({ sql }) => sql<{ version: string }[]>`select version from policy limit 1`, { deadlineMs: 2_000 });
		return rows.length === 1;
	} catch {
		return false;
	}
}
