/** An official paper as a Word document: each block by the style of its kind. Runs in a thread: the library is large, and a long table takes a second. */
import {
	AlignmentType,
	BorderStyle,
	Document,
	Footer,
	HeadingLevel,
	Packer,
	PageNumber,
	Paragraph,
	Tab,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TabStopType,
	TextRun,
	VerticalAlignTable,
	WidthType,
	type IParagraphOptions
} from 'docx';
import { ATTACHMENT_WORD, type OfficialPaper, type PaperBlock, type PaperColumn, type PaperHead, type PaperTable } from '#lib/domain/official-paper.ts';
import { CHARACTER, FACES, LINE, PAGE, RED, STYLES, TEXT_WIDTH, twips } from './paper-look.ts';

/** XML 1.0 cannot hold them, nor half of a pair: a document with one does not open. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const written = (text: string): string =>
	text
		.toWellFormed()
		.replace(UNWRITABLE, '')
		.replace(/\s*[\r\n]+\s*/g, ' ');

/** The document's bytes. Not the same twice: what is kept is kept as bytes. */
export function paperFile(paper: OfficialPaper): Promise<Uint8Array> {
	const title = paper.blocks.find((block) => block.kind === 'title')?.text ?? '';
	return Packer.toBuffer(
		new Document({
			title: written(title),
			creator: '',
			lastModifiedBy: '',
			styles: STYLES,
			evenAndOddHeaderAndFooters: true,
			compatibility: { version: 15 },
			sections: [
				{
					properties: PAGE,
					footers: { default: numbered(AlignmentType.RIGHT), even: numbered(AlignmentType.LEFT) },
					children: [
						...headOf(paper.head),
						...paper.blocks.flatMap((block, index) => blockOf(block, ['attachments', 'signature'].includes(paper.blocks[index + 1]?.kind ?? '')))
					]
				}
			]
		})
	);
}

/** — 1 —, a character from the outer edge: right on odd pages, left on even ones. */
function numbered(alignment: (typeof AlignmentType)['RIGHT' | 'LEFT']): Footer {
	const children = [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'] })];
	return new Footer({ children: [new Paragraph({ style: 'PaperNumber', alignment, indent: { left: 280, right: 280 }, children })] });
}

/** 版头: the mark 35 mm below the top of the text, the number two lines below it, and a red line 4 mm below that; without the mark its room alone. */
function headOf({ office, number }: PaperHead): Paragraph[] {
	const marks = office === null ? [''] : office.split('\n');
	const longest = Math.max(...marks.map((mark) => [...mark].length));
	const points = Math.max(22, Math.min(48, Math.floor(TEXT_WIDTH / 20 / Math.max(1, longest + 1))));
	return [
		...marks.map(
			(mark, index) =>
				new Paragraph({
					alignment: AlignmentType.CENTER,
					spacing: { before: index === 0 ? twips(35) : 0, line: Math.round(points * 1.3 * 20), lineRule: 'exact' },
					children: mark === '' ? [] : [new TextRun({ text: written(mark), font: FACES.title, size: points * 2, color: RED })]
				})
		),
		new Paragraph({
			alignment: AlignmentType.CENTER,
			spacing: { before: 2 * LINE, line: LINE, lineRule: 'exact' },
			...(office === null ? {} : { border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 11 } } }),
			children: [new TextRun(written(number))]
		}),
		empty(),
		empty()
	];
}

/** @param kept stays on the page of what follows */
function blockOf(block: PaperBlock, kept: boolean): (Paragraph | Table)[] {
	switch (block.kind) {
		case 'title':
			return [new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(written(block.text))] })];
		case 'addressee':
			return [empty(), plain(`${block.text}：`)];
		case 'heading':
			return [new Paragraph({ heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2, children: [new TextRun(written(block.text))] })];
		case 'paragraph':
			return [plain(block.text, { style: 'PaperText', ...(kept ? KEPT : {}) })];
		case 'list':
			return block.items.map((item, index) => plain(item, { style: 'PaperText', ...(kept && index === block.items.length - 1 ? KEPT : {}) }));
		case 'attachments':
			return [new Paragraph(KEPT), ...attached(block.titles)];
		case 'signature':
			return signed(block.offices, block.date);
		case 'note':
			return [empty(), styled('PaperText', `（${block.text}）`)];
		case 'attachment':
			return [
				new Paragraph({ style: 'PaperLabel', pageBreakBefore: true, children: [new TextRun(`${ATTACHMENT_WORD}${block.no ?? ''}`)] }),
				empty(),
				new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(written(block.title))] }),
				empty(),
				...block.blocks.flatMap((inner) => blockOf(inner, false))
			];
		case 'table':
			return [tableOf(block), ...block.notes.map((note) => styled('PaperTableNote', note))];
	}
}

