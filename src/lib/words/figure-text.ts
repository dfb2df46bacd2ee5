import { placesBeside } from './beside-limit.ts';
import { choiceLabel, placesOf, unitOf } from './form-words.ts';
import { formatNumber, formatPercentFigure, formatRate, missing } from './format.ts';

/** A figure without its unit, which stands in the row's head. Places as stated, two at most, or what its limit asks for. */
export function figureText(id: string, value: string | null, limit: string | null = null): string {
	if (value === null) return missing;
	if (unitOf(id) === '%') return formatRate(value, placesBeside(value, limit, 1, true));
	const figure = formatNumber(value, placesBeside(value, limit, placesOf(value)));
	return figure === missing ? choiceLabel(id, value) : figure;
}

/** A figure in a table of years: whole numbers and percentages without their sign, for the report itself says the rest; beside a limit what that asks for. */
export function tableFigureText(id: string, value: string | null, limit: string | null = null): string {
	if (value === null) return missing;
	return unitOf(id) === '%' ? formatPercentFigure(value, placesBeside(value, limit, 1, true)) : formatNumber(value, placesBeside(value, limit, 0));
}
