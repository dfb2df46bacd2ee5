import type { RequestHandler } from './$types';

/** The process lives. Asks nothing of the database: a database that is away must not make the process be killed. */
export const GET: RequestHandler = () => new Response('ok\n', { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
