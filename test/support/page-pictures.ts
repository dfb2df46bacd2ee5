import type { Page } from 'playwright-core';

/**
 * What a picture cuts or writes over at the width its window has: text of an svg outside its box, two of its labels over each other, a tile whose words do
 * not fit.
 */
export async function picturesOf(page: Page): Promise<string[]> {
	return page.evaluate(faultsOfPictures);
}

/** Runs in the page. */
function faultsOfPictures(): string[] {
	/** Rounding of a browser. */
	const slack = 1;
	const faults: string[] = [];
	for (const svg of document.querySelectorAll('main svg')) {
		const box = svg.getBoundingClientRect();
		const labels = [...svg.querySelectorAll('text')]
			.map((label) => ({ said: label.textContent?.trim() ?? '', at: label.getBoundingClientRect() }))
			.filter(({ said, at }) => said !== '' && at.width > 0);
		for (const [index, { said, at }] of labels.entries()) {
			if (at.left < box.left - slack || at.right > box.right + slack || at.top < box.top - slack || at.bottom > box.bottom + slack)
				faults.push(`“${said}” is cut at the edge`);
			for (const other of labels.slice(index + 1)) {
				const across = Math.min(at.right, other.at.right) - Math.max(at.left, other.at.left);
				// The box of a text is higher than its digits by a third.
				const down = Math.min(at.bottom, other.at.bottom) - Math.max(at.top, other.at.top) - at.height / 3;
				if (across > slack && down > slack) faults.push(`“${said}” lies over “${other.said}”`);
			}
		}
	}
	for (const tile of document.querySelectorAll('main .tile')) {
		const box = tile.getBoundingClientRect();
		for (const part of tile.querySelectorAll('span:not(.visually-hidden)')) {
			const words = document.createRange();
			words.selectNodeContents(part);
			const at = words.getBoundingClientRect();
			if (at.width > 0 && (at.left < box.left - slack || at.right > box.right + slack || at.bottom > box.bottom + slack))
				faults.push(`“${part.textContent?.trim() ?? ''}” does not fit its tile`);
		}
	}
	return faults;
}
