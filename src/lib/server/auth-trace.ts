import type { Db } from './db.ts';

/** Where a request came from, for the journal. */
export type Trace = { address: string; requestId: string };

/** Lets the journal say whose account an act of the system itself concerns, before anyone is signed in. */
export async function leaveTrace({ sql }: Db, trace: Trace, person?: { personId: string; personName: string }): Promise<void> {
	await sql`
		select set_config('app.person_id', ${person?.personId ?? ''}, true), set_config('app.person_name', ${person?.personName ?? ''}, true),
			set_config('app.address', ${trace.address}, true), set_config('app.request_id', ${trace.requestId}, true)`;
}
