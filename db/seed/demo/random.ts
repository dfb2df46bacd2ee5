/** Chance that repeats itself: the same key gives the same numbers, whatever was drawn elsewhere before. */
export interface Chance {
	/** 0 ≤ x < 1. */
	readonly next: () => number;
	/** A whole number from `least` to `most`, both included. */
	readonly whole: (least: number, most: number) => number;
	/** A number from `least` up to `most`. */
	readonly between: (least: number, most: number) => number;
	/** True with the given probability. */
	readonly odds: (probability: number) => boolean;
	readonly pick: <T>(list: readonly T[]) => T;
	/** The list in another order. */
	readonly shuffled: <T>(list: readonly T[]) => T[];
}

/** Changing it changes every name and figure of the demonstration. */
export const DEMONSTRATION_SEED = 'demonstration-2026-1';

/** Numbers for one purpose, named by `key`. */
export function chanceOf(key: string): Chance {
	let state = hashOf(`${DEMONSTRATION_SEED}/${key}`);
	const next = () => {
		// mulberry32: 32-bit integer arithmetic only, so every platform draws the same.
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
	const pick = <T>(list: readonly T[]): T => {
		const found = list[whole(0, list.length - 1)];
		if (found === undefined) throw new RangeError('nothing to pick from');
		return found;
	};
	return {
		next,
		whole,
		pick,
		between: (least, most) => least + next() * (most - least),
		odds: (probability) => next() < probability,
		shuffled: (list) => {
			const order = list.map((entry) => ({ entry, at: next() }));
			order.sort((a, b) => a.at - b.at);
			return order.map(({ entry }) => entry);
		}
	};
}

/** FNV-1a over code units. */
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return hash | 0;
}
