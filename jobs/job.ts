/** A job is an act on a timer. It never submits, approves, forwards or revokes for anybody. */
export interface Job {
	readonly name: string;
	/** When to look, as a cron expression in Asia/Shanghai. What is due is decided by rows, not by the tick: a missed, late or doubled tick changes nothing. */
	readonly at: string;
	/**
	 * The keys due at this instant, each done once whoever claims it (`once`): a day, a week. null = no key: the work is claimed row by row by the act
	 * itself, and a run leaves no line in the log.
	 */
	readonly keysDue: (now: Date) => readonly string[] | null | Promise<readonly string[]>;
	/**
	 * @param key what is due, as `keysDue` or a person named it
	 * @param dry tell what would be done and do nothing
	 * @returns figures for the run log
	 */
	readonly run: (key: string, how: { readonly dry: boolean }) => Promise<Readonly<Record<string, unknown>>>;
}
