import { choiceLabel, placesOf, unitOf } from './form-words.ts';
import { formatNumber, formatRate, missing } from './format.ts';

/** A figure without its unit, which stands in the row's head. Places as stated, two at most. */
export function figureText(id: string, value: string | null): string {
	if (value === null) return missing;
	if (unitOf(id) === '%') return formatRate(value);
	const figure = formatNumber(value, placesOf(value));
	return figure === missing ? choiceLabel(id, value) : figure;
}
