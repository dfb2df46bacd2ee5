import type { Page } from 'playwright-core';
import { halfWidthMarks } from './half-width.ts';

/** What stands in one line for a reader, whatever elements it is cut into. */
const INLINE = ['A', 'ABBR', 'B', 'BDI', 'CITE', 'EM', 'I', 'LABEL', 'MARK', 'Q', 'S', 'SMALL', 'SPAN', 'STRONG', 'SUB', 'SUP', 'TIME', 'TSPAN', 'U'];
/** Not ours to set: what is typed, and what a machine reads. */
const NOT_WORDS = ['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'TEXTAREA', 'CODE', 'KBD', 'SAMP'];

/**
 * The half-width marks beside Chinese on a page, closed boxes and the words for those who listen included. One question to the browser: the
 * lines come over as they are read, and are looked at here by the rule that looks at mails, letters and sheets.
 */
export async function halfWidthMarksOf(page: Page): Promise<string[]> {
	const lines = await page.evaluate(
		({ inline, notWords }) => {
			const found: string[] = [document.title];
			let line = '';
			const end = () => {
				if (line.trim() !== '') found.push(line);
				line = '';
			};
			const walk = (node: Node): void => {
				if (node.nodeType === Node.TEXT_NODE) {
					line += node.nodeValue ?? '';
					return;
				}
				if (!(node instanceof Element) || notWords.includes(node.tagName.toUpperCase())) return;
				for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'data-label']) {
					const said = node.getAttribute(name);
					if (said) found.push(said);
				}
				// Inside its cell a flex or grid item is a line of its own, whatever its name.
				const alone = !inline.includes(node.tagName.toUpperCase()) || !getComputedStyle(node).display.startsWith('inline');
				if (alone) end();
				node.childNodes.forEach(walk);
				if (alone) end();
			};
			walk(document.body);
			end();
			return found;
		},
		{ inline: INLINE, notWords: NOT_WORDS }
	);
	return halfWidthMarks(lines.map((line) => line.replace(/\s+/g, ' '))).map((found) => `a half-width mark: ${found}`);
}
