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
	remove: (id: number) => void;
}

/** The comments collected on a report before it is returned. There is always a row to write in, so the form works without script. */
export function createPinnedComments(initial: readonly { readonly answerKey: string; readonly remark: string }[], unfolded: boolean): PinnedComments {
	let last = 0;
	const rows = $state<PinnedComment[]>((initial.length > 0 ? initial : [{ answerKey: '', remark: '' }]).map((row) => ({ id: (last += 1), ...row })));
	let open = $state(unfolded);
	return {
		rows,
		get open() {
			return open;
		},
		set open(next) {
			open = next;
		},
		add: (answerKey, remark = '') => {
			const unused = rows.find((row) => row.answerKey === '' && row.remark === '');
			if (unused) {
				unused.answerKey = answerKey;
				unused.remark = remark;
				return unused.id;
			}
			rows.push({ id: (last += 1), answerKey, remark });
			return last;
		},
		remove: (id) => {
			const at = rows.findIndex((row) => row.id === id);
			if (at >= 0) rows.splice(at, 1);
		}
	};
}
