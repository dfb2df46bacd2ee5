/**
 * An official paper as its parts, in the order and by the names of GB/T 9704-2012: what letters, lists and annexes that leave as Word are made of, whichever
 * matter they are about. It says what is written, never how it looks; the measures of the standard stand beside it as data.
 */

/** What stands in a paper, from top to bottom. */
export type PaperBlock =
	| { readonly kind: 'title'; readonly text: string }
	/** 主送机关, without its colon. */
	| { readonly kind: 'addressee'; readonly text: string }
	/** 一、 (level 1) or （一） (level 2), the number included. */
	| { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
	| { readonly kind: 'paragraph'; readonly text: string }
	| { readonly kind: 'list'; readonly items: readonly string[] }
	| PaperTable
	/** 附件说明: what is attached, by the titles the attachments bear. */
	| { readonly kind: 'attachments'; readonly titles: readonly string[] }
	/** 署名 and 成文日期. */
	| { readonly kind: 'signature'; readonly offices: readonly string[]; readonly date: string }
	/** 附注, without its brackets. */
	| { readonly kind: 'note'; readonly text: string }
	/** 附件: begins a page; `no` null where there is one only. */
	| { readonly kind: 'attachment'; readonly no: number | null; readonly title: string; readonly blocks: readonly PaperBlock[] };

export interface PaperTable {
	readonly kind: 'table';
	readonly columns: readonly PaperColumn[];
	readonly rows: readonly (readonly string[])[];
	/** The last row adds the others up. */
	readonly totalled: boolean;
	/** How to read it, under the table. */
	readonly notes: readonly string[];
}

export interface PaperColumn {
	readonly header: string;
	/** Its part of the width; all of them together are 100. */
	readonly width: number;
	readonly align: 'left' | 'centre' | 'right';
}

/** The head of the first page (版头): printed, or its room left for headed paper or the office's own document system. */
export interface PaperHead {
	/** 发文机关标志; null = the room is left. */
	readonly office: string | null;
	/** 发文字号, or what is written in its place until it is known. */
	readonly number: string;
}

export interface OfficialPaper {
	readonly head: PaperHead;
	readonly blocks: readonly PaperBlock[];
}

/** GB/T 9704-2012, 5.1–5.2: A4, 天头 37, 订口 28, 版心 156 × 225 mm, 22 lines of 28 characters of size 3; 7.5: page number 7 mm below. */
export const PAPER_MM = { width: 210, height: 297, top: 37, left: 28, textWidth: 156, textHeight: 225, numberBelow: 7 } as const;
export const PAPER_GRID = { lines: 22, characters: 28 } as const;

/** Chinese type sizes in points. */
export const TYPE_PT = { two: 22, three: 16, four: 14, smallFour: 12 } as const;

/** The standard's own word, before what is attached and over it. */
export const ATTACHMENT_WORD = '附件';

/** Titles of what is attached, in the order of the paper. */
export function attachmentsOf({ blocks }: Pick<OfficialPaper, 'blocks'>): readonly Extract<PaperBlock, { kind: 'attachment' }>[] {
	return blocks.filter((block) => block.kind === 'attachment');
}

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1 → 一, 12 → 十二: how headings are counted, up to 99. */
export function chineseNumeral(n: number): string {
	if (!Number.isInteger(n) || n < 1 || n > 99) throw new RangeError(`${n} is no number of a heading`);
	const [tens, ones] = [Math.floor(n / 10), n % 10];
	return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? DIGITS[ones] : ''}`;
}
