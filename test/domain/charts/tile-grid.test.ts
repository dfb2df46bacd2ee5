import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ChannelTile } from '#lib/domain/trend/channel-tiles.ts';
import { DRAWN_WIDTHS } from '#lib/ui/charts/small-multiple.ts';
import { boxOf, type PlacedText } from '#lib/ui/charts/text-width.ts';
import { drawTiles, type TileDrawing, type TilePlace, type TileWords } from '#lib/ui/charts/tile-grid.ts';
import { seeded } from '../trend/second-statistics.ts';

interface Channels {
	readonly greyTiles: readonly { readonly nameZh: string; readonly tile: readonly [number, number] }[];
	readonly provinces: readonly {
		readonly code: string;
		readonly shortZh: string;
		readonly nameEn: string;
		readonly abbr: string;
		readonly tile: readonly [number, number] | null;
	}[];
}
const CHANNELS = JSON.parse(readFileSync('db/seed/reference/channels.json', 'utf8')) as Channels;

const tileOf = (channelId: string, changes: Partial<ChannelTile> = {}): ChannelTile => ({
	channelId,
	empty: false,
	part: 91,
	whole: 100,
	step: 6,
	missing: 3,
	behind: true,
	...changes
});
const at = (tile: readonly [number, number] | null) => (tile === null ? null : { column: tile[0], row: tile[1] });

/** Every square there is, with six groups in the strip; each language by its own short forms. */
function places(language: 'zh' | 'en', of: (channelId: string) => ChannelTile): readonly TilePlace[] {
	const names = ({ shortZh, nameEn, abbr }: Channels['provinces'][number]) => (language === 'zh' ? [shortZh, abbr] : [nameEn, abbr]);
	return [
		...CHANNELS.provinces.map((province) => ({ id: province.code, at: at(province.tile), names: names(province), tile: of(province.code) })),
		...CHANNELS.greyTiles.map(({ nameZh, tile }) => ({ id: nameZh, at: at(tile), names: language === 'zh' ? [nameZh, '—'] : ['Outside', '—'], tile: null })),
		...['甲集团', '乙集团', '丙', '丁', '戊'].map((name) => ({ id: name, at: null, names: [`中国${name}有限公司`, name.slice(0, 2), 'G'], tile: of(name) }))
	];
}
const WORDS: Readonly<Record<'zh' | 'en', TileWords>> = {
	zh: {
		value: ({ part, whole }) => [`按时 ${String(part)}/${String(whole)}`, `${String(Math.round((100 * part) / whole))}%`],
		missing: ({ missing }) => [`缺 ${String(missing)}`]
	},
	en: {
		value: ({ part, whole }) => [`${String(part)} of ${String(whole)}`, `${String(Math.round((100 * part) / whole))}%`],
		missing: ({ missing }) => [`${String(missing)} missing`]
	}
};

function faultsOf(drawing: TileDrawing): readonly string[] {
	const faults: string[] = [];
	const say = (what: string, id: string): number => faults.push(`${what}: ${id}`);
	drawing.tiles.forEach(({ id, x, y, width, height, texts, mark }, index) => {
		if (x < 0 || y < 0 || x + width > drawing.width || y + height > drawing.height) say('outside the drawing', id);
		const boxes = texts.map((text) => boxOf({ ...text, kind: 'n' } satisfies PlacedText));
		boxes.forEach((box, at) => {
			if (box.left < x || box.right > x + width || box.top < y || box.bottom > y + height) say('text outside its square', `${id} ${texts[at]?.text ?? ''}`);
			if (boxes.slice(at + 1).some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom))
				say('text over text', id);
		});
		const name = boxes[0];
		if (mark !== '' && name && name.right > x + width - 9) say('text over the mark', id);
		for (const other of drawing.tiles.slice(index + 1))
			if (x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height)
				say('square over square', `${id} ${other.id}`);
	});
	return faults;
}

