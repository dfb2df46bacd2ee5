import { defineConfig } from 'vitest/config';

/** Four rooms of tests. `domain` needs nothing but Node; the others bring PostgreSQL, and `browser` the built application. */
export default defineConfig({
	test: {
		projects: [
			{ test: { name: 'domain', include: ['test/domain/**/*.test.ts', 'test/architecture.test.ts'], environment: 'node' } },
			{
				test: {
					name: 'server',
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
					include: ['test/browser/**/*.test.ts'],
					environment: 'node',
					globalSetup: ['test/support/database.global.ts', 'test/support/application.global.ts'],
					testTimeout: 90_000,
					hookTimeout: 120_000,
					fileParallelism: false
				}
			}
		]
	}
});
