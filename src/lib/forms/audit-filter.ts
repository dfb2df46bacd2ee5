import { parseDay, type Day } from '#lib/domain/day.ts';

/** What the auditor looks for; every part is optional. */
export interface AuditFilter {
	readonly who: string;
	readonly act: string;
	readonly kind: string;
	readonly object: string;
	/** Text of a bigint. */
	readonly org: string;
	readonly from: Day | null;
	readonly to: Day | null;
}

/** Where a page begins: the entry the last page ended with. */
export interface AuditCursor {
	/** With microseconds, UTC. */
	readonly at: string;
	readonly org: string;
	readonly seq: string;
}

/** Where a page begins, as it stands in an address. */
export function auditCursorText({ at, org, seq }: AuditCursor): string {
	return `${at}_${org}_${seq}`;
}

/** Reads the address; what is not understood is left out and named. */
export function readAuditFilter(params: URLSearchParams): {
	readonly filter: AuditFilter;
	readonly after: AuditCursor | null;
	readonly ignored: readonly string[];
} {
	const ignored: string[] = [];
	const taken = <T>(name: string, read: (text: string) => T | null, none: T): T => {
		const text = (params.get(name) ?? '').trim();
		if (text === '') return none;
		const value = text.length > 200 ? null : read(text);
		if (value === null) ignored.push(name);
		return value ?? none;
	};
	const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : null);
	// The journal begins after 2000; far years have no next day and no instant the database knows.
	const dayOfJournal = (text: string) => (/^2\d{3}-/.test(text) ? parseDay(text) : null);
	const filter: AuditFilter = {
		who: taken('who', (text) => (/\p{Cc}/u.test(text) ? null : text), ''),
		act: taken('act', matching(/^[a-z][a-z-]{0,60}$/), ''),
		kind: taken('kind', matching(/^[a-z][a-z_]{0,40}$/), ''),
		object: taken('object', (text) => (/\p{Cc}/u.test(text) ? null : text), ''),
		org: taken('org', matching(/^\d{1,18}$/), ''),
		from: taken<Day | null>('from', dayOfJournal, null),
		to: taken<Day | null>('to', dayOfJournal, null)
	};
	const after = taken<AuditCursor | null>(
		'after',
		(text) => {
			const found = /^(2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_(\d{1,18})_(\d{1,18})$/.exec(text);
			return found?.[1] && found[2] && found[3] && !Number.isNaN(Date.parse(found[1])) ? { at: found[1], org: found[2], seq: found[3] } : null;
		},
		null
	);
	return { filter, after, ignored };
}
