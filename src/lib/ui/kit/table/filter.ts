/** One filter of a FilterBar; `name` is its key in the query. */
export type Filter =
	| { kind: 'text'; name: string; label: string; maxlength?: number }
	| { kind: 'day'; name: string; label: string }
	| {
			kind: 'choice';
			name: string;
			label: string;
			options: readonly FilterOption[];
			/** The choice in force where there is always one: "all" is then not offered. */ inForce?: string | undefined;
	  }
	| { kind: 'choices'; name: string; label: string; options: readonly FilterOption[] };

export interface FilterOption {
	value: string;
	label: string;
}
