/**
 * A second implementation of every statistic, written from the definitions and in another style than the rules: fractions of whole numbers, ranks
 * counted by hand. Tests hold both against each other.
 */

/** A fraction in lowest terms, its denominator above zero. */
export interface Fraction {
	readonly top: bigint;
	readonly bottom: bigint;
}

export function fraction(top: bigint, bottom = 1n): Fraction {
	const sign = bottom < 0n ? -1n : 1n;
	let [a, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
	while (b !== 0n) [a, b] = [b, a % b];
	const divisor = a === 0n ? 1n : a;
	return { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor };
}

/** Reads decimal text digit by digit. */
export function read(text: string): Fraction {
	const negative = text.startsWith('-');
	let top = 0n;
	let bottom = 1n;
	let afterPoint = false;
	for (const letter of text) {
		if (letter === '.') afterPoint = true;
		else if (letter !== '-') {
			top = top * 10n + BigInt(letter);
			if (afterPoint) bottom *= 10n;
		}
	}
	return fraction(negative ? -top : top, bottom);
}

export const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, fraction(-b.top, b.bottom));
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.top, a.bottom * b.bottom);
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.bottom, a.bottom * b.top);
export const less = (a: Fraction, b: Fraction): boolean => a.top * b.bottom < b.top * a.bottom;
export const size = (a: Fraction): Fraction => fraction(a.top < 0n ? -a.top : a.top, a.bottom);
export const sum = (all: readonly Fraction[]): Fraction => all.reduce(plus, fraction(0n));

/** The value of a rank, found by counting how many are smaller and not by sorting. */
function ofRank(values: readonly Fraction[], rank: number): Fraction {
	const found = values.find((value) => {
		const smaller = values.filter((other) => less(other, value)).length;
		const equal = values.filter((other) => !less(other, value) && !less(value, other)).length;
		return smaller < rank && rank <= smaller + equal;
	});
	if (found === undefined) throw new RangeError(`no value of rank ${rank}`);
	return found;
}

/** Linear interpolation at 1 + p(n − 1), p in hundredths. */
export function quantile(values: readonly Fraction[], hundredths: number): Fraction {
	const place = plus(fraction(1n), fraction(BigInt(hundredths) * BigInt(values.length - 1), 100n));
	const whole = Number(place.top / place.bottom);
	const rest = minus(place, fraction(BigInt(whole)));
	const low = ofRank(values, whole);
	return rest.top === 0n ? low : plus(low, times(rest, minus(ofRank(values, whole + 1), low)));
}

/** Decimal text with so many places, half away from zero, without trailing zeros. */
export function text(value: Fraction, places: number): string {
	const { top, bottom } = size(value);
	const scaled = top * 10n ** BigInt(places);
	let whole = scaled / bottom;
	if (2n * (scaled % bottom) >= bottom) whole += 1n;
	const digits = whole.toString().padStart(places + 1, '0');
	const head = digits.slice(0, digits.length - places);
	const tail = digits.slice(digits.length - places).replace(/0+$/, '');
	const said = tail === '' ? head : `${head}.${tail}`;
	return value.top < 0n && whole !== 0n ? `-${said}` : said;
}

/** Numbers out of a seed, the same ones in every run. */
export function seeded(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

/** Decimal text of at most two places, now and then negative, zero or equal to another. */
export function amount(random: (below: number) => number, negative = true): string {
	const kind = random(8);
	if (kind === 0) return '0';
	if (kind === 1) return '100';
	const whole = random(kind === 2 ? 10_000_000 : 2_000);
	return `${negative && kind === 3 ? '-' : ''}${whole}.${String(random(100)).padStart(2, '0')}`;
}
