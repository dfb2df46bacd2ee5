import { parseDay, type Day } from '#lib/domain/day.ts';

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
			for (const name of params.keys()) if (!read.has(name) && !elsewhere.includes(name) && !name.startsWith('/')) ignored.add(name.slice(0, 60));
			return [...ignored];
		},
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
