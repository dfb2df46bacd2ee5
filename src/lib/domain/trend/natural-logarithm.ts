/** The natural logarithm in whole numbers: the same digits on every machine and in every engine (非方案规定: outliers of amounts are looked for by factors). */
import { compare, round, ZERO, type Decimal } from '#lib/domain/decimal.ts';

const PLACES = 12;
/** Places computed with: thirteen more than are kept, so that the error of the series never reaches them. */
const WORKING = 25n;
const ONE = 10n ** WORKING;

/** ln of a figure above zero, to twelve places, half away from zero; null for any other (非方案规定). */
export function naturalLogarithm(value: Decimal): Decimal | null {
	if (compare(value, ZERO) <= 0) return null;
	let mantissa = (value.units * ONE) / 10n ** BigInt(value.scale);
	// Whatever is too small for the working places is read as a fraction of a power of ten first.
	let tens = 0n;
	while (mantissa < ONE) {
		tens -= 1n;
		mantissa = (value.units * ONE * 10n ** -tens) / 10n ** BigInt(value.scale);
	}
	let twos = 0n;
	while (mantissa >= (3n * ONE) / 2n) {
		mantissa /= 2n;
		twos += 1n;
	}
	return round({ units: seriesOf(mantissa) + twos * LN_2 + tens * LN_10, scale: Number(WORKING) }, PLACES);
}

/** 2 artanh((m − 1) ÷ (m + 1)) for m between 0.75 and 1.5: each term is a twenty-fifth of the one before or less. */
function seriesOf(mantissa: bigint): bigint {
	const ratio = ((mantissa - ONE) * ONE) / (mantissa + ONE);
	const squared = (ratio * ratio) / ONE;
	let sum = 0n;
	let power = ratio;
	for (let odd = 1n; power !== 0n; odd += 2n) {
		sum += power / odd;
		power = (power * squared) / ONE;
	}
	return 2n * sum;
}

const LN_2 = seriesOf(2n * ONE);
/** Ten is eight times five quarters. */
const LN_10 = 3n * LN_2 + seriesOf((5n * ONE) / 4n);
