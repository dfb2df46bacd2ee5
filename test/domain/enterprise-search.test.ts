import { expect, test } from 'vitest';
import { findsEnterprise, readSearch } from '#lib/domain/enterprise-search.ts';

const ENTERPRISE = { name: '示例ＡＢc（江苏）软件有限公司', creditCode: '91320000MA1X2Y3Z4Q' };

test.each([
	['', true],
	['示例', true],
	['abC', true],
	['ＡＢＣ(江苏)', true],
	['（江苏）', true],
	['示例软件', false],
	['ma1x2y', true],
	['ＭＡ１Ｘ', true],
	['91320000 MA1X 2Y3Z 4Q', true],
	['91320000-MA1X2Y3Z4Q', true],
	["'91320000MA1X2Y3Z4Q", true],
	['“MA1X2Y3Z4Q”', true],
	['MA1X\u200b2Y3Z', true],
	['\ufeff91320000MA1X\u00a02Y3Z4Q\t', true],
	['示例\u3000ABc 软件', false],
	['示例 ABc（江苏） 软件', true],
	['示例\nABc', true],
	['%', false],
	['_', false]
])('%j finds it: %s', (typed, found) => {
	expect(findsEnterprise(typed, ENTERPRISE)).toBe(found);
});

test('where names alone are searched, a code finds nothing', () => {
	expect(findsEnterprise('MA1X', { ...ENTERPRISE, creditCode: null })).toBe(false);
	expect(findsEnterprise('江苏', { ...ENTERPRISE, creditCode: null })).toBe(true);
});

test('a name it had finds it, and no end of one name with the beginning of another', () => {
	const renamed = { ...ENTERPRISE, formerNames: ['合成装备有限公司', '旧名软件'] };
	expect(['合成装备', '旧 名', '装备有限公司旧名', '江苏软件'].map((typed) => findsEnterprise(typed, renamed))).toEqual([true, true, false, false]);
});

test.each([
	['合成装备 2025', '合成装备', 2025],
	['合成装备2025年报告', '合成装备', 2025],
	['合成装备 ２０２５年度报告', '合成装备', 2025],
	['2025', '', 2025],
	['合成装备', '合成装备', null],
	['合成装备 1999', '合成装备 1999', null],
	// A credit code may end like a year.
	['91990000000002025', '91990000000002025', null],
	['MA1X2025', 'MA1X2025', null]
])('%s asks for %s of %s', (typed, name, year) => {
	expect(readSearch(typed)).toEqual({ name, year });
});
