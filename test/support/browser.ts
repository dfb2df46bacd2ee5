import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import sparticuz from '@sparticuz/chromium';

/** Where browsers are usually found; the one in the package `@sparticuz/chromium` runs where there is none (Linux x64). */
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

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

/** Starts a headless Chromium: CHROMIUM_PATH, an installed one, the packaged one, or Playwright's own. */
export async function launchBrowser(): Promise<Browser> {
	const installed = [process.env['CHROMIUM_PATH'], ...INSTALLED].find((path) => path !== undefined && path !== '' && existsSync(path));
	if (installed) return chromium.launch({ executablePath: installed, args: ARGS });
	if (process.platform === 'linux' && process.arch === 'x64')
		return chromium.launch({ executablePath: await sparticuz.executablePath(), args: [...sparticuz.args, ...ARGS] });
	return chromium.launch({ args: ARGS });
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
