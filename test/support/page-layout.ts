import type { Page } from 'playwright-core';

/** Runs before a page does: adds up how far its parts move by themselves (Cumulative Layout Shift). What follows a press or a resize does not count. */
export const WATCH_SHIFTS = `
	window.__shifts = [];
	new PerformanceObserver((list) => {
		for (const shift of list.getEntries()) {
			if (shift.hadRecentInput) continue;
			const moved = shift.sources.slice(0, 2).map(({ node, previousRect, currentRect }) => {
				const element = node && (node.nodeType === 1 ? node : node.parentElement);
				const name = element ? element.tagName.toLowerCase() + '.' + [...element.classList].join('.') : 'something gone';
				return name + ' from y ' + Math.round(previousRect.y) + ' to ' + Math.round(currentRect.y);
			});
			window.__shifts.push({ value: shift.value, moved: moved.join(', ') });
		}
	}).observe({ type: 'layout-shift', buffered: true });`;

/** Most a page may shift; 0.1 is what is commonly called good, and a line of text that jumps is 0.01 and more. */
const MOST_SHIFT = 0.01;

/** What has moved on a page since it began, where it is more than nobody notices. */
export async function shiftsOf(page: Page): Promise<string[]> {
	const shifts = await page.evaluate(async () => {
		// Two frames: the first draws what the scripts changed, the second knows what moved by it.
		await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
		return (globalThis as unknown as { __shifts: { value: number; moved: string }[] }).__shifts;
	});
	const sum = shifts.reduce((total, { value }) => total + value, 0);
	return sum < MOST_SHIFT ? [] : [`shifts by ${sum.toFixed(4)}: ${shifts.map(({ moved }) => moved).join('; ')}`];
}

/**
 * What of a page's styles only came with its scripts: without them, and until they are there, the page would look otherwise. A component that is both
 * loaded with the page and loaded when wanted is such a case.
 */
export async function stylesLeftToScript(page: Page, html: string): Promise<string[]> {
	const sent = [...new Set(html.match(/\bs-[0-9a-z]{5}\b/g) ?? [])];
	const late = await page.evaluate(
		(sheetsSent) => {
			const sheets = [...document.styleSheets].filter(({ href }) => href !== null && !sheetsSent.some((name) => href.endsWith(name)));
			return sheets.map(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText).join('\n'));
		},
		html.match(/[\w.-]+\.css/g) ?? []
	);
	return sent.filter((name) => late.some((rules) => rules.includes(name))).map((name) => `styles of ${name} come with the scripts`);
}

/** Where things stand on a page, at whatever width its window has: one landmark for the text, the way here, the help, boxes apart, the foot at the foot. */
export async function layoutOf(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		// The window may just have got another size.
		await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
		const faults: string[] = [];
		const seen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
		const nameOf = (element: Element) => `${element.tagName.toLowerCase()}.${[...element.classList].filter((name) => !/^s-[0-9a-z]{5}$/.test(name)).join('.')}`;
		if (document.querySelectorAll('main').length !== 1) faults.push('not exactly one main');

		const crumbs = document.querySelector('main nav.crumbs');
		const root = document.querySelector('#nav a')?.getAttribute('href') ?? '/';
		if (location.pathname === root ? crumbs !== null : crumbs === null) faults.push(`the way here is ${crumbs ? 'said on the first page' : 'not said'}`);
		const first = crumbs?.querySelector('a')?.getAttribute('href');
		if (crumbs && first !== root) faults.push(`the way here begins at ${first ?? 'nothing'}`);

		const foot = document.querySelector('footer');
		const help = foot?.querySelector('#help');
		if (!help?.querySelector('a[href^="tel:"]') || !help.querySelector('a[href="/guide"]')) faults.push('no help with a number at the foot');
		const below = foot ? document.documentElement.scrollHeight - (foot.getBoundingClientRect().bottom + scrollY) : 0;
		if (Math.abs(below) > 1) faults.push(`the foot ends ${Math.round(below)} px above the end`);

		const pixels = (length: string) => Number(length.replace('px', ''));
		const line = (style: CSSStyleDeclaration, side: 'top' | 'bottom' | 'left' | 'right') =>
			pixels(style.getPropertyValue(`border-${side}-width`)) > 0 &&
			style.getPropertyValue(`border-${side}-style`) !== 'none' &&
			!/^(transparent|rgba\(.*, 0\))$/.test(style.getPropertyValue(`border-${side}-color`));
		const touching = new Set<string>();
		for (const parent of document.querySelectorAll('main, main *:not(table, table *, svg, svg *, select)')) {
			// Buttons of one choice are joined on purpose.
			if (parent.children.length < 2 || parent.getAttribute('role') === 'group') continue;
			const boxes = [...parent.children].filter(seen).map((element) => ({ element, style: getComputedStyle(element), at: element.getBoundingClientRect() }));
			for (const [index, one] of boxes.entries())
				for (const other of boxes.slice(index + 1, index + 4)) {
					if ([one, other].some(({ style }) => style.position === 'absolute' || style.display === 'inline' || style.display === 'contents')) continue;
					const across = Math.min(one.at.right, other.at.right) - Math.max(one.at.left, other.at.left);
					const down = Math.min(one.at.bottom, other.at.bottom) - Math.max(one.at.top, other.at.top);
					const under = other.at.top - one.at.bottom;
					const beside = other.at.left - one.at.right;
					// A line drawn by the parts of a box, right under somebody's text.
					const part = other.element.firstElementChild;
					const drawn = part !== null && seen(part) && Math.abs(part.getBoundingClientRect().top - other.at.top) < 1 ? getComputedStyle(part) : other.style;
					const underlines = pixels(one.style.paddingBottom) < 4 && pixels(drawn.borderTopWidth) >= 2 && line(drawn, 'top');
					const meets =
						(across > 8 && under > -4 && under < 4 && (underlines || (line(one.style, 'bottom') && line(other.style, 'top')))) ||
						(down > 8 && beside > -4 && beside < 4 && line(one.style, 'right') && line(other.style, 'left'));
					if (meets) touching.add(`${nameOf(one.element)} touches ${nameOf(other.element)}`);
				}
		}
		return [...faults, ...touching];
	});
}
