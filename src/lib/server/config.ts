import { z } from 'zod';
import { proxyProblem } from './auth/client-address.ts';

/** A setting as operators leave it: an empty variable means it is not set. */
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

function isAddress(text: string, protocols: string[]): boolean {
	return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

const databaseUrl = z.string().refine((text) => isAddress(text, ['postgres:', 'postgresql:']), 'must look like postgres://user:password@host:5432/database.');
const httpUrl = z.string().refine((text) => isAddress(text, ['http:', 'https:']), 'must be an address that begins with http:// or https://.');
const secret = z.string().min(32, 'must be at least 32 characters long; make one with `openssl rand -base64 32`.');
const proxies = z
	.string()
	.transform((text) => text.split(',').map((one) => one.trim()))
	.refine((list) => list.every((one) => proxyProblem(one) === null), 'must be addresses or networks with commas between, such as 10.0.0.5, 10.1.0.0/16.');
const count = (least: number, most: number) =>
	z
		.string()
		.refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, `must be a whole number from ${least} to ${most}.`)
		.transform(Number);

const settings = z.object({
	APP_ENV: optional(z.enum(['production', 'demonstration'], 'must be production or demonstration.')),
	DATABASE_URL: optional(databaseUrl),
	AUTH_DATABASE_URL: optional(databaseUrl),
	MIGRATE_DATABASE_URL: optional(databaseUrl),
	DATABASE_POOL: optional(count(1, 200)),
	WEB_PROCESSES: optional(count(1, 64)),
	PORT: optional(count(0, 65_535)),
	HOST: optional(z.string()),
	ORIGIN: optional(
		httpUrl.refine((text) => !URL.canParse(text) || new URL(text).origin === text, 'must be scheme, host and port alone, without a path or a final slash.')
	),
	TRUSTED_PROXIES: optional(proxies),
	APP_NOW: optional(z.iso.datetime({ offset: true, message: 'must be an instant such as 2026-11-29T09:00:00+08:00.' })),
	SMTP_URL: optional(z.string().refine((text) => isAddress(text, ['smtp:', 'smtps:']), 'must look like smtp://user:password@host:587.')),
	MAIL_FROM: optional(z.email('must be one e-mail address.')),
	FILES_DIR: optional(z.string()),
	S3_ENDPOINT: optional(httpUrl),
	S3_BUCKET: optional(z.string()),
	S3_REGION: optional(z.string()),
	S3_ACCESS_KEY_ID: optional(z.string()),
	S3_SECRET_ACCESS_KEY: optional(z.string()),
	FOOTER_HOST: optional(z.string()),
	FOOTER_SITE_CODE: optional(z.string()),
	FOOTER_ICP: optional(z.string()),
	FOOTER_POLICE: optional(z.string()),
	HELP_CONTACT: optional(z.string()),
	HELP_PHONE: optional(z.string()),
	HELP_HOURS: optional(z.string()),
	SESSION_SECRET: optional(secret),
	BETTER_AUTH_SECRET: optional(secret)
});

export type Config = {
	/** A database of one's own is in earnest unless APP_ENV says that it is a demonstration: silence never opens anything. */
	production: boolean;
	/** Undefined: the embedded database. */
	databaseUrl: string | undefined;
	authDatabaseUrl: string | undefined;
	migrateDatabaseUrl: string | undefined;
	/** Connections of this process to the database. */
	databasePool: number;
	/** Web processes side by side on one port. */
	webProcesses: number;
	port: number;
	host: string;
	/** Scheme, host and port as browsers see us; undefined: taken from the request. */
	origin: string | undefined;
	/** Addresses and networks of the proxies in front of us: only what they say of a request's origin is believed. */
	trustedProxies: readonly string[];
	/** Where a rehearsal begins. */
	appNow: Date | undefined;
	smtpUrl: string | undefined;
	mailFrom: string | undefined;
	files: { kind: 'folder'; folder: string } | { kind: 's3'; endpoint: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string };
	/** What a government site says of itself at the foot of every page; empty parts are left out. */
	footer: { host: string; siteCode: string; icp: string; police: string };
	/** Who helps, on which number and when, at the same place of every page; empty parts are left out, and never invented in production. */
	help: { contact: string; phone: string; hours: string };
	/** Undefined outside production: whoever starts the embedded database makes and keeps one. */
	sessionSecret: string | undefined;
};

/** Words that stand in manuals and on lists of guesses; whoever copies one has no secret. */
const KNOWN_WORDS = /secret|passw|change|example|default|keyent|qwert|12345|abcde/i;

/** What is written with sixteen signs alone carries five in a row by chance, once in some nine thousand secrets; eight in a row, or five twice, were typed. */
const HEX_ONLY = /^[0-9a-f]+$/i;
const KNOWN_HEX = /01234567|12345678|abcdef01|abcdefab|fedcba98|87654321|(12345|abcde).*(12345|abcde)/i;

/** Whether a secret was typed rather than drawn: what `openssl rand` gives, in hex or base64, does not look like this. */
function isGuessable(text: string): boolean {
	return (HEX_ONLY.test(text) ? KNOWN_HEX : KNOWN_WORDS).test(text) || new Set(text).size < 8 || isRepetition(text);
}

/** A stretch of at most sixteen signs over and over, the last one whole or cut. */
function isRepetition(text: string): boolean {
	return Array.from({ length: 16 }, (_, index) => text.slice(0, index + 1)).some((part) => part.repeat(text.length).startsWith(text));
}

