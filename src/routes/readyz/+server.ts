import { isReady } from '#lib/server/reads/public/readiness.ts';
import type { RequestHandler } from './$types';

/** The process can answer: the database is reached and migrated. A load balancer asks this before it sends anyone here. */
export const GET: RequestHandler = async () => {
	const ready = await isReady();
	return new Response(ready ? 'ready\n' : 'not ready\n', { status: ready ? 200 : 503, headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
};
