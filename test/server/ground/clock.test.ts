import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** Settings are read once by a process: each test is one. */
beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllEnvs());

const AT = new Date('2026-11-29T20:00:00+08:00');
const freshClock = () => import('#lib/server/clock.ts');

test('a rehearsal moves its clock, which then runs on', async () => {
	vi.stubEnv('APP_ENV', 'demonstration');
	const { clockOffsetMs, moveClockTo, now } = await freshClock();
	expect(clockOffsetMs()).toBe(0);
	moveClockTo(AT);
	const first = now().getTime();
	expect(first - AT.getTime()).toBeGreaterThanOrEqual(0);
	expect(first - AT.getTime()).toBeLessThan(60_000);
	await expect.poll(() => now().getTime()).toBeGreaterThan(first);
});

test('nobody moves the clock of a production system', async () => {
	vi.stubEnv('APP_ENV', 'production');
	vi.stubEnv('DATABASE_URL', 'postgres://app@db.example.cn/reports');
	vi.stubEnv('ORIGIN', 'https://reports.example.cn');
	vi.stubEnv('SESSION_SECRET', 'Zk3vB0m+Yq8rT1wXc5nJ2hLd7sPf9aUe');
	const { clockOffsetMs, moveClockTo } = await freshClock();
	expect(() => moveClockTo(AT)).toThrow('In production the clock is not moved.');
	expect(clockOffsetMs()).toBe(0);
});
