import { describe, expect, it } from 'vitest';
import { hasConsistentOrganisationCode, isCreditCode, isRegisterCode, readCreditCode, syntheticCreditCode } from '#lib/domain/credit-code.ts';

/** The worked example printed in GB 32100-2015. */
const EXAMPLE = '91350100M000100Y43';

describe('统一社会信用代码 (GB 32100-2015)', () => {
	it('accepts the standard’s own example', () => {
		expect(readCreditCode(EXAMPLE)).toEqual({ ok: true, creditCode: EXAMPLE, normalised: false });
		expect(isCreditCode(EXAMPLE)).toBe(true);
	});
	it.each(['９１３５０１００Ｍ０００１００Ｙ４３', '91350100m000100y43', ' 9135 0100 M000 100Y43\u200b', '91350100-M000100Y-43', "'91350100M000100Y43"])(
		'normalises %j and says so',
		(given) => {
			expect(readCreditCode(given)).toEqual({ ok: true, creditCode: EXAMPLE, normalised: true });
			expect(isCreditCode(given)).toBe(false);
		}
	);
	it('finds every single mistyped character', () => {
		const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
		for (let index = 0; index < 18; index++) {
			for (const character of alphabet) {
				if (character === EXAMPLE[index]) continue;
				expect(readCreditCode(EXAMPLE.slice(0, index) + character + EXAMPLE.slice(index + 1))).toMatchObject({ ok: false, problem: { code: 'check' } });
			}
		}
	});
	it('finds neighbours exchanged', () => {
		for (let index = 0; index < 17; index++) {
			const swapped = EXAMPLE.slice(0, index) + EXAMPLE[index + 1] + EXAMPLE[index] + EXAMPLE.slice(index + 2);
			if (swapped !== EXAMPLE) expect(readCreditCode(swapped).ok).toBe(false);
		}
	});
	it.each([
		['', { code: 'missing' }],
		['　 \u0000', { code: 'missing' }],
		['9.11E+17', { code: 'excel_scientific' }],
		['9.1350100e+17', { code: 'excel_scientific' }],
		['９.１１Ｅ+１７', { code: 'excel_scientific' }],
		['913501001234567000', { code: 'excel_rounded' }],
		[EXAMPLE.slice(1), { code: 'length', length: 17 }],
		[`${EXAMPLE}0`, { code: 'length', length: 19 }],
		['9135O100M000100Y43', { code: 'alphabet', position: 5, character: 'O' }],
		['91350100M000100Y4中', { code: 'alphabet', position: 18, character: '中' }],
		['x'.repeat(100_000), { code: 'length', length: 100_000 }]
	])('refuses %.30j', (given, problem) => {
		expect(readCreditCode(given)).toEqual({ ok: false, problem });
	});
});

it('the register may hold a code that fits but for its check character, and no other that does not fit', () => {
	const misfit = `${EXAMPLE.slice(0, 17)}4`;
	expect([EXAMPLE, misfit, misfit.toLowerCase(), EXAMPLE.slice(1), '913501001234567000'].map(isRegisterCode)).toEqual([true, true, false, false, false]);
});

describe('synthetic codes', () => {
	it('are valid, all different, the same for the same seed, and of no real division', () => {
		const codes = Array.from({ length: 5_000 }, (_, seed) => syntheticCreditCode(seed));
		expect(new Set(codes).size).toBe(5_000);
		for (const code of codes) {
			expect(isCreditCode(code)).toBe(true);
			expect(hasConsistentOrganisationCode(code)).toBe(true);
			expect(code.slice(2, 8)).toBe('990000');
		}
		expect(syntheticCreditCode(7)).toBe(codes[7]);
		expect(() => syntheticCreditCode(-1)).toThrow(RangeError);
	});
});
