/** Bounds how often something is asked for within a minute. Per process, and forgetful on purpose: it protects the machine, it proves nothing. */
export class RateBound {
	private readonly counts = new Map<string, number>();
	private minute = 0;
	private readonly most: number;

	/** @param most so many per minute and asker */
	constructor(most: number) {
		this.most = most;
	}

	/** Counts one more; false when it is one too many. */
	admits(asker: string, now: Date): boolean {
		const minute = Math.floor(now.getTime() / 60_000);
		// All are forgotten together, so that no number of askers fills the memory for longer than a minute.
		if (minute !== this.minute || this.counts.size > 20_000) {
			this.counts.clear();
			this.minute = minute;
		}
		const count = (this.counts.get(asker) ?? 0) + 1;
		this.counts.set(asker, count);
		return count <= this.most;
	}
}
