/** An exact decimal: `units` × 10^-`scale`. Amounts never pass through a binary float, so 0.1 + 0.2 is 0.3. */
export interface Decimal {
	readonly units: bigint;
	readonly scale: number;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };

const CANONICAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Reads decimal text as the database and `decimalText` write it ('1234.50', '-3'); anything else is null. Typed text goes through number-reading.ts. */
export function parseDecimal(text: string): Decimal | null {
	const match = CANONICAL.exec(text);
	if (!match) return null;
	const fraction = match[3] ?? '';
	const units = BigInt(`${match[2] ?? '0'}${fraction}`);
	return { units: match[1] === '-' ? -units : units, scale: fraction.length };
}

/** Same as parseDecimal for text known to be canonical: a figure already read. Throws on anything else, because that is a bug. */
export function decimal(text: string): Decimal {
	const value = parseDecimal(text);
	if (!value) throw new RangeError('not canonical decimal text');
	return value;
}

/** The shortest text: no trailing zeros, no '-0'. Two equal decimals have the same text. */
export function decimalText(value: Decimal): string {
	let { units, scale } = value;
	while (scale > 0 && units % 10n === 0n) {
		units /= 10n;
		scale -= 1;
	}
	return fixedText({ units, scale }, scale);
}

/** Text with exactly `scale` places; rounds half up (away from zero) when there are more. */
export function fixedText(value: Decimal, scale: number): string {
	const { units } = round(value, scale);
	const sign = units < 0n ? '-' : '';
	const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
	return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function add(a: Decimal, b: Decimal): Decimal {
	const scale = Math.max(a.scale, b.scale);
	return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
	return add(a, negate(b));
}

export function multiply(a: Decimal, b: Decimal): Decimal {
	return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function negate(value: Decimal): Decimal {
	return { units: -value.units, scale: value.scale };
}

export function absolute(value: Decimal): Decimal {
	return value.units < 0n ? negate(value) : value;
}

/** -1, 0 or 1; '1.50' equals '1.5'. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
	const scale = Math.max(a.scale, b.scale);
	const left = unitsAt(a, scale);
	const right = unitsAt(b, scale);
	return left < right ? -1 : left > right ? 1 : 0;
}

export function isZero(value: Decimal): boolean {
	return value.units === 0n;
}

/** The quotient with `scale` places, half up (away from zero); null when dividing by zero. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal | null {
	if (b.units === 0n) return null;
	const numerator = a.units * 10n ** BigInt(b.scale + scale);
	const denominator = b.units * 10n ** BigInt(a.scale);
	return { units: divideHalfUp(numerator, denominator), scale };
}

/** At most `scale` places, half up (away from zero); fewer places are padded, never changed. */
export function round(value: Decimal, scale: number): Decimal {
	if (value.scale <= scale) return { units: unitsAt(value, scale), scale };
	return { units: divideHalfUp(value.units, 10n ** BigInt(value.scale - scale)), scale };
}

/** Shifts the decimal point: `shift(x, 4)` is x × 10 000, `shift(x, -4)` is x ÷ 10 000, both exact. */
export function shift(value: Decimal, places: number): Decimal {
	const scale = value.scale - places;
	return scale >= 0 ? { units: value.units, scale } : { units: value.units * 10n ** BigInt(-scale), scale: 0 };
}

/** For people: thousands separators and a real minus (U+2212). `scale` fixes the places, otherwise as many as there are. */
export function formatDecimal(value: Decimal, scale?: number): string {
	const text = scale === undefined ? decimalText(value) : fixedText(value, scale);
	const [whole = '0', fraction] = text.replace('-', '').split('.');
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	const sign = text.startsWith('-') ? '−' : '';
	return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

function unitsAt(value: Decimal, scale: number): bigint {
	return value.units * 10n ** BigInt(scale - value.scale);
}

function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
	const negative = numerator < 0n !== denominator < 0n;
	const top = numerator < 0n ? -numerator : numerator;
	const bottom = denominator < 0n ? -denominator : denominator;
	const rounded = (top * 2n + bottom) / (bottom * 2n);
	return negative ? -rounded : rounded;
}
