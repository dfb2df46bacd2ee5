/**
 * Gets what is typed to the server, box by box, and never loses it: the device keeps each change before the first try, a failed try is
 * repeated, two people in one box are shown to each other. Knows no page and no clock of its own, so that it can be tested whole.
 */
import type { AnswerKey } from '#lib/domain/form/answer-key.ts';
import { mergeAnswers, type AnswerChange, type AnswerConflict, type DeviceAnswer, type ServerAnswer } from '#lib/domain/form/merge-answers.ts';
import { whyUnsavable } from '#lib/domain/form/number-reading.ts';

/** What became of one try. `refused`: the report takes nothing now (submitted, closed); `unsavable`: boxes with characters nobody can store. */
export type SendOutcome =
	| {
			readonly kind: 'saved';
			readonly saved: readonly { readonly key: AnswerKey; readonly version: number }[];
			readonly conflicts: readonly AnswerConflict[];
			readonly unsavable: readonly AnswerKey[];
			readonly savedAt: Date;
	  }
	| { readonly kind: 'offline' | 'signed_out' | 'failed' }
	| { readonly kind: 'refused'; readonly sentence: string };

/** Where changes are kept until the server has them. */
export interface Keeping {
	put: (key: AnswerKey, answer: DeviceAnswer) => Promise<void>;
	drop: (keys: readonly AnswerKey[]) => Promise<void>;
}

export type QueueState =
	| { readonly kind: 'idle' }
	| { readonly kind: 'unsaved' }
	| { readonly kind: 'saving' }
	| { readonly kind: 'offline' }
	| { readonly kind: 'signed_out' }
	| { readonly kind: 'saved'; readonly at: Date }
	| { readonly kind: 'retrying'; readonly attempt: number }
	/** All is saved but these: what stands in them cannot be stored. */
	| { readonly kind: 'held_back'; readonly keys: readonly AnswerKey[] }
	| { readonly kind: 'refused'; readonly sentence: string };

export interface QueueParts {
	readonly send: (changes: readonly AnswerChange[]) => Promise<SendOutcome>;
	readonly keeping: Keeping;
	/** Runs `work` later; the returned function calls it off. */
	readonly later: (work: () => void, ms: number) => () => void;
	readonly onstate: (state: QueueState) => void;
	readonly onconflicts: (conflicts: readonly AnswerConflict[]) => void;
}

export interface AutosaveQueue {
	/** Keeps a change on the device and sends it 800 ms later. */
	typed: (key: AnswerKey, text: string) => void;
	/** Sends now what waits. Resolves when it was tried. */
	flush: () => Promise<void>;
	/** Takes up what the device kept; returns the texts to show in place of the server's. */
	takeUp: (
		device: Readonly<Record<AnswerKey, DeviceAnswer>>,
		who: (key: AnswerKey) => { readonly byName: string; readonly at: Date }
	) => Record<AnswerKey, string>;
	/** The person chose: mine is sent over theirs, theirs is taken as it is. */
	resolve: (key: AnswerKey, choice: 'mine' | 'theirs') => void;
	/** What the server has in a box, for Esc. */
	savedText: (key: AnswerKey) => string;
	/** Boxes the server does not have yet. */
	waiting: () => number;
	stop: () => void;
}

export const AUTOSAVE_MS = 800;
const RETRY_MS = [2_000, 4_000, 8_000, 15_000, 30_000];
/** Boxes in one request; a form has fewer. */
const BATCH = 100;

