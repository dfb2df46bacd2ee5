/**
 * The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, the last a check character modulo 31. What people paste is
 * normalised (full width, lower case, spaces) and what is wrong is said by code.
 */

declare const creditCodeBrand: unique symbol;

/** 18 characters of the standard in upper case. Its check character is right, or somebody has confirmed the code with a reason. */
export type CreditCode = string & { readonly [creditCodeBrand]: true };

export type CreditCodeProblem =
	| { readonly code: 'missing' }
	/** A spreadsheet turned it into a number, such as 9.11E+17: the digits are lost, it must be typed again as text. */
	| { readonly code: 'excel_scientific' }
	/** A spreadsheet rounded it to 15 digits, so that it ends in zeros. */
	| { readonly code: 'excel_rounded' }
	| { readonly code: 'length'; readonly length: number }
	/** A character the standard does not use (I, O, S, V, Z among them); `position` counts from 1. */
	| { readonly code: 'alphabet'; readonly position: number; readonly character: string }
	/** The check character does not fit: one of the eighteen is mistyped, or an old code was given out that way. `given` is the code as it stands. */
	| { readonly code: 'check'; readonly given: CreditCode };

export type CreditCodeReading =
	| { readonly ok: true; readonly creditCode: CreditCode; /** The text differed from the code: said to the person. */ readonly normalised: boolean }
	| { readonly ok: false; readonly problem: CreditCodeProblem };

/** The standard's alphabet in order of value; no I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Powers of 3 modulo 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
/** GB 11714, for the organisation code in positions 9–17. */
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Reads a credit code as typed or pasted. */
export function readCreditCode(given: string): CreditCodeReading {
	const text = given
		.normalize('NFKC')
		.replace(/[\s\p{Cf}\p{Cc}'’`]/gu, '')
		.toUpperCase();
	if (text === '') return problem({ code: 'missing' });
	if (/^\d(\.\d+)?E\+?\d+$/.test(text)) return problem({ code: 'excel_scientific' });
	const compact = text.replace(/[-‐‑–—]/g, '');
	const characters = [...compact];
	if (characters.length !== 18) return problem({ code: 'length', length: characters.length });
	const strange = characters.findIndex((character) => !ALPHABET.includes(character));
	if (strange >= 0) return problem({ code: 'alphabet', position: strange + 1, character: characters[strange] ?? '' });
	if (checkCharacter(compact.slice(0, 17)) !== compact[17])
		return problem(/^\d{15}000$/.test(compact) ? { code: 'excel_rounded' } : { code: 'check', given: compact as CreditCode });
	return { ok: true, creditCode: compact as CreditCode, normalised: compact !== given };
}

export function isCreditCode(text: string): text is CreditCode {
	const reading = readCreditCode(text);
	return reading.ok && !reading.normalised;
}

/** A code as the register can hold one: right, or right but for its check character, which somebody has confirmed there. */
export function isRegisterCode(text: string): boolean {
	const reading = readCreditCode(text);
	return reading.ok ? !reading.normalised : reading.problem.code === 'check' && reading.problem.given === text;
}

/**
 * Whether positions 9–17 are an organisation code with a right check character of its own (GB 11714). Not every registration
 * authority is known to have kept to it, so it is never a reason to refuse a code, only to look twice.
 */
export function hasConsistentOrganisationCode(creditCode: CreditCode): boolean {
	return organisationCheck(creditCode.slice(8, 16)) === creditCode[16];
}

/**
 * A valid code for demonstration data, different for every seed 0 … 99,999,999. Its administrative division, 990000, does not exist, so
 * it is nobody's.
 */
export function syntheticCreditCode(seed: number): CreditCode {
	if (!Number.isInteger(seed) || seed < 0 || seed > 99_999_999) throw new RangeError(`seed out of range: ${seed}`);
	// The factor is coprime to 10^8: different seeds stay different, and neighbours do not look alike.
	const organisation = String(Number((BigInt(seed) * 48_271_337n + 10_000_019n) % 100_000_000n)).padStart(8, '0');
	const body = `91990000${organisation}${organisationCheck(organisation)}`;
	return `${body}${checkCharacter(body)}` as CreditCode;
}

function checkCharacter(body: string): string {
	let sum = 0;
	for (const [index, weight] of WEIGHTS.entries()) sum += ALPHABET.indexOf(body.charAt(index)) * weight;
	return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

function organisationCheck(body: string): string {
	let sum = 0;
	for (const [index, weight] of ORGANISATION_WEIGHTS.entries()) sum += ORGANISATION_ALPHABET.indexOf(body.charAt(index)) * weight;
	const value = 11 - (sum % 11);
	return value === 10 ? 'X' : value === 11 ? '0' : String(value);
}

function problem(found: CreditCodeProblem): CreditCodeReading {
	return { ok: false, problem: found };
}
