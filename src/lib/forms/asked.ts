import { parseDay, type Day } from '#lib/domain/day.ts';
import type { Category } from '#lib/domain/parties.ts';
import { PAGE_KEYS } from './list-address.ts';

/** The addresses' own short words for the two categories (screens.md 3). */
export const CLASSES = { mfg: 'manufacturing', ito: 'it_outsourcing' } as const satisfies Record<string, Category>;

/** What a table on a page reads of the address by itself: its columns, how tight, which row is opened, and with which row the page begins. */
export const TABLE_KEYS: readonly string[] = ['cols', 'density', 'peek', 'row'];

/** Reads what an address asks for. What is unknown or makes no sense is left out and named, never refused. */
export function asked(params: URLSearchParams) {
	const ignored = new Set<string>();
	const read = new Set<string>();
	const given = (name: string): string | null => {
		read.add(name);
		const text = params.get(name);
		return text === null || text === '' ? null : text;
	};
	const drop = (name: string): null => {
		ignored.add(name);
		return null;
	};
	return {
		/** What was left out; call it last, with the keys that are read elsewhere. A key nobody asked for is named too. */
		ignored: (elsewhere: readonly string[] = []) => {
			for (const name of params.keys())
				if (!read.has(name) && !elsewhere.includes(name) && !PAGE_KEYS.includes(name) && !name.startsWith('/')) ignored.add(name.slice(0, 60));
			return [...ignored];
		},
		/** What was left out so far, on a page whose other keys are its own. */
		dropped: () => [...ignored],
		drop,
		text: given,
		oneOf: <T extends string>(name: string, allowed: readonly T[]): T | null => {
			const text = given(name);
			return text === null ? null : (allowed.find((value) => value === text) ?? drop(name));
		},
		listOf: <T extends string>(name: string, allowed: readonly T[]): T[] => {
			read.add(name);
			const texts = params
				.getAll(name)
				.flatMap((text) => text.split(','))
				.filter((text) => text !== '');
			const known = [...new Set(texts)].flatMap((text) => allowed.find((value) => value === text) ?? []);
			if (known.length < new Set(texts).size) ignored.add(name);
			return known;
		},
		/** A category by its short word. */
		classOf: (name: string): Category | null => {
			const text = given(name);
			return text === null ? null : text === 'mfg' || text === 'ito' ? CLASSES[text] : drop(name);
		},
		year: (name: string): number | null => {
			const text = given(name);
			return text === null ? null : /^2\d{3}$/.test(text) ? Number(text) : drop(name);
		},
		day: (name: string): Day | null => {
			const text = given(name);
			return text === null ? null : (parseDay(text) ?? drop(name));
		},
		/** The id of a channel; whether there is one is the reader's question. */
		channel: (name: string): string | null => {
			const text = given(name);
			return text === null ? null : /^[\w-]{1,60}$/.test(text) ? text : drop(name);
		},
		search: (name: string): string => {
			const text = (given(name) ?? '').replace(/\p{Cc}/gu, '').trim();
			if (text.length <= 100) return text;
			drop(name);
			return '';
		}
	};
}

/** What an address asked for and the answer does not know: a year, a channel or a cohort that is not there. */
export function notFoundIn(
	query: { readonly year?: number | null; readonly channelId?: string | null; readonly cohort?: number | null },
	found: {
		readonly year?: { readonly year: number } | null;
		readonly channels?: readonly { readonly id: string }[];
		readonly cohorts?: readonly number[];
	}
): ('year' | 'region' | 'cohort')[] {
	const { year = null, channelId = null, cohort = null } = query;
	return [
		...(year !== null && found.year?.year !== year ? (['year'] as const) : []),
		...(channelId !== null && found.channels && !found.channels.some(({ id }) => id === channelId) ? (['region'] as const) : []),
		...(cohort !== null && found.cohorts && !found.cohorts.includes(cohort) ? (['cohort'] as const) : [])
	];
}