export function createAutosaveQueue(server: Readonly<Record<AnswerKey, ServerAnswer>>, parts: QueueParts): AutosaveQueue {
	const known = new Map<AnswerKey, ServerAnswer>(Object.entries(server));
	const pending = new Map<AnswerKey, string>();
	const conflicts = new Map<AnswerKey, AnswerConflict>();
	/** Boxes whose text cannot be stored. The device keeps them: whoever comes back finds what was typed, and why it waits. */
	const heldBack = new Set<AnswerKey>();
	let callOff: (() => void) | null = null;
	let running: Promise<void> | null = null;
	let failures = 0;
	let stopped = false;
	let signedOut = false;

	const versionOf = (key: AnswerKey) => known.get(key)?.version ?? 0;
	const savedText = (key: AnswerKey) => known.get(key)?.typed ?? '';

	function plan(ms: number) {
		callOff?.();
		callOff = stopped ? null : parts.later(() => void flush(), ms);
	}

	function queueUp(key: AnswerKey, text: string) {
		if (whyUnsavable(text) === null) {
			heldBack.delete(key);
			pending.set(key, text);
		} else {
			pending.delete(key);
			heldBack.add(key);
		}
	}

	function keep(key: AnswerKey, text: string) {
		queueUp(key, text);
		// The device is a second line: a browser that refuses storage must not keep the first one from trying.
		void parts.keeping.put(key, { baseVersion: versionOf(key), baseTyped: savedText(key), typed: text }).catch(() => undefined);
	}

	function typed(key: AnswerKey, text: string) {
		keep(key, text);
		// Without a session a try would only be refused again; the device has the text.
		if (signedOut) return;
		parts.onstate(pending.size > 0 ? { kind: 'unsaved' } : restingState(null));
		if (pending.size > 0) plan(AUTOSAVE_MS);
	}

	/** Nothing waits to be sent: saved, unless a box is held back. */
	function restingState(savedAt: Date | null): QueueState {
		if (heldBack.size > 0) return { kind: 'held_back', keys: [...heldBack] };
		return savedAt === null ? { kind: 'idle' } : { kind: 'saved', at: savedAt };
	}

	function flush(): Promise<void> {
		callOff?.();
		callOff = null;
		return (running ??= drain().finally(() => {
			running = null;
		}));
	}

	async function drain() {
		while (!stopped) {
			const batch = [...pending].filter(([key]) => !conflicts.has(key)).slice(0, BATCH);
			if (batch.length === 0) return;
			parts.onstate({ kind: 'saving' });
			const outcome = await parts.send(batch.map(([key, text]) => ({ key, typed: text, baseVersion: versionOf(key) })));
			if (!(await settle(new Map(batch), outcome))) return;
		}
	}

	/** Whether to go on with what still waits. */
	async function settle(sent: ReadonlyMap<AnswerKey, string>, outcome: SendOutcome): Promise<boolean> {
		signedOut = outcome.kind === 'signed_out';
		if (outcome.kind !== 'saved') {
			if (outcome.kind === 'refused') parts.onstate(outcome);
			else if (outcome.kind === 'signed_out') parts.onstate({ kind: 'signed_out' });
			else {
				failures += 1;
				parts.onstate(outcome.kind === 'offline' ? { kind: 'offline' } : { kind: 'retrying', attempt: failures });
				plan(RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 30_000);
			}
			return false;
		}
		failures = 0;
		const done: AnswerKey[] = [];
		for (const { key, version } of outcome.saved) {
			const text = sent.get(key) ?? '';
			known.set(key, { version, typed: text });
			if (pending.get(key) === text) {
				pending.delete(key);
				done.push(key);
			}
		}
		// What cannot be stored stays on the page with its reason, and is not sent over and over.
		for (const key of outcome.unsavable) {
			if (pending.get(key) !== sent.get(key)) continue;
			pending.delete(key);
			heldBack.add(key);
		}
		for (const conflict of outcome.conflicts) {
			known.set(conflict.key, { version: conflict.version, typed: conflict.theirs });
			conflicts.set(conflict.key, { ...conflict, mine: pending.get(conflict.key) ?? conflict.mine });
		}
		if (outcome.conflicts.length > 0) parts.onconflicts([...conflicts.values()]);
		await parts.keeping.drop(done).catch(() => undefined);
		parts.onstate(pending.size > conflicts.size ? { kind: 'unsaved' } : restingState(outcome.savedAt));
		return true;
	}

	return {
		typed,
		flush,
		savedText,
		takeUp(device, who) {
			const shown: Record<AnswerKey, string> = {};
			const drop: AnswerKey[] = [];
			for (const merged of mergeAnswers(device, Object.fromEntries(known))) {
				if (!Object.hasOwn(device, merged.key)) continue;
				if (merged.decision === 'same' || merged.decision === 'take_theirs' || merged.mine === null) drop.push(merged.key);
				else {
					shown[merged.key] = merged.mine;
					queueUp(merged.key, merged.mine);
					if (merged.decision === 'conflict')
						conflicts.set(merged.key, { key: merged.key, mine: merged.mine, theirs: merged.theirs ?? '', version: merged.version, ...who(merged.key) });
				}
			}
			void parts.keeping.drop(drop).catch(() => undefined);
			if (conflicts.size > 0) parts.onconflicts([...conflicts.values()]);
			if (pending.size > conflicts.size) plan(0);
			else if (heldBack.size > 0) parts.onstate(restingState(null));
			return shown;
		},
		resolve(key, choice) {
			const conflict = conflicts.get(key);
			if (!conflict) return;
			conflicts.delete(key);
			known.set(key, { version: conflict.version, typed: conflict.theirs });
			if (choice === 'mine') {
				keep(key, pending.get(key) ?? conflict.mine);
				plan(0);
			} else {
				pending.delete(key);
				void parts.keeping.drop([key]).catch(() => undefined);
			}
			parts.onconflicts([...conflicts.values()]);
		},
		waiting: () => pending.size,
		stop() {
			stopped = true;
			callOff?.();
		}
	};
}
