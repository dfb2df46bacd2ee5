import type { AnswerKey } from './answer-key.ts';

/** One box as the filer left it. `baseVersion` is the version of that box the device last saw; 0 for a box it saw empty or prefilled. */
export interface AnswerChange {
	readonly key: AnswerKey;
	readonly typed: string;
	readonly baseVersion: number;
}

/** Two people wrote into the same box: both texts, and who wrote the other one when. */
export interface AnswerConflict {
	readonly key: AnswerKey;
	readonly mine: string;
	readonly theirs: string;
	readonly version: number;
	readonly byName: string;
	readonly at: Date;
}

/** A box on the device: the server's version it was typed over (0 = the server had none), what stood there, and what was typed. */
export interface DeviceAnswer {
	readonly baseVersion: number;
	/** Known when the device kept it; lets an untouched box follow the server. */
	readonly baseTyped?: string;
	readonly typed: string;
}

/** A box on the server; `version` grows with every change of this box. */
export interface ServerAnswer {
	readonly version: number;
	readonly typed: string;
}

/** `same`: nothing to do. `conflict`: both changed; the person chooses, and neither text is lost. */
export interface MergedAnswer {
	readonly key: AnswerKey;
	readonly decision: 'same' | 'take_mine' | 'take_theirs' | 'conflict';
	readonly mine: string | null;
	readonly theirs: string | null;
	/** The server's version that a following save must name. */
	readonly version: number;
}

/** Merges a device copy with the server's, box by box, in the order of the keys. */
export function mergeAnswers(device: Readonly<Record<AnswerKey, DeviceAnswer>>, server: Readonly<Record<AnswerKey, ServerAnswer>>): readonly MergedAnswer[] {
	const keys = [...new Set([...Object.keys(device), ...Object.keys(server)])].sort();
	return keys.map((key) => {
		const mine = Object.hasOwn(device, key) ? device[key] : undefined;
		const theirs = Object.hasOwn(server, key) ? server[key] : undefined;
		return { key, decision: decide(mine, theirs), mine: mine?.typed ?? null, theirs: theirs?.typed ?? null, version: theirs?.version ?? 0 };
	});
}

function decide(mine: DeviceAnswer | undefined, theirs: ServerAnswer | undefined): MergedAnswer['decision'] {
	if (mine === undefined) return 'take_theirs';
	if (mine.typed === (theirs?.typed ?? '')) return 'same';
	if (mine.baseTyped !== undefined && mine.typed === mine.baseTyped) return 'take_theirs';
	// A base newer than the server's (a restored database) is as unknown as an older one.
	return mine.baseVersion === (theirs?.version ?? 0) ? 'take_mine' : 'conflict';
}

export function hasConflict(merged: readonly MergedAnswer[]): boolean {
	return merged.some((entry) => entry.decision === 'conflict');
}
