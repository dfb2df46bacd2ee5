import { fixedText, parseDecimal, shift } from '#lib/domain/decimal.ts';

/** The upright axis of a small drawing: round steps, and whether it begins at zero. */

export interface ValueScale {
	readonly from: number;
	readonly to: number;
	readonly ticks: readonly number[];
	/** Lines may begin elsewhere than at zero; then the drawing says so. */
	readonly fromZero: boolean;
}

/** A scale of three to six round steps around all values; of equal ones a step to either side. */
export function valueScale(values: readonly number[]): ValueScale {
	const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
	const flat = low === high;
	const spread = flat ? Math.max(Math.abs(low) * 0.2, Number.MIN_VALUE) : high - low;
	// Values that lie near zero, seen from their spread, begin at zero.
	const begin = low >= 0 && low <= spread * 1.5 ? 0 : flat ? low - spread : low;
	const end = high <= 0 && -high <= spread * 1.5 ? 0 : flat ? high + spread : high;
	const step = roundStep((end - begin) / 4 || 1);
	const [first, last] = [Math.floor(begin / step + 1e-9), Math.ceil(end / step - 1e-9)];
	const ticks = Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) => clean((first + index) * step));
	const [from, to] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
	return { from, to, ticks, fromZero: from <= 0 && to >= 0 };
}

/** Decimal text of a step, as the formatters read it: never 1e-7. */
export function tickText(tick: number): string {
	if (Number.isInteger(tick)) return String(tick);
	const whole = parseDecimal(String(Math.round(tick * 1e9)));
	return whole === null ? '' : fixedText(shift(whole, -9), 9).replace(/0+$/, '');
}

function roundStep(least: number): number {
	const power = 10 ** Math.floor(Math.log10(least));
	const share = least / power;
	return clean((share <= 1 ? 1 : share <= 2 ? 2 : share <= 2.5 ? 2.5 : share <= 5 ? 5 : 10) * power);
}

/** 0.30000000000000004 is 0.3. */
function clean(value: number): number {
	if (value === 0 || Math.abs(value) >= 1e11) return Math.round(value);
	const power = 10 ** (11 - Math.floor(Math.log10(Math.abs(value))));
	return Math.round(value * power) / power;
}
