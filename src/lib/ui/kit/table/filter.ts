/** How many filters stand in a bar before the rest is put behind a button: a row of 944 pixels takes them in either language. */
export const MAIN_MOST = 4;

/** One filter of a FilterBar; `name` is its key in the query. */
export type Filter =
	| { kind: 'text'; name: string; label: string }
	| { kind: 'day'; name: string; label: string }
	| {
			kind: 'choice';
			name: string;
			label: string;
			options: readonly FilterOption[];
			/** The choice in force where there is always one: "all" is then not offered. */
			inForce?: string | undefined;
			/** How many there are in all. */
			all?: number;
	  }
	| { kind: 'choices'; name: string; label: string; options: readonly FilterOption[] };

export interface FilterOption {
	value: string;
	label: string;
	/** How many the list has of it. */
	count?: number;
}

/** A filter in force: what it is called, and the words of what was chosen. */
export interface ChosenFilter {
	readonly name: string;
	readonly value: string;
	readonly label: string;
	readonly text: string;
}

/** The values an address gives a filter that takes several. */
export function valuesIn(params: URLSearchParams, name: string): string[] {
	return params
		.getAll(name)
		.flatMap((text) => text.split(','))
		.filter((text) => text !== '');
}

/** The filters an address asks for, in words: above the list on screen, and at the head of what is exported of it. What is no choice is left out. */
export function chosenFilters(filters: readonly Filter[], params: URLSearchParams, ignored: readonly string[] = []): ChosenFilter[] {
	return filters.flatMap((filter): ChosenFilter[] => {
		const { name, label } = filter;
		if ('options' in filter)
			return valuesIn(params, name).flatMap((value) => {
				const option = filter.options.find((one) => one.value === value);
				return option ? [{ name, value, label, text: option.label }] : [];
			});
		const typed = ignored.includes(name) ? '' : (params.get(name) ?? '');
		return typed === '' ? [] : [{ name, value: typed, label, text: typed }];
	});
}

/** The same for a sheet, whose title says the year. */
export function sheetFilters(filters: readonly Filter[], params: URLSearchParams, ignored: readonly string[]): ChosenFilter[] {
	return chosenFilters(
		filters.filter(({ name }) => name !== 'year'),
		params,
		ignored
	);
}
