import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { configWarnings, readConfig } from '#lib/server/config.ts';

const problems = (env: Record<string, string>) => {
	const reading = readConfig(env);
	return reading.ok ? [] : reading.problems;
};

/** As `openssl rand -base64 32` draws one. */
const DRAWN = '9vQ0m3yWc8LrT2bZkX5nJ7hPd1sGfAeUoIq4+/wMtBY=';
const PRODUCTION = { APP_ENV: 'production', DATABASE_URL: 'postgres://u:p@db/keyent', ORIGIN: 'https://reports.example.cn', SESSION_SECRET: DRAWN };

const PROXIES = 'TRUSTED_PROXIES must be addresses or networks with commas between, such as 10.0.0.5, 10.1.0.0/16.';
const BESIDE = 'DATABASE_URL must be set too where MIGRATE_DATABASE_URL or AUTH_DATABASE_URL is: nothing is tried out beside a real database.';

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
		[{ TRUSTED_PROXIES: '10.0.0.5, proxy.example.cn' }, PROXIES],
		[{ TRUSTED_PROXIES: '10.0.0.0/33' }, PROXIES],
		[{ TRUSTED_PROXIES: 'fd00::/129' }, PROXIES],
		[{ TRUSTED_PROXIES: '0.0.0.0/0' }, PROXIES],
		[{ TRUSTED_PROXIES: '10.0.0.1/8/8' }, PROXIES],
		[{ TRUSTED_PROXIES: '10.0.0.1,' }, PROXIES],
		[{ MIGRATE_DATABASE_URL: 'postgres://owner@db/keyent' }, BESIDE],
		[{ AUTH_DATABASE_URL: 'postgres://auth@db/keyent' }, BESIDE],
		[{ SESSION_SECRET: 'short' }, 'SESSION_SECRET must be at least 32 characters long; make one with `openssl rand -base64 32`.'],
		[
			{ S3_ENDPOINT: 'https://s3.example.cn', S3_BUCKET: 'reports' },
			'S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY must be set too when attachments go to an S3 store.'
		]
	])('%o is refused in one sentence', (env, sentence) => {
		expect(problems(env as Record<string, string>)).toEqual([sentence]);
	});

	it('name in production what is missing of the help on every page, and take it all the same', () => {
		const warnings = (env: Record<string, string>) => {
			const reading = readConfig(env);
			return reading.ok ? configWarnings(reading.config) : reading.problems;
		};
		const help = { HELP_CONTACT: '系统支持', HELP_PHONE: '010-12345678', HELP_HOURS: '工作日 8:30–17:30' };
		expect(warnings(PRODUCTION)).toEqual([
			'HELP_CONTACT, HELP_PHONE, HELP_HOURS are not set: the foot of every page says nobody’s name, number or hours in its place.'
		]);
		expect(warnings({ ...PRODUCTION, ...help, HELP_PHONE: '' })).toHaveLength(1);
		expect(warnings({ ...PRODUCTION, ...help })).toEqual([]);
		expect(warnings({})).toEqual([]);
	});

	it('never set the clock in production', () => {
		const now = { APP_NOW: '2026-11-29T09:00:00+08:00' };
		expect(problems({ ...PRODUCTION, ...now })).toEqual(['APP_NOW must not be set in production: deadlines are judged by the real clock.']);
		expect(problems({ ...PRODUCTION, APP_ENV: '', ...now })).toHaveLength(1);
		expect(readConfig({ NODE_ENV: 'production', EMBEDDED_DATABASE_URL: 'postgres://u:p@127.0.0.1:5/keyent', ...now })).toMatchObject({
			ok: true,
			config: { appNow: new Date('2026-11-29T01:00:00Z') }
		});
	});

	it('of production are complete', () => {
		expect(problems({ APP_ENV: 'production' })).toEqual([
			'SESSION_SECRET must be set in production; make one with `openssl rand -base64 32`.',
			'ORIGIN must be set in production: the address as browsers see it, such as https://reports.example.cn.',
			'DATABASE_URL must be set in production: the embedded database is for trying out.'
		]);
		expect(readConfig(PRODUCTION)).toMatchObject({ ok: true, config: { production: true } });
	});

	it('never make a demonstration by leaving something out: a database of one’s own is in earnest until APP_ENV says otherwise', () => {
		const { APP_ENV: _, ...silent } = PRODUCTION;
		const demonstration = (env: Record<string, string>) => {
			const reading = readConfig(env);
			return reading.ok ? !reading.config.production : reading.problems;
		};
		expect(demonstration(silent)).toBe(false);
		expect(demonstration({ ...silent, NODE_ENV: 'development' })).toBe(false);
		expect(demonstration({ ...silent, EMBEDDED_DATABASE_URL: 'postgres://u:p@127.0.0.1:5/keyent' })).toBe(false);
		expect(demonstration({ ...silent, APP_ENV: 'demonstration' })).toBe(true);
		expect(demonstration({ EMBEDDED_DATABASE_URL: 'postgres://u:p@127.0.0.1:5/keyent' })).toBe(true);
		// Whoever only tries out a database of their own need say nothing but the word.
		expect(problems({ APP_ENV: 'demonstration', DATABASE_URL: 'postgres://u:p@db/keyent' })).toEqual([]);
		expect(problems({ DATABASE_URL: 'postgres://u:p@db/keyent' })).toHaveLength(2);
	});

	it('keep passwords and sessions off the open net', () => {
		const sentence = 'ORIGIN must begin with https:// in production: passwords and sessions never travel in the open.';
		expect(problems({ ...PRODUCTION, ORIGIN: 'http://reports.example.cn' })).toEqual([sentence]);
		expect(problems({ ...PRODUCTION, ORIGIN: 'HTTP://reports.example.cn' })).not.toEqual([]);
		expect(problems({ APP_ENV: 'demonstration', ORIGIN: 'http://localhost:3000' })).toEqual([]);
	});

	it.each([
		'x'.repeat(32),
		'0123'.repeat(10),
		'abcdefgh12'.repeat(4),
		'a secret for tests that nobody else uses',
		'please-change-me-before-going-live-0815',
		'keyent-reports-2026-november-mofcom-miit',
		'1111222233334444555566667777111122223333',
		'1234567890abcdef1234567890abcdef12',
		'0123456789abcdef0123456789abcdef0',
		'ABCDEF0123456789ABCDEF0123456789ABC',
		'12345abcde67890f12345abcde678901',
		'90abcde1c7bd2243ac169cb8273abcde',
		'Zq9!Xw7?Lm2#Zq9!Xw7?Lm2#Zq9!Xw7?Lm'
	])('do not take a secret that can be guessed: %s', (secret) => {
		const guessed = 'SESSION_SECRET can be guessed (a known word, a repetition or few different characters); make one with `openssl rand -base64 32`.';
		expect(problems({ ...PRODUCTION, SESSION_SECRET: secret })).toEqual([guessed]);
		expect(problems({ ...PRODUCTION, SESSION_SECRET: '', BETTER_AUTH_SECRET: secret })).toEqual([guessed]);
	});

	it('take a drawn secret in which five signs follow one another by chance', () => {
		for (const secret of ['d3608c1297bd2243ac169cb82731342ecdd212345d0aa425eea7e5b4ec42fb2f', '90ABCDE1c7bd2243ac169cb82731342e'])
			expect(problems({ ...PRODUCTION, SESSION_SECRET: secret })).toEqual([]);
	});

	it('take every secret that was drawn', () => {
		for (let round = 0; round < 500; round += 1) {
			const bytes = createHash('sha256').update(`drawn ${round}`).digest();
			for (const secret of [bytes.toString('base64'), bytes.toString('hex'), bytes.toString('hex').slice(0, 32), bytes.toString('base64url')])
				expect(problems({ ...PRODUCTION, SESSION_SECRET: secret }), secret).toEqual([]);
		}
	});
});
