import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApplication, type Application } from '../support/application.ts';

/** Several web processes on one port: ready when all are, as many again when one is lost, and all gone when told to stop. */
let application: Application;
beforeAll(async () => {
	application = await startApplication({ appNow: '2026-11-24T09:00:00+08:00', from: 'empty', env: { WEB_PROCESSES: '2' } });
});
afterAll(() => application.stop());

const listening = (): number[] => [...application.output().matchAll(/Web process (\d+) listens\./g)].map(([, pid]) => Number(pid));
/** Each on a connection of its own, so that every process has its turn. */
const asked = async (times: number): Promise<number[]> => {
	const statuses: number[] = [];
	for (let time = 0; time < times; time += 1) statuses.push((await fetch(`${application.url}/readyz`, { headers: { connection: 'close' } })).status);
	return statuses;
};

test('one that is lost is replaced, and a stop ends every one of them', async () => {
	const first = listening();
	expect(new Set(first).size).toBe(2);
	expect(await asked(4)).toEqual([200, 200, 200, 200]);

	const [lost = 0, other = 0] = first;
	process.kill(lost, 'SIGKILL');
	await application.said(new RegExp(`Web process ${lost} has ended \\(SIGKILL\\); another takes its place\\.\\n[^]*listens\\.`));
	expect(await asked(4)).toEqual([200, 200, 200, 200]);
	const [, , third = 0] = listening();
	expect(first).not.toContain(third);

	const gone = once(application.process, 'exit');
	application.process.kill('SIGTERM');
	expect(await gone).toEqual([0, null]);
	for (const pid of [other, third]) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
