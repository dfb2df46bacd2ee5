import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/**
 * Headless shells first: they draw the same, and a page costs them half of what it costs a whole browser, which opens a window with tabs
 * for every visitor (32 pages: 44 and 49 s of processor instead of 84).
 */
const SHELLS = ['/usr/bin/chromium-headless-shell'];
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** Quiet: a test browser asks nobody outside for anything. */
const ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
	'--force-color-profile=srgb'
];

/** Starts a headless Chromium: CHROMIUM_PATH, a shell, an installed browser, or Playwright's own; the first that starts on this machine. */
export async function launchBrowser(): Promise<Browser> {
	const chosen = process.env['CHROMIUM_PATH'];
	if (chosen) return start(chosen);
	for (const path of [await packagedShell(), ...SHELLS, ...BROWSERS]) {
		if (path === undefined || !existsSync(path)) continue;
		// The packaged shell may lack a library that Debian's own browsers bring.
		const browser = await start(path).catch(() => undefined);
		if (browser) return browser;
	}
	return start();
}

const start = (executablePath?: string) => chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ARGS });

/**
 * The headless shell in the package `@sparticuz/chromium`, unpacked beside the packages when first asked for (9 s). Not by the package's own
 * function, which leaves it where anybody may write, nor with its flags: they are for Lambda, and lift the rules that pages live under.
 */
async function packagedShell(): Promise<string | undefined> {
	if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
	const home = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../..');
	const packed = join(home, 'bin/chromium.br');
	const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
	const folder = fileURLToPath(new URL('../../node_modules/.cache/headless-shell', import.meta.url));
	const unpacked = join(folder, `chromium-${version}`);
	if (existsSync(unpacked)) return unpacked;
	if (!existsSync(packed)) return undefined;
	await mkdir(folder, { recursive: true });
	// Whole or not at all: another run may look at the same moment.
	const part = `${unpacked}.${process.pid}`;
	const file = await open(part, 'w');
	await pipeline(createReadStream(packed), createBrotliDecompress(), file.createWriteStream());
	await chmod(part, 0o700);
	await rename(part, unpacked);
	return unpacked;
}

export interface Visitor {
	readonly context: BrowserContext;
	readonly page: Page;
	/** Everything the page complained about: console errors, page errors, refused by the content security policy, requests to strangers. */
	readonly complaints: string[];
	close: () => Promise<void>;
}

/** A person's own browser window at `baseUrl`, in one language. */
export async function openVisitor(
	browser: Browser,
	baseUrl: string,
	options: { readonly locale?: 'zh-CN' | 'en'; readonly width?: number; readonly javaScriptEnabled?: boolean; readonly colorScheme?: 'light' | 'dark' } = {}
): Promise<Visitor> {
	const context = await browser.newContext({
		baseURL: baseUrl,
		locale: options.locale ?? 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		viewport: { width: options.width ?? 1366, height: 900 },
		javaScriptEnabled: options.javaScriptEnabled ?? true,
		colorScheme: options.colorScheme ?? 'light',
		reducedMotion: 'reduce'
	});
	await context.addCookies([{ name: 'locale', value: options.locale ?? 'zh-CN', url: baseUrl }]);
	const page = await context.newPage();
	page.setDefaultTimeout(15_000);
	const complaints: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
	});
	page.on('pageerror', (error) => complaints.push(error.message));
	page.on('request', (request) => {
		const { origin, protocol } = new URL(request.url());
		if (origin !== new URL(baseUrl).origin && protocol.startsWith('http')) complaints.push(`asked a stranger: ${origin}`);
	});
	return { context, page, complaints, close: () => context.close() };
}
