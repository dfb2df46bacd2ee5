/** Walks the tags of an XML text once, from its beginning to its end: no pattern looks over a whole part, so no part can make it slow. */

export interface Tag {
	/** Without its namespace. */
	readonly name: string;
	readonly kind: 'open' | 'close' | 'empty';
	/** Index of `<`. */
	readonly from: number;
	/** Index after `>`. */
	readonly to: number;
}

/** What stands between marks that are no tags, and how it ends. */
const PASSED_OVER = [
	['<!--', '-->'],
	['<![CDATA[', ']]>'],
	['<?', '?>']
] as const;

/** Every tag in order. A tag, comment or instruction that never ends, or a tag beyond all measure, is the end. */
export function* tagsOf(xml: string): Generator<Tag> {
	let at = xml.indexOf('<');
	while (at >= 0) {
		const over = PASSED_OVER.find(([begins]) => xml.startsWith(begins, at));
		if (over) {
			const end = xml.indexOf(over[1], at + over[0].length);
			if (end < 0) return;
			at = xml.indexOf('<', end + over[1].length);
			continue;
		}
		const end = endOfTag(xml, at + 1);
		if (end < 0) return;
		const closing = xml[at + 1] === '/';
		yield {
			name: nameAt(xml, at + (closing ? 2 : 1), end),
			kind: closing ? 'close' : xml[end - 1] === '/' ? 'empty' : 'open',
			from: at,
			to: end + 1
		};
		at = xml.indexOf('<', end + 1);
	}
}

/** Longer tags are no spreadsheet program's. */
const TAG_MAX = 16_000;

/** The `>` that ends a tag; one inside quotes does not. */
function endOfTag(xml: string, from: number): number {
	let quote = '';
	for (let at = from; at < Math.min(xml.length, from + TAG_MAX); at++) {
		const sign = xml[at] ?? '';
		if (quote === '') {
			if (sign === '>') return at;
			if (sign === '"' || sign === "'") quote = sign;
		} else if (sign === quote) quote = '';
	}
	return -1;
}

const NAME_MAX = 60;

function nameAt(xml: string, from: number, end: number): string {
	let to = from;
	while (to < end && to - from < NAME_MAX && !/[\s/>]/.test(xml[to] ?? '>')) to++;
	const name = xml.slice(from, to);
	return name.slice(name.indexOf(':') + 1);
}

const ATTRIBUTE = /\s*([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;

/** The attributes of a tag without their namespaces, entities resolved. Read one after the other: what is no attribute is the end. */
export function attributesOf(xml: string, tag: Tag): ReadonlyMap<string, string> {
	const text = xml.slice(tag.from, tag.to);
	const found = new Map<string, string>();
	ATTRIBUTE.lastIndex = 1;
	while (ATTRIBUTE.lastIndex < text.length && !/[\s/>]/.test(text[ATTRIBUTE.lastIndex] ?? '')) ATTRIBUTE.lastIndex += 1;
	for (let match = ATTRIBUTE.exec(text); match; match = ATTRIBUTE.exec(text)) {
		const name = match[1] ?? '';
		found.set(name.slice(name.indexOf(':') + 1), textOf(match[2] ?? match[3] ?? ''));
	}
	return found;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text as it is meant: `&amp;` is &. What is no entity stays as it stands. */
export function textOf(xml: string): string {
	return xml.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi, (whole, hex?: string, number?: string, name?: string) => {
		if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
		const point = hex === undefined ? Number(number) : Number.parseInt(hex, 16);
		return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole;
	});
}
