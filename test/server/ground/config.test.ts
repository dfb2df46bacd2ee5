import { describe, expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';

const problems = (env: Record<string, string>) => {
	const reading = readConfig(env);
	return reading.ok ? [] : reading.problems;
};

const PRODUCTION = { APP_ENV: 'production', DATABASE_URL: 'postgres://u:p@db/keyent', SESSION_SECRET: 'x'.repeat(32) };

describe('settings', () => {
	it('need none to try the application out', () => {
		expect(readConfig({})).toMatchObject({
			ok: true,
			config: { production: false, databaseUrl: undefined, port: 3000, databasePool: 16, files: { kind: 'folder' } }
		});
	});

	it('that are empty are not set', () => {
		expect(readConfig({ DATABASE_URL: '', PORT: '', S3_BUCKET: '' })).toEqual(readConfig({}));
	});

	it.each([
		[{ DATABASE_URL: 'mysql://db/keyent' }, 'DATABASE_URL must look like postgres://user:password@host:5432/database.'],
		[{ DATABASE_URL: 'localhost' }, 'DATABASE_URL must look like postgres://user:password@host:5432/database.'],
		[{ PORT: '80 80' }, 'PORT must be a whole number from 0 to 65535.'],
		[{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535.'],
		[{ DATABASE_POOL: '0' }, 'DATABASE_POOL must be a whole number from 1 to 200.'],
		[{ WEB_PROCESSES: 'auto' }, 'WEB_PROCESSES must be a whole number from 1 to 64.'],
		[{ ORIGIN: 'https://example.cn/app' }, 'ORIGIN must be scheme, host and port alone, without a path or a final slash.'],
		[{ APP_NOW: '2026-11-29' }, 'APP_NOW must be an instant such as 2026-11-29T09:00:00+08:00.'],
		[{ SMTP_URL: 'mail.example.cn' }, 'SMTP_URL must look like smtp://user:password@host:587.'],
		[{ SESSION_SECRET: 'short' }, 'SESSION_SECRET must be at least 32 characters long; make one with `openssl rand -base64 32`.'],
		[
			{ S3_ENDPOINT: 'https://s3.example.cn', S3_BUCKET: 'reports' },
			'S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY must be set too when attachments go to an S3 store.'
		]
	])('%o is refused in one sentence', (env, sentence) => {
		expect(problems(env as Record<string, string>)).toEqual([sentence]);
	});

	it('never set the clock in production', () => {
		const now = { APP_NOW: '2026-11-29T09:00:00+08:00' };
		expect(problems({ ...PRODUCTION, ...now })).toEqual(['APP_NOW must not be set in production: deadlines are judged by the real clock.']);
		expect(problems({ ...PRODUCTION, APP_ENV: '', NODE_ENV: 'production', ...now })).toHaveLength(1);
		expect(readConfig({ NODE_ENV: 'production', EMBEDDED_DATABASE_URL: 'postgres://u:p@127.0.0.1:5/keyent', ...now })).toMatchObject({
			ok: true,
			config: { appNow: new Date('2026-11-29T01:00:00Z') }
		});
	});

	it('of production are complete', () => {
		expect(problems({ APP_ENV: 'production' })).toEqual([
			'SESSION_SECRET must be set in production; make one with `openssl rand -base64 32`.',
			'DATABASE_URL must be set in production: the embedded database is for trying out.'
		]);
		expect(readConfig(PRODUCTION)).toMatchObject({ ok: true, config: { production: true } });
	});
});