/** What an operator should know of settings that are taken all the same; one sentence each, said once when the application starts. */
export function configWarnings({ production, help }: Config): string[] {
	const unset = Object.entries({ HELP_CONTACT: help.contact, HELP_PHONE: help.phone, HELP_HOURS: help.hours }).flatMap(([name, text]) =>
		text === '' ? [name] : []
	);
	if (!production || unset.length === 0) return [];
	return [`${unset.join(', ')} ${unset.length === 1 ? 'is' : 'are'} not set: the foot of every page says nobody’s name, number or hours in its place.`];
}

export type ConfigReading = { ok: true; config: Config } | { ok: false; problems: string[] };

/**
 * Reads the settings, whole or not at all.
 *
 * EMBEDDED_DATABASE_URL is set by `npm start` for its own children and is not for operators.
 *
 * @returns one sentence per wrong setting.
 */
export function readConfig(env: Record<string, string | undefined>): ConfigReading {
	const parsed = settings.safeParse(env);
	if (!parsed.success) {
		return { ok: false, problems: parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) };
	}
	const set = parsed.data;
	const embedded = env['EMBEDDED_DATABASE_URL'] || undefined;
	const production = set.APP_ENV === 'production' || (set.APP_ENV === undefined && set.DATABASE_URL !== undefined);
	const problems: string[] = [];
	if (set.APP_NOW !== undefined && production) {
		problems.push('APP_NOW must not be set in production: deadlines are judged by the real clock.');
	}
	const sessionSecret = set.SESSION_SECRET ?? set.BETTER_AUTH_SECRET;
	if (production && sessionSecret === undefined) {
		problems.push('SESSION_SECRET must be set in production; make one with `openssl rand -base64 32`.');
	}
	if (production && sessionSecret !== undefined && isGuessable(sessionSecret)) {
		problems.push('SESSION_SECRET can be guessed (a known word, a repetition or few different characters); make one with `openssl rand -base64 32`.');
	}
	if (production && set.ORIGIN === undefined) {
		problems.push('ORIGIN must be set in production: the address as browsers see it, such as https://reports.example.cn.');
	}
	if (production && set.ORIGIN?.startsWith('http:')) {
		problems.push('ORIGIN must begin with https:// in production: passwords and sessions never travel in the open.');
	}
	if (set.DATABASE_URL === undefined && (set.MIGRATE_DATABASE_URL ?? set.AUTH_DATABASE_URL) !== undefined) {
		problems.push('DATABASE_URL must be set too where MIGRATE_DATABASE_URL or AUTH_DATABASE_URL is: nothing is tried out beside a real database.');
	}
	if (production && set.DATABASE_URL === undefined) {
		problems.push('DATABASE_URL must be set in production: the embedded database is for trying out.');
	}
	const s3 = { S3_ENDPOINT: set.S3_ENDPOINT, S3_BUCKET: set.S3_BUCKET, S3_ACCESS_KEY_ID: set.S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY: set.S3_SECRET_ACCESS_KEY };
	const named = Object.entries(s3).filter(([, value]) => value !== undefined);
	const missing = Object.entries(s3).filter(([, value]) => value === undefined);
	if (named.length > 0 && missing.length > 0) {
		problems.push(`${missing.map(([name]) => name).join(', ')} must be set too when attachments go to an S3 store.`);
	}
	if (named.length > 0 && set.FILES_DIR !== undefined) {
		problems.push('FILES_DIR and S3_ENDPOINT must not both be set: attachments live in one place.');
	}
	if (problems.length > 0) return { ok: false, problems };
	return {
		ok: true,
		config: {
			production,
			databaseUrl: set.DATABASE_URL ?? embedded,
			authDatabaseUrl: set.AUTH_DATABASE_URL,
			migrateDatabaseUrl: set.MIGRATE_DATABASE_URL,
			databasePool: set.DATABASE_POOL ?? 16,
			webProcesses: set.WEB_PROCESSES ?? 1,
			port: set.PORT ?? 3000,
			host: set.HOST ?? '0.0.0.0',
			origin: set.ORIGIN,
			trustedProxies: set.TRUSTED_PROXIES ?? [],
			appNow: set.APP_NOW === undefined ? undefined : new Date(set.APP_NOW),
			smtpUrl: set.SMTP_URL,
			mailFrom: set.MAIL_FROM,
			files:
				s3.S3_ENDPOINT && s3.S3_BUCKET && s3.S3_ACCESS_KEY_ID && s3.S3_SECRET_ACCESS_KEY
					? {
							kind: 's3',
							endpoint: s3.S3_ENDPOINT,
							bucket: s3.S3_BUCKET,
							region: set.S3_REGION ?? 'us-east-1',
							accessKeyId: s3.S3_ACCESS_KEY_ID,
							secretAccessKey: s3.S3_SECRET_ACCESS_KEY
						}
					: { kind: 'folder', folder: set.FILES_DIR ?? '.data/files' },
			footer: { host: set.FOOTER_HOST ?? '', siteCode: set.FOOTER_SITE_CODE ?? '', icp: set.FOOTER_ICP ?? '', police: set.FOOTER_POLICE ?? '' },
			help: { contact: set.HELP_CONTACT ?? '', phone: set.HELP_PHONE ?? '', hours: set.HELP_HOURS ?? '' },
			sessionSecret
		}
	};
}

let known: Config | undefined;

/**
 * The settings of this process, read once.
 *
 * @throws Error with one sentence per line when a setting is wrong.
 */
export function config(): Config {
	if (known) return known;
	const reading = readConfig(process.env);
	if (!reading.ok) throw new Error(reading.problems.join('\n'));
	return (known = reading.config);
}
