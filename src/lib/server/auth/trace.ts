import type { Db } from '#lib/server/db/door.ts';

/** Where a request came from, for the journal. */
export type Trace = { address: string; requestId: string };

/** Lets the journal say whose account an act of the system itself concerns, before anyone is signed in. */
export async function leaveTrace({ sql }: Db, trace: Trace, person?: { personId: string; personName: string }): Promise<void> {
	await sql<{ person_id: unknown | null; person_name: unknown | null; address: unknown | null; request_id: unknown | null }[]>`
		select set_config('app.person_id', ${person?.personId ?? ''}, true) as person_id, set_config('app.person_name', ${person?.personName ?? ''}, true)
			as person_name,
			set_config('app.address', ${trace.address}, true) as address, set_config('app.request_id', ${trace.requestId}, true) as request_id`;
}
