/** How an official paper looks in Word: the measures of GB/T 9704-2012 as Word counts them, and its typefaces. Loaded by the thread that writes alone. */
import { AlignmentType, DocumentGridType, LineRuleType, type IFontAttributesProperties, type ISectionPropertiesOptions, type IStylesOptions } from 'docx';
import { PAPER_GRID, PAPER_MM, TYPE_PT } from '#lib/domain/official-paper.ts';

/** Twentieths of a point. */
export const twips = (mm: number): number => Math.round((mm * 1_440) / 25.4);
const half = (points: number): number => points * 2;

/** What is left of the page between the margins: the characters of a line share it. */
export const TEXT_WIDTH = twips(PAPER_MM.width) - twips(PAPER_MM.left) - twips(PAPER_MM.width - PAPER_MM.left - PAPER_MM.textWidth);

/** The width of one character of size 3 on the grid, and the height of one line. */
export const CHARACTER = Math.round(TEXT_WIDTH / PAPER_GRID.characters);
export const LINE = Math.floor(twips(PAPER_MM.textHeight) / PAPER_GRID.lines);

/**
 * 28 characters of 16 points are 448 points wide, the text 442: each stands a quarter of a point closer, so that a line holds them in every program. A grid of
 * characters says the same to Word, and makes LibreOffice give each of them two places.
 */
export const CLOSER = -Math.ceil(TYPE_PT.three * 20 - TEXT_WIDTH / PAPER_GRID.characters);

/** Named, not embedded: they are the office's own. Each has a name for Chinese and one for figures and letters, which Word keeps apart. */
const face = (zh: string, latin: string): IFontAttributesProperties => ({ eastAsia: zh, ascii: latin, hAnsi: latin, cs: latin });
export const FACES = {
	fangSong: face('仿宋', 'FangSong'),
	title: face('方正小标宋简体', 'FZXiaoBiaoSong-B05S'),
	black: face('黑体', 'SimHei'),
	kai: face('楷体', 'KaiTi'),
	song: face('宋体', 'SimSun')
} as const;

/** GB/T 9704-2012 colours only the mark of the office and the line under it. */
export const RED = 'C00000';

/** One line of the grid, whatever the typeface measures: 22 of them fill a page. */
const onGrid = { line: LINE, lineRule: LineRuleType.EXACT } as const;

/** Styles bear Word's own names where it has one, so that its outline and readers of the screen know a title from a heading. */
export const STYLES: IStylesOptions = {
	default: {
		document: { run: { font: FACES.fangSong, size: half(TYPE_PT.three), language: { value: 'zh-CN', eastAsia: 'zh-CN' } }, paragraph: { spacing: onGrid } },
		title: {
			run: { font: FACES.title, size: half(TYPE_PT.two), bold: false, characterSpacing: 0 },
			paragraph: { alignment: AlignmentType.CENTER, spacing: { line: 700, lineRule: LineRuleType.EXACT } }
		},
		heading1: {
			run: { font: FACES.black, size: half(TYPE_PT.three), bold: false, color: 'auto' },
			paragraph: { spacing: onGrid, indent: firstLine(), keepNext: true }
		},
		heading2: {
			run: { font: FACES.kai, size: half(TYPE_PT.three), bold: false, color: 'auto' },
			paragraph: { spacing: onGrid, indent: firstLine(), keepNext: true }
		}
	},
	paragraphStyles: [
		{
			id: 'Normal',
			name: 'Normal',
			quickFormat: true,
			run: { font: FACES.fangSong, size: half(TYPE_PT.three), characterSpacing: CLOSER },
			paragraph: { spacing: onGrid }
		},
		{ id: 'PaperText', name: 'Paper Text', basedOn: 'Normal', paragraph: { alignment: AlignmentType.BOTH, spacing: onGrid, indent: firstLine() } },
		{ id: 'PaperLabel', name: 'Paper Label', basedOn: 'Normal', run: { font: FACES.black }, paragraph: { spacing: onGrid } },
		cell('PaperCell', 'Paper Cell', AlignmentType.LEFT),
		cell('PaperCellCentre', 'Paper Cell Centre', AlignmentType.CENTER),
		cell('PaperCellRight', 'Paper Cell Right', AlignmentType.RIGHT),
		{ ...cell('PaperCellHead', 'Paper Cell Head', AlignmentType.CENTER), run: { font: FACES.black, size: half(TYPE_PT.smallFour), characterSpacing: 0 } },
		{
			id: 'PaperTableNote',
			name: 'Paper Table Note',
			basedOn: 'Normal',
			run: { size: half(TYPE_PT.smallFour), characterSpacing: 0 },
			paragraph: { spacing: { before: 60, line: 400, lineRule: LineRuleType.EXACT } }
		},
		{
			id: 'PaperNumber',
			name: 'Paper Number',
			basedOn: 'Normal',
			run: { font: FACES.song, size: half(TYPE_PT.four), characterSpacing: 0 },
			paragraph: { spacing: { line: 320 } }
		}
	]
};

function cell(id: string, name: string, alignment: (typeof AlignmentType)[keyof typeof AlignmentType]) {
	return {
		id,
		name,
		basedOn: 'Normal',
		run: { size: half(TYPE_PT.smallFour), characterSpacing: 0 },
		paragraph: { alignment, spacing: { before: 20, after: 20, line: 340, lineRule: LineRuleType.EXACT } }
	} as const;
}

function firstLine() {
	return { firstLine: 2 * CHARACTER, firstLineChars: 200 } as const;
}

/** A page of the standard. The number's dash lies 7 mm below the text: half a line of size 4 above it is where its foot begins. */
export const PAGE: ISectionPropertiesOptions = {
	page: {
		size: { width: twips(PAPER_MM.width), height: twips(PAPER_MM.height) },
		margin: {
			top: twips(PAPER_MM.top),
			left: twips(PAPER_MM.left),
			right: twips(PAPER_MM.width - PAPER_MM.left - PAPER_MM.textWidth),
			bottom: twips(PAPER_MM.height - PAPER_MM.top - PAPER_MM.textHeight),
			header: twips(15),
			footer: twips(PAPER_MM.height - PAPER_MM.top - PAPER_MM.textHeight - PAPER_MM.numberBelow - 3),
			gutter: 0
		}
	},
	// Every line has its height: a grid on top of it would only stretch the rows of tables.
	grid: { type: DocumentGridType.DEFAULT, linePitch: LINE }
};
