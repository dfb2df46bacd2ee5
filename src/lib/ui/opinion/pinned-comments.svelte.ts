import { untrack } from 'svelte';
import type { FormAnswer } from './posted-form.ts';

/** One comment in work: where it is pinned ('' = the report as a whole) and what it says. */
export interface PinnedComment {
	/** For the list on screen only. */
	readonly id: number;
	answerKey: string;
	remark: string;
}

export interface PinnedComments {
	readonly rows: PinnedComment[];
	/** Whether the form they go with is unfolded. */
	open: boolean;
	add: (answerKey: string, remark?: string) => number;
	/** Pins a comment to a box and goes there to write it. */
	pin: (answerKey: string) => void;
	remove: (id: number) => void;
}

/** The comments collected on a report before it is returned. There is always a row to write in, so the form works without script. */
export function createPinnedComments(initial: readonly { readonly answerKey: string; readonly remark: string }[], unfolded: boolean): PinnedComments {
	let last = 0;
	const rows = $state<PinnedComment[]>((initial.length > 0 ? initial : [{ answerKey: '', remark: '' }]).map((row) => ({ id: (last += 1), ...row })));
	let open = $state(unfolded);
	const add = (answerKey: string, remark = '') => {
		const unused = rows.find((row) => row.answerKey === '' && row.remark === '');
		if (unused) {
			unused.answerKey = answerKey;
			unused.remark = remark;
			return unused.id;
		}
		rows.push({ id: (last += 1), answerKey, remark });
		return last;
	};
	return {
		rows,
		get open() {
			return open;
		},
		set open(next) {
			open = next;
		},
		add,
		pin: (answerKey) => {
			const id = add(answerKey);
			open = true;
			requestAnimationFrame(() => document.getElementById(`comment-${id}`)?.focus());
		},
		remove: (id) => {
			const at = rows.findIndex((row) => row.id === id);
			if (at >= 0) rows.splice(at, 1);
		}
	};
}

/** One collection per report: what else is done on its page meanwhile must not throw away what was typed. */
export function pinnedPerReport(reportId: () => string, posted: () => FormAnswer): { readonly current: PinnedComments } {
	// A derived of its own: every answer of the server brings a new report with the same id, and must not begin a new collection.
	const id = $derived(reportId());
	const pinned = $derived.by(() => {
		void id;
		return untrack(() => createPinnedComments(posted().returning?.comments ?? [], posted().act === 'return'));
	});
	return {
		get current() {
			return pinned;
		}
	};
}
