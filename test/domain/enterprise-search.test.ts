import { expect, test } from 'vitest';
import { findsEnterprise } from '#lib/domain/enterprise-search.ts';

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
	['%', false],
	['_', false]
])('%j finds it: %s', (typed, found) => {
	expect(findsEnterprise(typed, ENTERPRISE)).toBe(found);
});

test('where names alone are searched, a code finds nothing', () => {
	expect(findsEnterprise('MA1X', { ...ENTERPRISE, creditCode: null })).toBe(false);
	expect(findsEnterprise('江苏', { ...ENTERPRISE, creditCode: null })).toBe(true);
});
