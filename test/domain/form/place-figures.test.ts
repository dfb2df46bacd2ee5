import { describe, expect, test } from 'vitest';
import { readPastedBlock } from '#lib/domain/form/paste-block.ts';
import { placeFigures, type FigureTable } from '#lib/domain/form/place-figures.ts';

/** 附件 2: figures come from the books, with labels, units and heads around them. */
const TABLE: FigureTable = {
	years: [2025, 2026],
	rows: [
		{ names: ['资产总额', 'Total assets'], unit: '万元', keys: ['total_assets@final', 'total_assets@forecast'] },
		{ names: ['负债总额'], unit: '万元', keys: ['total_liabilities@final', 'total_liabilities@forecast'] },
		{ names: ['营业收入', 'Revenue'], unit: '万元', keys: ['revenue@final', 'revenue@forecast'] },
		{ names: ['资产负债率'], unit: '', keys: [null, null] },
		{ names: ['职工人数'], unit: '人', keys: ['employees@final', 'employees@forecast'] }
	]
};
const lay = (text: string, start = { row: 0, column: 0 }) => {
	const block = readPastedBlock(text);
	if (!block.ok) throw new Error(block.code);
	const laid = placeFigures(block.grid, TABLE, start);
	return laid.ok ? { ...laid, placed: Object.fromEntries(laid.placed.map(({ key, typed }) => [key, typed])) } : laid;
};

describe('a block of figures alone goes from the focused box on', () => {
	test('as before, also with amounts as accounts write them', () => {
		expect(lay('1\t2\n(149,163.94)\t-', { row: 1, column: 0 })).toEqual({
			ok: true,
			recognised: 0,
			outside: 0,
			placed: { 'total_liabilities@final': '1', 'total_liabilities@forecast': '2', 'revenue@final': '(149,163.94)', 'revenue@forecast': '-' }
		});
	});
});

describe('labels, units and heads are understood', () => {
	test('labels say the row, whatever box has the focus and in whatever order they come', () => {
		const placed = { 'revenue@final': '300', 'revenue@forecast': '330', 'total_assets@final': '100', 'total_assets@forecast': '110' };
		expect(lay('营业收入\t300\t330\n资产总额\t100\t110', { row: 4, column: 1 })).toEqual({ ok: true, recognised: 2, outside: 0, placed });
		expect(lay('Revenue\t300\t330\nTotal assets\t100\t110')).toMatchObject({ placed });
	});
	test.each(['1. 营业收入（万元）\t5', '三、营业收入：\t5', ' 营 业 收 入 [万元]\t5', '其中：营业收入\t5'])('%j is the same label', (text) => {
		expect(lay(`${text}\t6`)).toMatchObject({ placed: { 'revenue@final': '5', 'revenue@forecast': '6' } });
	});
	test('a column of units is none of figures; another unit is written behind the figure, and offered as what it means', () => {
		expect(lay('资产总额\t万元\t100\t110\n营业收入\t元\t3000000\t3300000\n职工人数\t人\t12\t13')).toMatchObject({
			outside: 0,
			placed: { 'total_assets@final': '100', 'revenue@final': '3000000元', 'revenue@forecast': '3300000元', 'employees@final': '12' }
		});
		expect(lay('（万元）\t100\t110')).toMatchObject({ placed: { 'total_assets@final': '100', 'total_assets@forecast': '110' } });
	});
	test('heads say the column: years in another order, and years that are not asked', () => {
		expect(lay('指标\t2026年预计\t2025年实际\n营业收入\t330\t300')).toMatchObject({
			outside: 0,
			placed: { 'revenue@final': '300', 'revenue@forecast': '330' }
		});
		expect(lay('\t2023\t2024\t2025\n营业收入\t1\t2\t3')).toMatchObject({ outside: 2, placed: { 'revenue@final': '3' } });
		expect(lay('指标\t单位\t上年\t本年\n营业收入\t万元\t3\t4')).toMatchObject({ placed: { 'revenue@final': '3', 'revenue@forecast': '4' } });
		expect(lay('单位：万元\n2025\t2026\n1\t2', { row: 2, column: 0 })).toMatchObject({ placed: { 'revenue@final': '1', 'revenue@forecast': '2' } });
	});
	test('last year’s forecast is neither last year nor this one', () => {
		expect(lay('指标\t2025年预计\t2025年实际\n营业收入\t9\t3')).toMatchObject({ outside: 1, placed: { 'revenue@final': '3' } });
	});
	test('a computed row takes nothing, and one column of figures goes to the focused one', () => {
		expect(lay('资产负债率\t50%\t51%\n营业收入\t3\t4')).toMatchObject({ outside: 2, placed: { 'revenue@final': '3', 'revenue@forecast': '4' } });
		expect(lay('营业收入\t4\n资产总额\t1', { row: 0, column: 1 })).toMatchObject({ placed: { 'revenue@forecast': '4', 'total_assets@forecast': '1' } });
	});
});

describe('or the block is refused with what it saw, and nothing is put in', () => {
	test.each([
		['营业收入\t1\n营业外收入\t2', ['营业外收入']],
		['资产总额\t一百\t110', ['一百']],
		['张三\t13800000000\n李四\t13900000000', ['张三', '李四']],
		['1\t2\n备注\t见附件', ['备注', '见附件']]
	])('%j', (text, saw) => {
		expect(lay(text)).toEqual({ ok: false, code: 'not_understood', saw });
	});
});
