/**
 * The channels as squares in nine columns and eight rows: a table in the shape of a picture and no map, without boundaries. What has no place in it (the
 * Corps, central groups) stands in a strip below. For a width of 340 and one of 720.
 */
import { TILE_STEPS, type ChannelTile } from '#lib/domain/trend/channel-tiles.ts';
import type { DrawnWidth } from './small-multiple.ts';
import { fitting, TEXT_SIZE, textWidth, type PlacedText } from './text-width.ts';

const COLUMNS = 9;
const ROWS = 8;
const GAP = 2;
const LINE = TEXT_SIZE + 3;
/** What the mark of those behind takes in a corner. */
const MARK = 9;

/** A square of the grid, or of the strip below it where it has no place. */
export interface TilePlace {
	readonly id: string;
	readonly at: { readonly column: number; readonly row: number } | null;
	/** From long to short, as many for each: all squares of the grid take the same one, so that no name is cut and none stands out by being short. */
	readonly names: readonly string[];
	/** Null: outside the notice, drawn grey and no link. */
	readonly tile: ChannelTile | null;
}

/** Wordings from long to short; what fits in no form is left to the title of the link. */
export interface TileWords {
	/** 91% or 23. */
	readonly value: (tile: ChannelTile) => readonly string[];
	/** 缺 3. */
	readonly missing: (tile: ChannelTile) => readonly string[];
}

export interface PlacedTile {
	readonly id: string;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** 1 to six, 0 for one of which nothing is expected, null for grey. */
	readonly step: number | null;
	/** Light text from the fifth shade on, where dark text would no longer be read. */
	readonly lightText: boolean;
	/** ▼ in the corner, as a path: a shape beside the shade, for whoever sees no shades. Empty where it is not behind. */
	readonly mark: string;
	readonly texts: readonly (Pick<PlacedText, 'text' | 'x' | 'y' | 'anchor'> & { readonly kind: 'name' | 'value' | 'missing' })[];
}

export interface TileDrawing {
	readonly width: number;
	readonly height: number;
	readonly tiles: readonly PlacedTile[];
	/** Where the strip begins; null without one. */
	readonly stripTop: number | null;
}

/** Places every square with as much of its words as it holds: the name always, then the value, then what is missing. */
export function drawTiles(places: readonly TilePlace[], width: DrawnWidth, words: TileWords): TileDrawing {
	const narrow = width === 340;
	const [grid, strip] = [places.filter(({ at }) => at !== null), places.filter(({ at }) => at === null)];
	const perRow = narrow ? 3 : 6;
	const [side, stripSide] = [width / COLUMNS - GAP, width / perRow - GAP];
	const height = (narrow ? 2 : 3) * LINE + 6;
	const gridHeight = ROWS * (height + GAP);
	const stripTop = gridHeight + LINE;
	const [gridName, stripName] = [nameLevel(grid, side), nameLevel(strip, stripSide)];
	const tiles = places.map((place): PlacedTile => {
		const { at } = place;
		if (at !== null) return placed(place, { x: at.column * (side + GAP), y: at.row * (height + GAP), width: side, height }, gridName, words);
		const index = strip.indexOf(place);
		const y = stripTop + Math.floor(index / perRow) * (height + GAP);
		return placed(place, { x: (index % perRow) * (stripSide + GAP), y, width: stripSide, height }, stripName, words);
	});
	const rows = Math.ceil(strip.length / perRow);
	return { width, height: rows === 0 ? gridHeight : stripTop + rows * (height + GAP), tiles, stripTop: rows === 0 ? null : stripTop };
}

const roomOf = (side: number): number => side - 2 * MARK;

/** The longest wording that every one of these squares holds; the shortest where none does. */
function nameLevel(places: readonly TilePlace[], side: number): number {
	const levels = Math.max(0, ...places.map(({ names }) => names.length));
	const fits = (level: number): boolean => places.every(({ names }) => textWidth(names[level] ?? names.at(-1) ?? '') <= roomOf(side));
	return Array.from({ length: levels }, (_, level) => level).find(fits) ?? Math.max(0, levels - 1);
}

function placed({ id, names, tile }: TilePlace, box: Pick<PlacedTile, 'x' | 'y' | 'width' | 'height'>, level: number, words: TileWords): PlacedTile {
	const room = box.width - 4;
	const value = tile === null || tile.empty ? null : fitting(words.value(tile), room);
	const missing = tile === null || tile.missing === 0 ? null : fitting(words.missing(tile), room);
	const lines = [
		{ kind: 'name' as const, text: names[level] ?? names.at(-1) ?? '' },
		...(value === null ? [] : [{ kind: 'value' as const, text: value }]),
		...(missing === null ? [] : [{ kind: 'missing' as const, text: missing }])
	].slice(0, Math.floor((box.height - 6) / LINE));
	const step = tile === null ? null : (tile.step ?? 0);
	const corner = `M${tenth(box.x + box.width - MARK + 1)} ${tenth(box.y + 3)}h6l-3 5z`;
	return {
		id,
		...box,
		step,
		lightText: step !== null && step > TILE_STEPS - 2,
		mark: tile?.behind ? corner : '',
		texts: lines.map(({ kind, text }, index) => ({ kind, text, x: box.x + box.width / 2, y: box.y + (index + 1) * LINE, anchor: 'middle' as const }))
	};
}

/** A coordinate: tenths of a pixel are seen by nobody. */
function tenth(value: number): number {
	return Math.round(value * 10) / 10;
}