describe('channels as squares', () => {
	test('every square of the notice has a place of its own, in both widths and languages', () => {
		expect(places('zh', tileOf).filter((place) => place.at !== null)).toHaveLength(34);
		for (const language of ['zh', 'en'] as const)
			for (const width of DRAWN_WIDTHS)
				expect(
					faultsOf(
						drawTiles(
							places(language, (id) => tileOf(id)),
							width,
							WORDS[language]
						)
					)
				).toEqual([]);
	});

	test('whatever the figures are', () => {
		const random = seeded(14);
		for (let round = 0; round < 15; round += 1) {
			const whole = random(10 ** (1 + random(6)));
			const of = (id: string): ChannelTile =>
				whole === 0
					? tileOf(id, { empty: true, step: null, whole: 0, behind: false })
					: tileOf(id, { whole, part: random(whole), missing: random(whole), step: 1 + random(6) });
			for (const language of ['zh', 'en'] as const)
				for (const width of DRAWN_WIDTHS) expect(faultsOf(drawTiles(places(language, of), width, WORDS[language]))).toEqual([]);
		}
	});

	test('all squares take the same form of their name: whole where there is room, short where one would be cut', () => {
		const namesIn = (width: (typeof DRAWN_WIDTHS)[number], language: 'zh' | 'en') =>
			drawTiles(
				places(language, (id) => tileOf(id)),
				width,
				WORDS[language]
			)
				.tiles.slice(0, 31)
				.map(({ texts }) => texts[0]?.text ?? '');
		expect(namesIn(720, 'zh')).toContain('内蒙古');
		expect(namesIn(340, 'zh').every((name) => /^[A-Z]{2}$/.test(name))).toBe(true);
		expect(namesIn(720, 'en').every((name) => /^[A-Z]{2}$/.test(name))).toBe(true);
	});

	test('grey is no shade and has no figure; nothing expected is a shade of its own; light text on the two darkest', () => {
		const drawing = drawTiles(
			places('zh', (id) => (id === '110000' ? tileOf(id, { empty: true, step: null, missing: 0, behind: false }) : tileOf(id, { step: 4, behind: false }))),
			720,
			WORDS.zh
		);
		const [empty, usual, grey] = ['110000', '120000', '台湾'].map((id) => drawing.tiles.find((tile) => tile.id === id));
		expect([empty?.step, empty?.texts.length, empty?.mark]).toEqual([0, 1, '']);
		expect([usual?.step, usual?.lightText, usual?.texts.map(({ kind }) => kind)]).toEqual([4, false, ['name', 'value', 'missing']]);
		expect([grey?.step, grey?.texts.length]).toEqual([null, 1]);
		expect(
			drawTiles(
				places('zh', (id) => tileOf(id, { step: 5 })),
				340,
				WORDS.zh
			).tiles[0]
		).toMatchObject({ lightText: true });
	});

	test('the Corps and the groups stand below and not in the grid; without them there is no strip', () => {
		const drawing = drawTiles(
			places('zh', (id) => tileOf(id)),
			720,
			WORDS.zh
		);
		const corps = drawing.tiles.find(({ id }) => id === '660000');
		expect(corps?.y).toBe(drawing.stripTop);
		expect(
			drawTiles(
				places('zh', (id) => tileOf(id)).filter((place) => place.at !== null),
				720,
				WORDS.zh
			)
		).toMatchObject({ stripTop: null });
	});

	test('the fault finder finds faults', () => {
		const drawing = drawTiles(
			places('zh', (id) => tileOf(id)),
			340,
			WORDS.zh
		);
		const [first, second] = drawing.tiles;
		if (!first || !second) throw new Error('two squares');
		expect(faultsOf({ ...drawing, tiles: [first, { ...first, id: 'again' }] })).toContain(`square over square: ${first.id} again`);
		expect(faultsOf({ ...drawing, tiles: [{ ...first, texts: first.texts.map((text) => ({ ...text, text: '一个太长的名字' })) }] }).length).toBeGreaterThan(0);
	});
});
