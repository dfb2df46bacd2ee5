import type { Page } from 'playwright-core';

/** What is wrong is looked at so often, two frames apart, before it is believed. */
const LOOKS = 20;

/**
 * What of a page is not in its place at the width its window has: runs out of the window or of what holds it, is cut off with no way to read it, or scrolls
 * sideways though its columns are to fit; a filter bar or a table's strip that is more than one row of 48 pixels at a desk; in a table, an instant in two
 * lines. Places and not pictures: the same on every machine. Only what stays is a fault: on a busy machine a table that was cards a frame ago has its
 * columns a moment later.
 */
export async function placesOf(page: Page): Promise<string[]> {
	let found = await page.evaluate(faultsOfPlace);
	for (let look = 1; look < LOOKS && found.length > 0; look += 1) found = await page.evaluate(faultsOfPlace);
	return found;
}

/** Runs in the page. Rules for a width are in force from the next frame on, so it waits for one. */
async function faultsOfPlace(): Promise<string[]> {
	// What is folded keeps the places of another width until it was laid out unfolded in this one.
	const folded = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open], [name])')].filter((one) => one.querySelector('table') !== null);
	for (const one of folded) one.open = true;
	await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
	for (const one of folded) one.open = false;
	const found: string[] = [];
	const { scrollWidth, clientWidth } = document.documentElement;
	const named = (element: Element) => {
		const text = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 30);
		return `${element.tagName.toLowerCase()}${element.id === '' ? '' : `#${element.id}`} “${text}”`;
	};
	if (scrollWidth > clientWidth + 1) found.push(`the page runs out by ${scrollWidth - clientWidth} px`);
	const main = document.querySelector('main');
	const edge = main ? main.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(main).paddingRight) : clientWidth;
	for (const element of document.querySelectorAll<HTMLElement>('body *')) {
		if (element instanceof SVGElement || element.clientWidth < 2 || element.scrollWidth <= element.clientWidth + 1) continue;
		const { overflowX, textOverflow, visibility, clipPath } = getComputedStyle(element);
		// Clipped whole: there for whoever listens.
		if (visibility !== 'visible' || overflowX === 'visible' || clipPath === 'inset(50%)') continue;
		const scrolls = overflowX === 'auto' || overflowX === 'scroll';
		if (!scrolls && !element.matches('input, select') && !(textOverflow === 'ellipsis' && element.closest('[title], summary, a') !== null))
			found.push(`cut off: ${named(element)}`);
		// Only what the reader widened may go sideways at a desk.
		if (scrolls && element.matches('.table-wrap') && innerWidth >= 1192 && element.querySelector(':scope > table.wide') === null)
			found.push(`scrolls sideways by ${element.scrollWidth - element.clientWidth} px: ${named(element)}`);
	}
	for (const table of document.querySelectorAll<HTMLElement>('main table')) {
		const within = table.closest<HTMLDetailsElement>('details:not([open], [name])');
		if (within) within.open = true;
		const { left, right, width } = table.getBoundingClientRect();
		const held = table.parentElement !== null && getComputedStyle(table.parentElement).overflowX === 'auto';
		if (width > 0 && !held && (right > edge + 1 || left < -1)) found.push(`past its frame by ${Math.round(right - edge)} px: ${named(table)}`);
		if (within) within.open = false;
	}
	// One strip above a table; at a small desk English needs the room: its strip may take two rows, an instant two lines.
	if (innerWidth >= (document.documentElement.lang === 'en' ? 1440 : 1192))
		for (const strip of document.querySelectorAll<HTMLElement>('main .tools'))
			if (strip.offsetHeight > 48) found.push(`a strip ${strip.offsetHeight} px tall: ${named(strip)}`);
	if (innerWidth >= (document.documentElement.lang === 'en' ? 1440 : 1366)) found.push(...brokenInstants());
	if (innerWidth >= 1192) found.push(...[...document.querySelectorAll<HTMLElement>('search.filters')].flatMap(faultsOfBar));

	/** Instants of a table that go on in a second line. */
	function brokenInstants(): string[] {
		const broken: string[] = [];
		for (const cell of document.querySelectorAll('main .table-wrap td')) {
			const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
			for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
				const at = /\d{4}-\d\d-\d\d \d\d:\d\d/.exec(text.textContent ?? '');
				if (!at) continue;
				const range = document.createRange();
				range.setStart(text, at.index);
				range.setEnd(text, at.index + at[0].length);
				if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(`in two lines: ${named(cell)}`);
			}
		}
		return broken.slice(0, 3);
	}

	/** A bar is one row: nothing of it leaves its frame or is cut. */
	function faultsOfBar(bar: HTMLElement, index: number): string[] {
		const frame = bar.getBoundingClientRect();
		const faults = [...(index > 0 ? ['a second bar'] : []), ...(frame.height > 48 ? [`the bar is ${frame.height} px tall`] : [])];
		for (const one of bar.querySelectorAll<HTMLElement>('label, .label, select, input:not([type=hidden]), summary, button')) {
			const box = one.getBoundingClientRect();
			if (box.width < 2 || one.closest('.over, .panel, .visually-hidden')) continue;
			if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5) faults.push(`leaves the bar: ${named(one)}`);
			if (box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5) faults.push(`in another row of the bar: ${named(one)}`);
			if (one.matches('label, .label, summary') && one.scrollWidth > one.clientWidth + 1) faults.push(`cut in the bar: ${named(one)}`);
		}
		return faults;
	}
	return found;
}
