/** How wide a text of the drawings is, without a font at hand: a little too wide rather than too narrow, so that what fits here fits on every screen. */

/** Height of the drawings' text. */
export const TEXT_SIZE = 12;

const WIDE = /[\u25a0-\u25ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]/;
const BROAD = /[%@—]/;
const WIDER = /[mwMW]/;
const NARROW = /[.,:;'|!ijl ]/;

export function textWidth(text: string): number {
	let width = 0;
	for (const letter of text) width += WIDE.test(letter) ? TEXT_SIZE : NARROW.test(letter) ? 4.5 : BROAD.test(letter) ? 11.5 : WIDER.test(letter) ? 10 : 7.5;
	return width;
}

/** The first of several wordings that fits; null if none does. */
export function fitting(wordings: readonly string[], width: number): string | null {
	return wordings.find((text) => textWidth(text) <= width) ?? null;
}

export interface PlacedText {
	/** What it is: its class, and what it is the label of. */
	readonly kind: 'tick' | 'year' | 'n' | 'row' | 'end' | 'limit' | 'break';
	readonly text: string;
	readonly x: number;
	/** The base line. */
	readonly y: number;
	readonly anchor: 'start' | 'middle' | 'end';
}

export interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** The box a placed text fills. */
export function boxOf({ text, x, y, anchor }: PlacedText): Box {
	const width = textWidth(text);
	const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
	return { left, right: left + width, top: y - TEXT_SIZE + 2, bottom: y + 3 };
}
