/** A figure beside its limit shows enough digits to stand on its side of it: 4.9822 % is not "5.0 %", and 4,999.60 is not "5,000". */
import { compare, isZero, parseDecimal, round, shift } from '#lib/domain/decimal.ts';

/**
 * The places a figure is shown with beside a limit: the usual ones, or as many more as keep it below the limit, or at it and above.
 *
 * @param percent a rate 0–1 that is shown in per cent: the places are those of the percentage
 */
export function placesBeside(value: string, limit: string | null, usual: number, percent = false): number {
	const [read, edge] = [parseDecimal(value), limit === null ? null : parseDecimal(limit)];
	if (read === null || edge === null) return usual;
	const [shown, at] = percent ? [shift(read, 2), shift(edge, 2)] : [read, edge];
	const reaches = compare(shown, at) >= 0;
	let places = usual;
	while (places < shown.scale && compare(round(shown, places), at) >= 0 !== reaches) places += 1;
	return places;
}

/** The places with which a difference is not shown as nothing, `usual` at least: 0.0007 points short are not 0. */
export function placesOfRoom(size: string, usual: number, percent = false): number {
	const read = parseDecimal(size);
	if (read === null || isZero(read)) return usual;
	const shown = percent ? shift(read, 2) : read;
	let places = usual;
	while (places < shown.scale && isZero(round(shown, places))) places += 1;
	return places;
}
