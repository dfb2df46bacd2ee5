/** A place in a drawing, to the tenth: more digits weigh and show nothing. No figure; those are written by words/format.ts alone. */
export const coordinate = (value: number): number => Math.round(value * 10) / 10;
