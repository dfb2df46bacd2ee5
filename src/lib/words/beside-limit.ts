/** A figure beside its limit shows enough digits to stand on its side of it: 4.9822 % is not "5.0 %", and 4,999.60 is not "5,000". */
import { compare, isZero, round, type Decimal } from '#lib/domain/decimal.ts';

/** The places a figure is shown with beside a limit: the usual ones, or as many more as keep it below the limit, or at it and above. Both as they are shown. */
export function placesBeside(shown: Decimal, limit: Decimal | null, usual: number): number {
	if (limit === null) return usual;
	const reaches = compare(shown, limit) >= 0;
	let places = usual;
	while (places < shown.scale && compare(round(shown, places), limit) >= 0 !== reaches) places += 1;
	return places;
}

/** The places with which a difference is not shown as nothing, `usual` at least: 0.0007 points short are not 0. */
export function placesOfRoom(shown: Decimal, usual: number): number {
	if (isZero(shown)) return usual;
	let places = usual;
	while (places < shown.scale && isZero(round(shown, places))) places += 1;
	return places;
}
