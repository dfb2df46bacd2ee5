import { describe, expect, test } from 'vitest';
import { PASTE_MAX_CELLS, placeBlock, readPastedBlock } from '#lib/domain/form/paste-block.ts';

describe('reading what Excel and WPS put on the clipboard', () => {
	test.each([
		[
			'1\t2\r\n3\t4\r\n',
			[
				['1', '2'],
				['3', '4']
			]
		],
		[
			'1\t2\n3\t4',
			[
				['1', '2'],
				['3', '4']
			]
		],
		[
			'1\t2\r3\t4\r',
			[
				['1', '2'],
				['3', '4']
			]
		],
		['7', [['7']]],
		['\t2', [['', '2']]],
		['1\t', [['1', '']]],
		['1\n\n2', [['1'], [''], ['2']]],
		['"a\tb"\tc', [['a\tb', 'c']]],
		['"a\r\nb"\tc\r\n', [['a\nb', 'c']]],
		['"say ""hi"""\tx', [['say "hi"', 'x']]],
		['5" pipe\tx', [['5" pipe', 'x']]],
		['""\tx', [['', 'x']]],
		['"1,234.5"\t"６"', [['1,234.5', '６']]],
		['\ufeff1\t2', [['1', '2']]]
	])('%j', (text, grid) => {
		expect(readPastedBlock(text)).toEqual({ ok: true, grid });
	});

	test.each([
		['', 'paste_empty'],
		['\r\n', 'paste_empty'],
		['1\u00002', 'nul'],
		['"open\t2', 'quote_not_closed'],
		['\t'.repeat(PASTE_MAX_CELLS), 'paste_too_large'],
		['x'.repeat(1_000_000), 'paste_too_large']
	])('%j is refused: %s', (text, code) => {
		expect(readPastedBlock(text)).toEqual({ ok: false, code });
	});
});

describe('laying a block over the table', () => {
	const boxes = [
		[null, 'employees@final', 'employees@forecast'],
		[null, 'revenue@final', 'revenue@forecast']
	];

	test('from the focused box to the right and down', () => {
		expect(
			placeBlock(
				[
					['1', '2'],
					['3', '4']
				],
				boxes,
				{ row: 0, column: 1 }
			)
		).toEqual({
			placed: [
				{ key: 'employees@final', typed: '1' },
				{ key: 'employees@forecast', typed: '2' },
				{ key: 'revenue@final', typed: '3' },
				{ key: 'revenue@forecast', typed: '4' }
			],
			outside: 0
		});
	});

	test('empty cells change nothing; cells over shown columns or the edge are counted', () => {
		expect(
			placeBlock(
				[
					['9', '', '2', '3'],
					['', '4']
				],
				boxes,
				{ row: 0, column: 0 }
			)
		).toEqual({
			placed: [
				{ key: 'employees@forecast', typed: '2' },
				{ key: 'revenue@final', typed: '4' }
			],
			outside: 2
		});
	});
});
