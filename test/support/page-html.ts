import { HtmlValidate, StaticConfigLoader } from 'html-validate';

/**
 * A page's HTML as the server sent it, held against the standard and what it asks of accessible pages. The browser's own tree would not do:
 * it mends what it reads, and a second `selected` or a form inside a form is gone before anybody can see it.
 *
 * Style is not asked about: how a compiler lays out its text is nobody's fault and nobody's gain.
 */
const validator = new HtmlValidate(
	new StaticConfigLoader({
		root: true,
		extends: ['html-validate:standard', 'html-validate:a11y'],
		elements: [
			'html5',
			{
				// The standard took disclosures out of sectioning content; the validator's tables still count them in, and refuse them in a table's head.
				details: {
					flow: true,
					interactive: true,
					sectioning: false,
					attributes: { name: {}, open: { boolean: true } },
					aria: { implicitRole: 'group' },
					permittedContent: ['summary', '@flow'],
					permittedOrder: ['summary', '@flow'],
					requiredContent: ['summary']
				}
			}
		],
		rules: {
			'heading-level': 'error',
			'autocomplete-password': 'error',
			'input-attributes': 'error',
			'no-dup-class': 'error',
			'no-implicit-close': 'error',
			// The content policy refuses it: it would be in the page and do nothing.
			'no-inline-style': 'error',
			// A button without a type sends its form, which is what ours without one are for: said in each of 200 rows it is 3 kB of a page.
			'no-implicit-button-type': 'off',
			// A region that scrolls, or that opens beside a list, is a place to go to, not a section of the text with a heading of its own.
			'prefer-native-element': ['error', { exclude: ['region'] }]
		}
	})
);

/** What is wrong with a page's HTML, each kind of fault once with how often and where first. */
export async function htmlFaults(html: string): Promise<string[]> {
	const { results } = await validator.validateString(html);
	const faults = new Map<string, { times: number; at: string }>();
	for (const { ruleId, message, offset } of results.flatMap(({ messages }) => messages)) {
		const kind = `${ruleId}: ${message}`;
		const { times, at } = faults.get(kind) ?? { times: 0, at: html.slice(Math.max(0, offset - 60), offset + 60).replaceAll(/\s+/g, ' ') };
		faults.set(kind, { times: times + 1, at });
	}
	return [...faults].map(([kind, { times, at }]) => `${kind} (${times} times, first at ${at})`);
}
