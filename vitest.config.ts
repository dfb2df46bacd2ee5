import { defineConfig } from 'vitest/config';

/** Four rooms of tests. `domain` needs nothing but Node; the others bring PostgreSQL, and `browser` the built application. */
export default defineConfig({
	test: {
		// Two files at once, on as many cores; those of the browser, which is two processes by itself, come after the others and one after the other.
		maxWorkers: 2,
		projects: [
			{ test: { name: 'domain', include: ['test/domain/**/*.test.ts', 'test/architecture.test.ts'], environment: 'node' } },
			{
				test: {
					name: 'server',
					// Every database of the tests is one of their own; without this word it would be taken for one in earnest.
					env: { APP_ENV: 'demonstration' },
					include: ['test/server/**/*.test.ts'],
					environment: 'node',
					globalSetup: ['test/support/database.global.ts'],
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				test: {
					name: 'jobs',
					env: { APP_ENV: 'demonstration' },
					include: ['test/jobs/**/*.test.ts'],
					environment: 'node',
					globalSetup: ['test/support/database.global.ts'],
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				test: {
					name: 'browser',
					env: { APP_ENV: 'demonstration' },
					include: ['test/browser/**/*.test.ts'],
					environment: 'node',
					globalSetup: ['test/support/database.global.ts', 'test/support/application.global.ts'],
					testTimeout: 90_000,
					hookTimeout: 120_000,
					maxConcurrency: 2,
					fileParallelism: false,
					sequence: { groupOrder: 1 }
				}
			}
		]
	}
});