/** The page with the signature holds some of the text too: the standard knows no page that says it has none. */
const KEPT = { keepNext: true, keepLines: true } as const;
const empty = (): Paragraph => new Paragraph({});
const plain = (text: string, options: IParagraphOptions = {}): Paragraph => new Paragraph({ ...options, children: [new TextRun(written(text))] });
const styled = (style: string, text: string): Paragraph => plain(text, { style });

/** 附件说明: two characters in; what does not fit on a line goes on under the first character of the title, not under the number. */
function attached(titles: readonly string[]): Paragraph[] {
	const label = 3 * CHARACTER;
	if (titles.length === 1) return [plain(`${ATTACHMENT_WORD}：${titles[0] ?? ''}`, { ...KEPT, indent: { left: 2 * CHARACTER + label, hanging: label } })];
	const number = Math.round(1.5 * CHARACTER);
	const left = 2 * CHARACTER + label + number;
	return titles.map((title, index) =>
		plain(`${index === 0 ? `${ATTACHMENT_WORD}：` : ''}${index + 1}. ${title}`, { ...KEPT, indent: { left, hanging: index === 0 ? label + number : number } })
	);
}

/** In characters of the grid: figures and Latin letters take half of one. */
const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x2000 ? 0.5 : 1), 0);
const ROOM_AT_RIGHT = 4;
const HALF_A_LINE = 13;

/** 署名 stands centred over 成文日期, which keeps four characters to its right; offices that sign together stand side by side where they fit. */
function signed(offices: readonly string[], date: string): Paragraph[] {
	const right = (text: string, room: number, more: IParagraphOptions = {}) =>
		plain(text, { ...more, alignment: AlignmentType.RIGHT, indent: { right: Math.round(Math.max(0, room) * CHARACTER) } });
	const before = [new Paragraph(KEPT), new Paragraph(KEPT), new Paragraph(KEPT)];
	if (offices.length > 1 && offices.every((office) => widthOf(office) <= HALF_A_LINE))
		return [
			...before,
			new Paragraph({
				...KEPT,
				tabStops: offices.map((_, index) => ({ type: TabStopType.CENTER, position: Math.round((TEXT_WIDTH * (2 * index + 1)) / (2 * offices.length)) })),
				children: offices.map((office) => new TextRun({ children: [new Tab(), written(office)] }))
			}),
			right(date, ROOM_AT_RIGHT, { keepLines: true })
		];
	const longest = Math.max(...offices.map(widthOf));
	const axis = Math.max(ROOM_AT_RIGHT + widthOf(date) / 2, longest / 2 + 1);
	return [...before, ...offices.map((office) => right(office, axis - widthOf(office) / 2, KEPT)), right(date, axis - widthOf(date) / 2, { keepLines: true })];
}

const LINED = { style: BorderStyle.SINGLE, size: 4, color: 'auto' };
const CELL_STYLES = { left: 'PaperCell', centre: 'PaperCellCentre', right: 'PaperCellRight' } as const satisfies Record<PaperColumn['align'], string>;

/** The head repeats on each page, and no row is parted by the end of one. */
function tableOf({ columns, rows, totalled }: PaperTable): Table {
	const widths = columns.map(({ width }) => Math.floor((TEXT_WIDTH * width) / 100));
	const cell = (text: string, index: number, style: string) =>
		new TableCell({
			width: { size: widths[index] ?? 0, type: WidthType.DXA },
			verticalAlign: VerticalAlignTable.CENTER,
			children: [styled(style, text)]
		});
	const row = (texts: readonly string[], styleOf: (column: PaperColumn) => string, tableHeader = false) =>
		new TableRow({ cantSplit: true, tableHeader, children: columns.map((column, index) => cell(texts[index] ?? '', index, styleOf(column))) });
	return new Table({
		width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		columnWidths: widths,
		layout: TableLayoutType.FIXED,
		margins: { left: 60, right: 60 },
		borders: { top: LINED, bottom: LINED, left: LINED, right: LINED, insideHorizontal: LINED, insideVertical: LINED },
		rows: [
			row(
				columns.map(({ header }) => header),
				() => 'PaperCellHead',
				true
			),
			...rows.map((texts, index) => row(texts, ({ align }) => (totalled && index === rows.length - 1 ? 'PaperCellHead' : CELL_STYLES[align])))
		]
	});
}
