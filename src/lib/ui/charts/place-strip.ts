/** Where one figure stands among others: quartile band with its median, or the others one by one, and the figure itself. Pure: values in, places out. */

export interface StripInput {
	/** Decimal text. */
	readonly own: string | null;
	readonly quartiles: { readonly lower: string; readonly median: string; readonly upper: string } | null;
	/** Of fewer than five enterprises, for whoever sees them whole. */
	readonly dots?: readonly string[];
	readonly limit?: string | null;
}

export interface StripDrawing {
	readonly own: number | null;
	readonly band: { readonly x: number; readonly width: number } | null;
	readonly median: number | null;
	readonly dots: readonly number[];
	readonly limit: number | null;
}

export const STRIP = { width: 120, height: 16, inset: 6 } as const;

/** Null where there is nothing to stand among. */
export function drawStrip({ own, quartiles, dots = [], limit = null }: StripInput): StripDrawing | null {
	if (quartiles === null && dots.length === 0) return null;
	const all = [own, limit, ...dots, ...(quartiles === null ? [] : [quartiles.lower, quartiles.median, quartiles.upper])].flatMap((text) =>
		text === null ? [] : [Number(text)]
	);
	const [low, high] = [Math.min(...all), Math.max(...all)];
	const room = STRIP.width - 2 * STRIP.inset;
	const place = (text: string): number => Math.round((high === low ? STRIP.width / 2 : STRIP.inset + ((Number(text) - low) / (high - low)) * room) * 10) / 10;
	const band = quartiles === null ? null : { from: place(quartiles.lower), to: place(quartiles.upper) };
	return {
		own: own === null ? null : place(own),
		// All alike: a band of no width would not be seen.
		band: band === null ? null : { x: Math.min(band.from, STRIP.width - 2), width: Math.max(2, Math.round((band.to - band.from) * 10) / 10) },
		median: quartiles === null ? null : place(quartiles.median),
		dots: dots.map(place),
		limit: limit === null ? null : place(limit)
	};
}
