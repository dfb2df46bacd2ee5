/** Filters that several lists of reports and enterprises have alike; each list names them by its own words. */
import type { Filter, FilterOption } from '#lib/ui/kit/table/filter.ts';
import { categoryWord } from '#lib/words/words.ts';
import { placeName } from '#lib/words/place-words.ts';

const numbers = (years: readonly number[]): FilterOption[] => years.map((year) => ({ value: String(year), label: String(year) }));

/** `inForce`: the year shown where the address names none; without it all years are a choice too. */
export function yearFilter(label: string, years: readonly number[], inForce?: number): Filter {
	return { kind: 'choice', name: 'year', label, options: numbers(years), inForce: inForce === undefined ? undefined : String(inForce) };
}

export function classFilter(label: string): Filter {
	const options = [
		{ value: 'mfg', label: categoryWord.manufacturing() },
		{ value: 'ito', label: categoryWord.it_outsourcing() }
	];
	return { kind: 'choice', name: 'class', label, options };
}

export function regionFilter(label: string, channels: readonly { readonly id: string; readonly name: string }[]): Filter {
	return { kind: 'choice', name: 'region', label, options: channels.map(({ id, name }) => ({ value: id, label: placeName(name) })) };
}

export function cohortFilter(label: string, cohorts: readonly number[]): Filter {
	return { kind: 'choice', name: 'cohort', label, options: numbers(cohorts) };
}
